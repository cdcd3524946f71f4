import { PassThrough } from 'node:stream';
import { KeyboardPort, keyboardHelp } from '../../../src/adapters/keyboard/keyboard-port.ts';
import type { MidiMessage } from '../../../src/ports/midi-port.ts';

/** A keyboard on streams; what is written to them is there at once. */
const keyboard = () => {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const raw: boolean[] = [];
  const messages: MidiMessage[] = [];
  let quits = 0;
  let connects = 0;
  const setRawMode = (mode: boolean) => void raw.push(mode);
  const terminal = { input: Object.assign(input, { setRawMode }), output };
  const port = new KeyboardPort(terminal as never, { now: () => 1234.5 }, () => {
    quits += 1;
  });
  port.onMessage((message) => void messages.push(message));
  port.onConnected(() => {
    connects += 1;
  });
  const press = (keys: string | Buffer): readonly (readonly number[])[] => {
    messages.length = 0;
    input.emit('data', keys);
    return messages.map(({ bytes }) => bytes);
  };
  return {
    port,
    input,
    raw,
    messages,
    press,
    quits: () => quits,
    connects: () => connects,
    drawn: () => String(output.read() ?? ''),
  };
};

describe('keys send notes, and the steps of encoders', () => {
  test.each([
    ['1', [[0x90, 36, 127]]],
    ['8', [[0x90, 43, 127]]],
    [
      '12',
      [
        [0x90, 36, 127],
        [0x90, 37, 127],
      ],
    ],
    ['r', [[0x90, 44, 127]]],
    ['R', [[0x90, 44, 127]]],
    ['m', [[0x90, 45, 127]]],
    ['t', [[0x90, 46, 127]]],
    [' ', [[0x90, 46, 127]]],
    [']', [[0xb0, 20, 1]]],
    [
      '[[',
      [
        [0xb0, 20, 127],
        [0xb0, 20, 127],
      ],
    ],
    ['+', [[0xb0, 21, 1]]],
    ['=', [[0xb0, 21, 1]]],
    ['-', [[0xb0, 21, 127]]],
    ['.', [[0xb0, 22, 1]]],
    [',', [[0xb0, 22, 127]]],
    ['9', []],
    ['0', []],
    ['u', [[0x90, 47, 127]]],
    ['y', [[0x90, 48, 127]]],
    ['s', [[0x90, 49, 127]]],
    ['n', [[0x90, 50, 127]]],
    ['xvz', []],
    ['', []],
  ])('%j', (keys, messages) => {
    const { port, press } = keyboard();
    port.open();
    expect(press(keys)).toEqual(messages);
    port.close();
  });

  test('as bytes as well, with the time of their coming', () => {
    const { port, press, messages } = keyboard();
    port.open();
    expect(press(Buffer.from('3'))).toEqual([[0x90, 38, 127]]);
    expect(messages).toEqual([{ bytes: [0x90, 38, 127], time: 1234.5 }]);
  });
});

test.each(['q', '\x03', '\x04'])('%j quits and sends nothing', (key) => {
  const { port, press, quits } = keyboard();
  port.open();
  expect(press(key)).toEqual([]);
  expect(quits()).toBe(1);
});

test.each(['\x1b[A', '\x1b[15~', '\x1b[3~', '\x1b[1;5C', '\x1bOP', '\x1b'])('%j is no key of ours', (sequence) => {
  const { port, press } = keyboard();
  port.open();
  expect(press(`${sequence}1`)).toEqual([[0x90, 36, 127]]);
});

test('the terminal is raw, and listened to, from open to close', () => {
  const { port, input, raw, press, connects } = keyboard();
  expect(press('1')).toEqual([]);
  port.open();
  expect([raw, connects(), input.listenerCount('data')]).toEqual([[true], 1, 1]);
  port.close();
  expect([raw, input.listenerCount('data'), input.isPaused()]).toEqual([[true, false], 0, true]);
  expect(press('1')).toEqual([]);
});

describe('lamps', () => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: terminal colours begin with an escape.
  const plain = (drawn: string) => drawn.replaceAll(/\x1b\[\d*[mK]/g, '');

  test('are drawn on one line in the order of the pads, whatever the order of the messages', () => {
    const { port, drawn } = keyboard();
    port.open();
    expect([38, 36, 37, 39, 40].every((note, index) => port.send([0x90, note, [0, 1, 3, 5, 7][index] ?? 0]))).toBe(
      true,
    );
    const last = plain(drawn()).split('\r').at(-2);
    expect(last).toBe('1 ■   2 ●   3 ·   4 ▶   5 ◆');
  });

  test('of a value that is not known are drawn all the same', () => {
    const { port, drawn } = keyboard();
    port.open();
    port.send([0x90, 36, 99]);
    expect(plain(drawn())).toMatch('1 ?');
  });

  test('leave no line break behind, and an empty line at the end', () => {
    const { port, drawn } = keyboard();
    port.open();
    port.send([0x90, 36, 5]);
    port.close();
    const all = drawn();
    expect(all).not.toMatch('\n');
    expect(all.endsWith('\r\x1b[2K')).toBe(true);
  });
});

test('the help names the keys', () => {
  for (const key of ['1-8', 'r ', 'u ', 'y ', 's ', 'n ', 'm ', 't ', '[ ]', '- +', ', .', 'q '])
    expect(keyboardHelp).toMatch(key);
});

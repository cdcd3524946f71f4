import { Pad, withControls } from './pad.ts';

const pad = new Pad();
afterAll(() => pad.remove());

const controlWith = (keys: string) => pad.load(withControls(`a: { ${keys} }`)).controls[0];

describe('messages', () => {
  test.each([
    ['{ note: 0 }', { kind: 'note', number: 0, pressAt: 1 }],
    ['{ note: 36, channel: 16, pressAt: 64 }', { kind: 'note', number: 36, channel: 16, pressAt: 64 }],
    ['{ cc: 64 }', { kind: 'cc', number: 64, pressAt: 1 }],
    ['{ poly: 127 }', { kind: 'poly', number: 127, pressAt: 1 }],
    ['{ cc: 104, value: 0 }', { kind: 'cc', number: 104, value: 0, pressAt: 1 }],
    [
      '{ ccs: [44, 45], pressAt: 24, releaseAt: 8, channel: 2 }',
      { kind: 'ccs', numbers: [44, 45], pressAt: 24, releaseAt: 8, channel: 2 },
    ],
    ['{ program: 5, channel: 1 }', { kind: 'program', number: 5, channel: 1 }],
    ['{ message: pitch, channel: 9 }', { kind: 'pitch', channel: 9 }],
    ['{ message: pressure }', { kind: 'pressure' }],
    ['{ message: pressure, pressAt: 100 }', { kind: 'pressure', pressAt: 100 }],
    ['{ message: pitch, pressAt: 12000 }', { kind: 'pitch', pressAt: 12_000 }],
    ['{ message: start }', { kind: 'start' }],
    ['{ message: stop }', { kind: 'stop' }],
    ['{ message: continue }', { kind: 'continue' }],
    ['{ mmc: play }', { kind: 'mmc', command: 2 }],
    ['{ mmc: pause }', { kind: 'mmc', command: 9 }],
    ['{ mmc: 8 }', { kind: 'mmc', command: 8 }],
    ['{ sysex: F0 00 20 33 }', { kind: 'sysex', prefix: [0xf0, 0, 0x20, 0x33] }],
    ['{ sysex: F0 01 F7 }', { kind: 'sysex', prefix: [0xf0, 1, 0xf7] }],
  ])('%s', (on, expected) => expect(controlWith(`on: ${on}`)?.on).toEqual(expected));

  const one = 'allowed is one of note, cc, poly, ccs, program, message, mmc or sysex';
  const sensors = 'a list of 2 to 16 different control changes';
  const prefix = 'the first bytes of a system exclusive message in hex such as "F0 00 20"';
  test.each([
    ['{ note: 1, cc: 1 }', `12 controls.a.on: found note and cc; ${one}`, 'bad-trigger'],
    ['{ channel: 1 }', `12 controls.a.on: found no message; ${one}`, 'bad-trigger'],
    ['{ note: 128 }', '20 controls.a.on.note: found 128; allowed is a whole number from 0 to 127', 'out-of-range'],
    [
      '{ cc: 1, channel: 0 }',
      '30 controls.a.on.channel: found 0; allowed is a whole number from 1 to 16',
      'out-of-range',
    ],
    [
      '{ cc: 1, pressAt: 0 }',
      '30 controls.a.on.pressAt: found 0; allowed is a whole number from 1 to 16383',
      'out-of-range',
    ],
    [
      '{ program: 1, value: 2 }',
      '33 controls.a.on.value: found beside program; allowed is value with note, cc or poly',
      'bad-trigger',
    ],
    [
      '{ mmc: play, channel: 2 }',
      '34 controls.a.on.channel: found beside mmc; allowed is channel with note, cc, poly, ccs, program or message',
      'bad-trigger',
    ],
    [
      '{ message: start, channel: 2 }',
      '39 controls.a.on.channel: found beside start; allowed is channel with pitch or pressure',
      'bad-trigger',
    ],
    [
      '{ cc: 1, releaseAt: 2 }',
      '32 controls.a.on.releaseAt: found beside cc; allowed is releaseAt with ccs',
      'bad-trigger',
    ],
    [
      '{ cc: 1, value: 2, pressAt: 3 }',
      '40 controls.a.on.pressAt: found beside value; allowed is one of them, since each message with that value is a press',
      'bad-trigger',
    ],
    [
      '{ ccs: [1, 2], releaseAt: 3 }',
      '8 controls.a.on.pressAt: is missing; allowed is a whole number from 1 to 127',
      'bad-trigger',
    ],
    [
      '{ ccs: [1, 2], pressAt: 3 }',
      '8 controls.a.on.releaseAt: is missing; allowed is a whole number below pressAt',
      'bad-trigger',
    ],
    [
      '{ ccs: [1, 2], pressAt: 3, releaseAt: 3 }',
      '50 controls.a.on.releaseAt: found 3; allowed is a number below pressAt, 3',
      'bad-trigger',
    ],
    [
      '{ ccs: [1], pressAt: 3, releaseAt: 1 }',
      `19 controls.a.on.ccs: found the list [1]; allowed is ${sensors}`,
      'out-of-range',
    ],
    [
      '{ ccs: [1, 1], pressAt: 3, releaseAt: 1 }',
      `19 controls.a.on.ccs: found the list [1,1]; allowed is ${sensors}`,
      'not-allowed',
    ],
    [
      '{ message: ptich }',
      '23 controls.a.on.message: found the text "ptich"; allowed is pitch, pressure, start, stop or continue; did you mean `pitch`?',
      'not-allowed',
    ],
    [
      '{ mmc: paly }',
      '19 controls.a.on.mmc: found the text "paly"; allowed is stop, play, deferredPlay, forward, rewind, record, recordExit or pause; did you mean `play`?',
      'not-allowed',
    ],
    [
      '{ message: pressure, pressAt: 128 }',
      '42 controls.a.on.pressAt: found 128; allowed is a whole number from 1 to 127',
      'bad-trigger',
    ],
    [
      '{ message: start, pressAt: 1 }',
      '39 controls.a.on.pressAt: found beside start; allowed is pressAt with pitch or pressure',
      'bad-trigger',
    ],
    ['{ mmc: 128 }', '19 controls.a.on.mmc: found 128; allowed is a whole number from 1 to 127', 'out-of-range'],
    [
      '{ sysex: F0 }',
      `21 controls.a.on.sysex: found the text "F0"; allowed is ${prefix}; it begins with F0 and goes on`,
      'bad-message',
    ],
    [
      '{ sysex: F0 80 00 }',
      `21 controls.a.on.sysex: found the text "F0 80 00"; allowed is ${prefix}; 80 is above 7F, and only the first byte may be`,
      'bad-message',
    ],
  ])('%s is none', (on, line, code) => {
    const content = withControls(`a: { on: ${on} }`);
    expect(pad.lines(content)).toEqual([`6:${line}`]);
    expect(pad.codes(content)).toEqual([code]);
  });
});

describe('whether the release is told', () => {
  test.each([
    ['on: { note: 1 }', true],
    ['on: { cc: 1 }', true],
    ['on: { poly: 1 }', true],
    ['on: { ccs: [1, 2], pressAt: 2, releaseAt: 1 }', true],
    ['on: { note: 1 }, release: false', false],
    ['on: { note: 1 }, release: toggle', 'toggle'],
    ['on: { cc: 1, value: 2 }', false],
    ['on: { cc: 1, value: 2 }, off: { cc: 3, value: 2 }', true],
    ['on: { program: 1 }', false],
    ['on: { program: 1 }, release: false', false],
    ['on: { mmc: stop }', false],
    ['on: { message: start }', false],
    ['on: { sysex: F0 01 }', false],
    ['on: { message: pitch }', false],
  ])('{ %s }: %s', (keys, expected) => expect(controlWith(keys)?.release).toBe(expected));

  test('its message where it is another one', () => {
    expect(controlWith('on: { cc: 104, value: 3 }, off: { cc: 105, value: 3 }')).toMatchObject({
      on: { kind: 'cc', number: 104, value: 3 },
      off: { kind: 'cc', number: 105, value: 3 },
    });
  });

  const where = 'allowed is off where the release is told';
  test.each([
    [
      'on: { program: 1 }, release: true',
      '37 controls.a.release: found true, but this message tells no release; allowed is false; leave it out',
      'bad-release',
    ],
    [
      'on: { message: stop }, release: toggle',
      '40 controls.a.release: found toggle, but this message tells no release; allowed is false; leave it out',
      'bad-release',
    ],
    [
      'on: { cc: 1, value: 2 }, release: true',
      '42 controls.a.release: found true, but this message tells no release; allowed is false; name its message in off',
      'bad-release',
    ],
    [
      'on: { note: 1 }, release: maybe',
      '34 controls.a.release: found the text "maybe"; allowed is true, false, toggle or auto',
      'not-allowed',
    ],
    [
      'on: { note: 1 }, off: { note: 2 }, release: false',
      `30 controls.a.off: found beside release: false; ${where}`,
      'bad-release',
    ],
    [
      'on: { note: 1 }, off: { note: 2 }, release: toggle',
      `30 controls.a.off: found beside release: toggle; ${where}`,
      'bad-release',
    ],
    [
      'on: { program: 1 }, off: { program: 2 }',
      '33 controls.a.off: found beside a message that has no release; allowed is off with note, cc or poly',
      'bad-release',
    ],
    [
      'on: { cc: 1 }, off: { cc: 2 }, relative: offset',
      '28 controls.a.off: found on a fader or an encoder; allowed is off on a switch',
      'bad-release',
    ],
    [
      'on: { cc: 1 }, off: { cc: 1, value: 0 }',
      '28 controls.a.off: the same message as on; allowed is another; leave it out for value 0',
      'bound-twice',
    ],
  ])('{ %s } is a mistake', (keys, line, code) => {
    const content = withControls(`a: { ${keys} }`);
    expect(pad.lines(content)).toEqual([`6:${line}`]);
    expect(pad.codes(content)).toEqual([code]);
  });
});

describe('encoders and faders', () => {
  test.each([
    ['on: { cc: 1 }, relative: twosComplement', { relative: 'twosComplement', fine: false }],
    ['on: { cc: 1 }, relative: signBit', { relative: 'signBit', fine: false }],
    ['on: { cc: 31 }, fine: true', { fine: true }],
    ['on: { cc: 32 }, fine: false', { fine: false }],
  ])('{ %s }', (keys, expected) => expect(controlWith(keys)).toMatchObject(expected));

  const half = 'found without a cc that has a fine half; allowed is fine with cc 0 to 31, without value';
  test.each([
    ['on: { cc: 32 }, fine: true', `30 controls.a.fine: ${half}`],
    ['on: { note: 1 }, fine: true', `31 controls.a.fine: ${half}`],
    [
      'on: { cc: 1 }, relative: offset, fine: true',
      '47 controls.a.fine: found beside relative; allowed is one of them',
    ],
    [
      'on: { note: 1 }, relative: offset',
      '35 controls.a.relative: found without a cc; allowed is relative with cc, without value',
    ],
  ])('{ %s } is a mistake', (keys, line) => {
    const content = withControls(`a: { ${keys} }`);
    expect(pad.lines(content)).toEqual([`6:${line}`]);
    expect(pad.codes(content)).toEqual(['bad-turn']);
  });
});

describe('a message moves one control', () => {
  const pair = (one: string, other: string) => withControls(`a: { ${one} }`, `b: { ${other} }`);

  test.each([
    ['on: { note: 1, channel: 1 }', 'on: { note: 1, channel: 1 }'],
    ['on: { note: 1 }', 'on: { note: 1, channel: 9 }'],
    ['on: { cc: 1 }', 'on: { cc: 1, value: 5 }'],
    ['on: { cc: 1, value: 5 }', 'on: { cc: 1, value: 5 }'],
    ['on: { cc: 1, value: 5 }, off: { cc: 2, value: 5 }', 'on: { cc: 2 }'],
    ['on: { ccs: [1, 2], pressAt: 2, releaseAt: 1 }', 'on: { cc: 2 }'],
    ['on: { ccs: [1, 2], pressAt: 2, releaseAt: 1 }', 'on: { ccs: [2, 3], pressAt: 2, releaseAt: 1 }'],
    ['on: { cc: 1 }, fine: true', 'on: { cc: 33 }'],
    ['on: { program: 1 }', 'on: { program: 1, channel: 2 }'],
    ['on: { message: pitch }', 'on: { message: pitch, channel: 2 }'],
    ['on: { message: stop }', 'on: { message: stop }'],
    ['on: { mmc: stop }', 'on: { mmc: 1 }'],
    ['on: { sysex: F0 01 }', 'on: { sysex: F0 01 02 }'],
    ['on: { mmc: stop }', 'on: { sysex: F0 7F 10 06 }'],
  ])('so { %s } and { %s } are a mistake', (one, other) => {
    expect(pad.lines(pair(one, other))).toEqual([
      '7:12 controls.b.on: the same message as a; allowed is one control for each; give one of them another number or channel',
    ]);
    expect(pad.codes(pair(one, other))).toEqual(['bound-twice']);
  });

  test.each([
    ['on: { note: 1, channel: 1 }', 'on: { note: 1, channel: 2 }'],
    ['on: { note: 1 }', 'on: { cc: 1 }'],
    ['on: { note: 1 }', 'on: { poly: 1 }'],
    ['on: { cc: 104, value: 1 }, off: { cc: 105, value: 1 }', 'on: { cc: 104, value: 2 }, off: { cc: 105, value: 2 }'],
    ['on: { ccs: [1, 2], pressAt: 2, releaseAt: 1 }', 'on: { cc: 3 }'],
    ['on: { cc: 1 }, fine: true', 'on: { cc: 2 }, fine: true'],
    ['on: { message: pitch }', 'on: { message: pressure }'],
    ['on: { mmc: stop }', 'on: { mmc: play }'],
    ['on: { sysex: F0 01 }', 'on: { sysex: F0 02 }'],
    ['on: { mmc: stop }', 'on: { sysex: F0 7F 10 01 }'],
  ])('{ %s } and { %s } are two', (one, other) => {
    expect(pad.load(pair(one, other)).controls).toHaveLength(2);
  });
});

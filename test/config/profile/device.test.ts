import { minimal, Pad } from './pad.ts';

const pad = new Pad();
afterAll(() => pad.remove());

test('output without patterns has those of the input, with its own it has its own', () => {
  const ports = (line: string) => pad.load(minimal.replace('{ input: [] }', line)).ports;
  expect(ports('{ input: [A] }')).toEqual({ input: ['A'], output: ['A'] });
  expect(ports('{ input: [A, C], output: [B] }')).toEqual({ input: ['A', 'C'], output: ['B'] });
  expect(ports('{ input: [A], output: [] }')).toEqual({ input: ['A'], output: [] });
});

const pattern = 'a pattern (a regular expression) of the name of a port';
test.each([
  ['["("]', `18 ports.input[0]: found the text "("; allowed is ${pattern}`],
  ['[""]', `18 ports.input[0]: found the text ""; allowed is ${pattern}`],
  ['Pad', '17 ports.input: found the text "Pad"; allowed is a list of patterns; write a hyphen in front'],
])('the patterns %s are a mistake', (list, line) => {
  expect(pad.lines(minimal.replace('[]', list))).toEqual([`4:${line}`]);
});

const setup = 'one MIDI message in hex such as "F0 7E 7F 06 01 F7"';
const answer = 'the first bytes of an answer in hex, .. for any, such as "F0 7E .. 06"';
test.each([
  ['init: [{ bytes: 90 }]', `17 init[0].bytes: found 90; allowed is ${setup}; put it in quotes`, 'wrong-type'],
  [
    'deinit: [{ bytes: "90 24 {colour}" }]',
    `19 deinit[0].bytes: found the text "90 24 {colour}"; allowed is ${setup}; "{colour}" is not two hex digits`,
    'bad-message',
  ],
  [
    'init: [{ bytes: F0 7E 7F }]',
    `17 init[0].bytes: found the text "F0 7E 7F"; allowed is ${setup}; a message that starts with F0 ends in F7`,
    'bad-message',
  ],
  [
    'init: [{ bytes: F8, waitMs: 5001 }]',
    '29 init[0].waitMs: found 5001; allowed is a whole number from 0 to 5000',
    'out-of-range',
  ],
  [
    'init: [{ bytes: F8, timeoutMs: 0 }]',
    '32 init[0].timeoutMs: found 0; allowed is a whole number from 1 to 5000',
    'out-of-range',
  ],
  [
    'init: [{ bytes: F8, expect: 00 .. }]',
    `29 init[0].expect: found the text "00 .."; allowed is ${answer}; its first byte says what it is and is 80 or above`,
    'bad-message',
  ],
  [
    'init: [{ bytes: F8, expect: F0 80 }]',
    `29 init[0].expect: found the text "F0 80"; allowed is ${answer}; 80 is above 7F, and only the first byte may be`,
    'bad-message',
  ],
  [
    'init: [{ bytes: F8, expect: F0 * }]',
    `29 init[0].expect: found the text "F0 *"; allowed is ${answer}; "*" is not two hex digits and not ..`,
    'bad-message',
  ],
  [
    'init: [{ bytes: F8, patch: { offset: 1, value: 2 } }]',
    '28 init[0].patch: found without expect; allowed is patch with the answer that it changes',
    'bad-setup',
  ],
  [
    'init: [{ bytes: F8, expect: F0, patch: { offset: 0, value: 2 } }]',
    '50 init[0].patch.offset: found 0; allowed is a whole number from 1 to 4095',
    'out-of-range',
  ],
  [
    'init: { bytes: F8 }',
    '7 init: found keys with values; allowed is a list of messages, each with bytes',
    'wrong-type',
  ],
  [
    'usb: ["1235:11"]',
    '7 usb[0]: found the text "1235:11"; allowed is vendor:product in hex such as "1235:0113"',
    'not-allowed',
  ],
  [
    'usb: 1235:0113',
    '6 usb: found the text "1235:0113"; allowed is a list of vendor:product such as ["1235:0113"]',
    'wrong-type',
  ],
  ['times: { bounceMs: 201 }', '20 times.bounceMs: found 201; allowed is a whole number from 0 to 200', 'out-of-range'],
  ['times: { holdMs: 2000 }', '1 times.longHoldMs: found 2000; allowed is more than holdMs, 2000', 'out-of-range'],
  [
    'times: { longHoldMs: 9000, stuckMs: 8000 }',
    '37 times.stuckMs: found 8000; allowed is more than longHoldMs, 9000',
    'out-of-range',
  ],
  [
    'pace: { burstBytes: 4096 }',
    '21 pace.burstBytes: found 4096; allowed is a whole number from 3 to 4095',
    'out-of-range',
  ],
  [
    'pace: { bytesPerSecond: 99 }',
    '25 pace.bytesPerSecond: found 99; allowed is a whole number from 100 to 1000000',
    'out-of-range',
  ],
  [
    'style: { PLAYNG: { colour: red } }',
    '10 style.PLAYNG: unknown key; allowed is EMPTY, TRIGGERED, RECORDING, PLAYING, STOPPING or STOPPED; did you mean `PLAYING`?',
    'unknown-key',
  ],
  [
    'style: { EMPTY: { colour: off } }',
    '27 style.EMPTY.colour: found the text "off"; allowed is red, orange, yellow, green, cyan, blue, purple, pink or white',
    'not-allowed',
  ],
  [
    'style: { EMPTY: { colour: red, as: flash } }',
    '36 style.EMPTY.as: found the text "flash"; allowed is steady, blink, pulse, wink or spark',
    'not-allowed',
  ],
])('%s is a mistake', (text, line, code) => {
  const content = `${minimal}${text}\n`;
  expect(pad.lines(content)).toEqual([`6:${line}`]);
  expect(pad.codes(content)).toEqual([code]);
});

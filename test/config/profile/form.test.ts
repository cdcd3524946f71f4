import { minimal, Pad, withControls } from './pad.ts';

const pad = new Pad();
afterAll(() => pad.remove());

test('what may be left out has its default', () => {
  expect(pad.load(minimal)).toEqual({
    name: 'pad',
    title: 'A pad',
    confidence: 'solid',
    usb: [],
    ports: { input: [], output: [] },
    setUp: [],
    init: [],
    deinit: [],
    times: { bounceMs: 0, holdMs: 600, longHoldMs: 2000, doubleMs: 300, chordMs: 60, stuckMs: 10_000 },
    pace: { bytesPerSecond: 20_000, burstBytes: 2000, gapMs: 0, kindGapMs: 0 },
    clock: false,
    style: {
      EMPTY: { colour: 'white', dim: true, as: 'steady' },
      TRIGGERED: { colour: 'yellow', dim: false, as: 'blink' },
      RECORDING: { colour: 'red', dim: false, as: 'pulse' },
      PLAYING: { colour: 'green', dim: false, as: 'steady' },
      STOPPING: { colour: 'yellow', dim: false, as: 'wink' },
      STOPPED: { colour: 'blue', dim: false, as: 'spark' },
    },
    refreshOnRelease: false,
    controls: [],
    lamps: [],
    layout: [],
    pages: [{ name: 'all', trackOffset: 0, bindings: new Map() }],
    chords: [],
    ignore: [],
    learnHold: false,
  });
});

const full = `name: pad
title: A pad
confidence: one-source
usb: ["1235:011F"]
ports: { input: ["Pad (MIDI 2|LPX MIDI)"], output: [Lamps] }
setUp: [Choose preset D3]
init:
  - { bytes: F0 00 20 29 02 0D 0E 01 F7, waitMs: 50 }
  - { bytes: F0 7E 7F 06 01 F7, expect: F0 7E .. 06 02 47, timeoutMs: 300 }
  - { bytes: F0 42 40 F7, expect: F0 42 .., patch: { offset: 16, value: 1 } }
deinit:
  - { bytes: F0 00 20 29 02 0D 0E 00 F7 }
times: { bounceMs: 15 }
pace: { bytesPerSecond: 1000, burstBytes: 64, gapMs: 0.5 }
clock: true
style: { PLAYING: { colour: cyan }, STOPPED: { colour: blue, dim: true, as: pulse } }
refresh: onRelease
palette: { off: "00", red: "05", dim-red: "07" }
controls:
  left: { on: { note: 11, channel: 1 }, lamp: "90 0B {colour}", do: { command: stomp, track: 1 } }
  right: { on: { note: 12 }, do: { command: tap } }
lamps:
  one: { beat: 1, lamp: "90 51 {colour}" }
  first: { bar: 2, lamp: { off: "90 47 00", on: "90 47 7F" } }
display: { shows: tempo, characters: 2, messages: ["B0 32 {1}", "B0 33 {2}", "B0 34 {number}"] }
layout: ["one . first", " left  right "]
pages:
  - { name: low }
  - { name: high, trackOffset: 8, controls: { right: { do: { command: reset } } } }
chords: [{ controls: [left, right], do: { command: calibrate } }]
ignore: [{ cc: 1 }]
learnHold: true
`;

test('all that a profile can say', () => {
  expect(pad.load(full)).toEqual({
    name: 'pad',
    title: 'A pad',
    confidence: 'one-source',
    usb: ['1235:011f'],
    ports: { input: ['Pad (MIDI 2|LPX MIDI)'], output: ['Lamps'] },
    setUp: ['Choose preset D3'],
    init: [
      { bytes: [0xf0, 0, 0x20, 0x29, 2, 0x0d, 0x0e, 1, 0xf7], waitMs: 50, timeoutMs: 500 },
      {
        bytes: [0xf0, 0x7e, 0x7f, 6, 1, 0xf7],
        waitMs: 0,
        expect: [0xf0, 0x7e, 'any', 6, 2, 0x47],
        timeoutMs: 300,
      },
      {
        bytes: [0xf0, 0x42, 0x40, 0xf7],
        waitMs: 0,
        expect: [0xf0, 0x42, 'any'],
        timeoutMs: 500,
        patch: { offset: 16, value: 1 },
      },
    ],
    deinit: [{ bytes: [0xf0, 0, 0x20, 0x29, 2, 0x0d, 0x0e, 0, 0xf7], waitMs: 0, timeoutMs: 500 }],
    times: { bounceMs: 15, holdMs: 600, longHoldMs: 2000, doubleMs: 300, chordMs: 60, stuckMs: 10_000 },
    pace: { bytesPerSecond: 1000, burstBytes: 64, gapMs: 0.5, kindGapMs: 0 },
    clock: true,
    style: {
      EMPTY: { colour: 'white', dim: true, as: 'steady' },
      TRIGGERED: { colour: 'yellow', dim: false, as: 'blink' },
      RECORDING: { colour: 'red', dim: false, as: 'pulse' },
      PLAYING: { colour: 'cyan', dim: false, as: 'steady' },
      STOPPING: { colour: 'yellow', dim: false, as: 'wink' },
      STOPPED: { colour: 'blue', dim: true, as: 'pulse' },
    },
    refreshOnRelease: true,
    controls: [
      {
        id: 'left',
        on: { kind: 'note', number: 11, channel: 1, pressAt: 1 },
        release: true,
        fine: false,
        bindings: { press: { command: 'stomp', track: 1 }, hold: { command: 'clear', track: 1 } },
      },
      {
        id: 'right',
        on: { kind: 'note', number: 12, pressAt: 1 },
        release: true,
        fine: false,
        bindings: { press: { command: 'tap' } },
      },
    ],
    lamps: [
      {
        id: 'left',
        show: { kind: 'control', control: 'left' },
        steady: { off: [[0x90, 11, 0]], red: [[0x90, 11, 5]], 'dim-red': [[0x90, 11, 7]] },
      },
      {
        id: 'one',
        show: { kind: 'beat', beat: 1 },
        steady: { off: [[0x90, 0x51, 0]], red: [[0x90, 0x51, 5]], 'dim-red': [[0x90, 0x51, 7]] },
      },
      {
        id: 'first',
        show: { kind: 'bar', bar: 2 },
        steady: { off: [[0x90, 0x47, 0]], on: [[0x90, 0x47, 0x7f]] },
      },
    ],
    display: {
      shows: 'tempo',
      characters: 2,
      messages: [
        [0xb0, 0x32, { character: 0 }],
        [0xb0, 0x33, { character: 1 }],
        [0xb0, 0x34, 'number'],
      ],
    },
    layout: [
      ['one', undefined, 'first'],
      ['left', 'right'],
    ],
    pages: [
      { name: 'low', trackOffset: 0, bindings: new Map() },
      { name: 'high', trackOffset: 8, bindings: new Map([['right', { press: { command: 'reset' } }]]) },
    ],
    chords: [{ controls: ['left', 'right'], do: { command: 'calibrate' } }],
    ignore: [{ kind: 'cc', number: 1, pressAt: 1 }],
    learnHold: true,
  });
});

describe('mistakes', () => {
  const keys =
    'name, title, confidence, usb, ports, setUp, init, deinit, times, pace, clock, style, refresh, palette, controls, lamps, frame, display, layout, pages, chords, ignore or learnHold';
  const marks = 'solid, one-source, from-memory or unverified';

  test.each([
    [
      'another name than the file',
      minimal.replace('pad', 'pat'),
      '1:7 name: found the text "pat"; allowed is the name of the file, pad',
      'not-allowed',
    ],
    [
      'an unknown key',
      `${minimal}lamp: {}\n`,
      `6:1 lamp: unknown key; allowed is ${keys}; did you mean \`lamps\`?`,
      'unknown-key',
    ],
    [
      'another mark',
      minimal.replace('solid', 'sold'),
      `3:13 confidence: found the text "sold"; allowed is ${marks}; did you mean \`solid\`?`,
      'not-allowed',
    ],
    [
      'an id in capitals',
      withControls('Tap: { on: { cc: 1 }, do: { command: tap } }'),
      '6:3 controls.Tap: found the text "Tap"; allowed is a name of small letters, digits and hyphens that starts with a letter',
      'bad-key',
    ],
    [
      'a control twice',
      withControls('a: { on: { cc: 1 } }', 'a: { on: { cc: 2 } }'),
      '7:3 controls.a: written twice, first on line 6; allowed is once; remove one of them',
      'duplicate-key',
    ],
    [
      'a refresh at another time',
      `${minimal}refresh: onPress\n`,
      '6:10 refresh: found the text "onPress"; allowed is onRelease',
      'not-allowed',
    ],
    [
      'a sentence that is none',
      `${minimal}setUp: [""]\n`,
      '6:9 setUp[0]: found the text ""; allowed is a sentence',
      'not-allowed',
    ],
  ])('%s', (_name, content, line, code) => {
    expect(pad.lines(content)).toEqual([line]);
    expect(pad.codes(content)).toEqual([code]);
  });

  test('an empty file lacks what a profile needs', () => {
    expect(pad.lines('')).toEqual([
      '1:1 name: is missing; allowed is the name of the file, pad',
      '1:1 title: is missing; allowed is a title for people',
      `1:1 confidence: is missing; allowed is ${marks}`,
      '1:1 ports: is missing; allowed is keys with values: input or output',
      '1:1 controls: is missing; allowed is controls by name',
    ]);
    expect(new Set(pad.codes(''))).toEqual(new Set(['missing']));
  });

  test('those of one part do not hide those of another', () => {
    const content = `${withControls(
      'a: { on: { note: 128 }, do: { command: tap } }',
      'b: { on: { note: 1 }, onHold: { command: learn }, lamp: "90 24 {colour}" }',
      'c: { on: { note: 1 }, do: { command: stmp } }',
    )}palette: { of: "00" }\nlayout: [b d]\nchords: [{ controls: [b, e], do: { command: tap } }]\npages: [{ controls: { f: {} } }]\n`;
    expect(pad.lines(content).map((line) => line.split(';')[0])).toEqual([
      '6:20 controls.a.on.note: found 128',
      '7:44 controls.b.onHold.command: found learn as onHold',
      '8:40 controls.c.do.command: found the text "stmp"',
      '9:1 palette.off: is missing',
      '9:12 palette.of: unknown key',
      '10:10 layout[0]: found the text "d"',
      '11:26 chords[0].controls[1]: found the text "e"',
      '12:9 pages[0].name: is missing',
      '12:23 pages[0].controls.f: found the text "f"',
    ]);
  });
});

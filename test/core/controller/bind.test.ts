import fc from 'fast-check';
import { commandFor } from '../../../src/core/controller/bind.ts';
import type { Action, Profile } from '../../../src/core/controller/profile.ts';
import { generic, launchpad } from '../lamps/profiles.ts';

const noteOn = 0x90;
const noteOff = 0x80;
const cc = 0xb0;
const channels = Array.from({ length: 16 }, (_, channel) => channel);

const withControl = (action: Action, on: Profile['controls'][number]['on']): Profile => ({
  ...generic,
  controls: [{ id: 'one', on, do: action }],
});

describe('a press on the generic controller', () => {
  test.each([
    ...[1, 2, 3, 4, 5, 6, 7, 8].map((track) => [35 + track, { type: 'stomp', track }] as const),
    [44, { type: 'reset' }] as const,
    [45, { type: 'muteClick' }] as const,
    [46, { type: 'tap' }] as const,
  ])('of note %d is %j, on any channel and at any velocity', (note, command) => {
    for (const channel of channels) {
      for (const velocity of [1, 64, 127]) {
        expect(commandFor(generic, [noteOn + channel, note, velocity])).toEqual(command);
      }
    }
  });

  test('ends in a release that means nothing: a note-off, or a note-on of velocity 0', () => {
    for (const channel of channels) {
      for (let note = 36; note <= 46; note += 1) {
        expect(commandFor(generic, [noteOn + channel, note, 0])).toBeUndefined();
        expect(commandFor(generic, [noteOff + channel, note, 0])).toBeUndefined();
        expect(commandFor(generic, [noteOff + channel, note, 64])).toBeUndefined();
      }
    }
  });
});

describe('a fader of the generic controller', () => {
  const value = (number: number, position: number): unknown => {
    const command = commandFor(generic, [cc, number, position]);
    if (command?.type === 'setBpm') return command.bpm;
    if (command?.type === 'setBars') return command.bars;
    return command?.type === 'setClickVolume' ? command.volume : undefined;
  };
  const positions = Array.from({ length: 128 }, (_, position) => position);

  test.each([
    [0, 40],
    [1, 41],
    [63, 119],
    [64, 121],
    [100, 166],
    [126, 199],
    [127, 200],
  ])('20 at %d is %d BPM', (position, bpm) => {
    expect(value(20, position)).toBe(bpm);
  });

  test('20 is a whole tempo everywhere: round(160 v / 127 + 40)', () => {
    expect(positions.map((position) => value(20, position))).toEqual(
      positions.map((position) => Math.round((160 * position) / 127 + 40)),
    );
  });

  test('21 is the bars, in eight equal zones', () => {
    const zones = [1, 2, 4, 8, 12, 16, 24, 32].flatMap((bars) => Array<number>(16).fill(bars));
    expect(positions.map((position) => value(21, position))).toEqual(zones);
  });

  test('22 is the volume of the click, v / 127', () => {
    expect(positions.map((position) => value(22, position))).toEqual(positions.map((position) => position / 127));
  });

  test('is heard on any channel', () => {
    for (const channel of channels) {
      expect(commandFor(generic, [cc + channel, 21, 127])).toEqual({ type: 'setBars', bars: 32 });
    }
  });
});

describe('the Launchpad Mini MK3', () => {
  test.each([
    [[noteOn, 11, 127], { type: 'stomp', track: 1 }],
    [[noteOn, 18, 127], { type: 'stomp', track: 8 }],
    [[cc, 19, 127], { type: 'reset' }],
    [[cc, 91, 127], { type: 'tap' }],
    [[cc, 92, 127], { type: 'muteClick' }],
    [[noteOn, 11, 0], undefined],
    [[cc, 19, 0], undefined],
    [[noteOn + 1, 11, 127], undefined],
    [[noteOn, 19, 127], undefined],
    [[cc, 11, 127], undefined],
  ])('%j means %j', (bytes, command) => {
    expect(commandFor(launchpad, bytes)).toEqual(command);
  });
});

test.each<[Action, unknown]>([
  [
    { command: 'record', track: 3 },
    { type: 'record', track: 3 },
  ],
  [
    { command: 'record', track: 3, bars: 4 },
    { type: 'record', track: 3, bars: 4 },
  ],
  [
    { command: 'start', track: 2 },
    { type: 'start', track: 2 },
  ],
  [
    { command: 'stop', track: 2 },
    { type: 'stop', track: 2 },
  ],
  [
    { command: 'clear', track: 2 },
    { type: 'clear', track: 2 },
  ],
])('a pad may be bound to %j', (action, command) => {
  const profile = withControl(action, { kind: 'note', number: 1 });
  expect(commandFor(profile, [noteOn, 1, 1])).toEqual(command);
  expect(commandFor(profile, [noteOn, 1, 0])).toBeUndefined();
});

test('a fader that runs down and is not rounded gives the exact value', () => {
  const scale = { kind: 'linear', from: 200, to: 100, round: false } as const;
  const profile = withControl({ command: 'setBpm', scale }, { kind: 'cc', number: 7, channel: 16 });
  expect(commandFor(profile, [cc + 15, 7, 0])).toEqual({ type: 'setBpm', bpm: 200 });
  expect(commandFor(profile, [cc + 15, 7, 1])).toEqual({ type: 'setBpm', bpm: 200 - 100 / 127 });
  expect(commandFor(profile, [cc + 15, 7, 127])).toEqual({ type: 'setBpm', bpm: 100 });
  expect(commandFor(profile, [cc, 7, 127])).toBeUndefined();
});

describe('what means nothing', () => {
  test.each<[string, readonly number[]]>([
    ['nothing', []],
    ['a status alone', [noteOn]],
    ['a note without its velocity', [noteOn, 36]],
    ['a fader without its position', [cc, 20]],
    ['a note that is not bound', [noteOn, 35, 100]],
    ['a control that is not bound', [cc, 23, 100]],
    ['the number of a pad as a control', [cc, 36, 100]],
    ['the number of a fader as a note', [noteOn, 20, 100]],
    ['poly pressure on a pad', [0xa0, 36, 100]],
    ['a program', [0xc0, 36]],
    ['channel pressure', [0xd0, 100]],
    ['a pitch bend', [0xe0, 36, 100]],
    ['sysex', [0xf0, 36, 100, 0xf7]],
    ['a clock tick', [0xf8]],
    ['active sensing', [0xfe]],
    ['a song position', [0xf2, 36, 100]],
    ['data without a status', [36, 100]],
  ])('%s', (_, bytes) => {
    expect(commandFor(generic, bytes)).toBeUndefined();
    expect(commandFor(launchpad, bytes)).toBeUndefined();
  });

  test('no bytes at all make it stumble', () => {
    const bytes = fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 6 });
    fc.assert(
      fc.property(bytes, (message) => {
        const kind = (message[0] ?? 0) & 0xf0;
        const command = commandFor(generic, message);
        if (kind !== noteOn && kind !== cc) expect(command).toBeUndefined();
      }),
    );
  });
});

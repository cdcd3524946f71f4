import { complaints } from '../../../src/adapters/log/complaints.ts';
import type { ShowEvent } from '../../../src/ports/event-log.ts';

const rate = 48_000;
/** As long as a complaint is not told again. */
const pause = 10 * rate;

/** What the log says of events: level and words, in order. */
const saidOf = (...events: readonly ShowEvent[]): readonly (readonly [string, string])[] => {
  const said: [string, string][] = [];
  const level = (name: string) => (message: string) => void said.push([name, message]);
  const log = complaints({ info: level('info'), warn: level('warn') }, rate);
  for (const event of events) log.write(event);
  return said;
};

const clip = (frame: number): ShowEvent => ({ type: 'clip', frame });
const refused = (frame: number, track = 2): ShowEvent => ({
  ...{ type: 'refused', frame, code: 'empty', reason: `track ${track} is empty` },
});

test('the log tells what was refused, with the reason and its code', () => {
  expect(saidOf(refused(1))).toEqual([['info', 'refused: track 2 is empty (empty)']]);
});

test('the log warns when the sound is too loud, and tells what to do', () => {
  expect(saidOf(clip(0))).toEqual([['warn', expect.stringMatching(/too loud.*turn down/)]]);
});

test.each<ShowEvent>([
  { type: 'beat', frame: 0, bar: 0, beat: 3 },
  { type: 'track', frame: 7, track: 2, state: 'EMPTY' },
  { type: 'lamp', frame: 1, controller: 'generic', bytes: [144, 36, 7] },
  // Who looks for it tells of it.
  { type: 'interface', frame: 1, state: 'lost' },
])('the log tells nothing of what went as wished: %j', (event) => expect(saidOf(event)).toEqual([]));

const gap = (frame: number, frames = 480): ShowEvent => ({ type: 'gap', frame, frames });
const captureGap = (frame: number, track = 2, frames = 480): ShowEvent => ({
  ...{ type: 'captureGap', frame, track, frames },
});
const late = (frame: number): ShowEvent => ({ type: 'late', frame });

test.each<[ShowEvent, string]>([
  [gap(0), '480 frames'],
  [captureGap(0), 'loop of track 2'],
  [late(0), 'audio.queueBlocks'],
])('the log warns of what goes wrong with the sound: %j', (event, words) =>
  expect(saidOf(event)).toEqual([['warn', expect.stringContaining(words)]]),
);

test.each<[ShowEvent, string]>([
  [{ type: 'latency', frame: 0, frames: 480, source: 'manual' }, '10.00 ms'],
  [{ type: 'calibration', frame: 0, phase: 'started' }, 'be quiet'],
  [{ type: 'calibration', frame: 0, phase: 'cancelled' }, 'cancelled'],
  [{ type: 'calibration', frame: 0, phase: 'failed', code: 'echoes', reason: 'it echoes' }, 'it echoes (echoes)'],
])('the log tells what becomes known of the latency, as often as it does: %j', (event, words) => {
  const line = ['info', expect.stringContaining(words)];
  expect(saidOf(event, event)).toEqual([line, line]);
});

describe.each([
  ['clip', clip],
  ['refusal', refused],
  ['xrun', gap],
  ['hole in a loop', captureGap],
  ['late block', late],
] as const)('the same %s', (_, event) => {
  test.each([
    ['once within the pause', [5, 6, 5 + pause - 1], 1],
    ['again once the pause is over', [5, 5 + pause], 2],
    ['a pause after it was told last, not after it happened last', [0, pause - 1, pause, 2 * pause - 1], 2],
  ] as const)('is told %s', (_, frames, times) =>
    expect(saidOf(...frames.map((frame) => event(frame)))).toHaveLength(times),
  );
});

test('xruns in a swarm are one complaint, however long each is', () => {
  expect(saidOf(gap(1, 100), gap(2, 101), gap(3, 0))).toHaveLength(1);
});

test('the loop of each track is a complaint of its own', () => {
  const said = saidOf(captureGap(1, 1), captureGap(2, 2), captureGap(3, 1, 9));
  expect(said.map(([, words]) => /track \d/.exec(words)?.[0])).toEqual(['track 1', 'track 2']);
});

test('different complaints do not wait for each other', () => {
  const said = saidOf(refused(1, 1), refused(2, 2), clip(3), refused(4, 1));
  expect(said.map(([, words]) => words)).toEqual([
    expect.stringContaining('track 1'),
    expect.stringContaining('track 2'),
    expect.stringContaining('too loud'),
  ]);
});

const trouble: ShowEvent = {
  type: 'storage',
  frame: 5,
  state: 'trouble',
  code: 'disk-full',
  reason: 'the disk is full',
};

test.each<[ShowEvent, 'info' | 'warn', string]>([
  [{ type: 'set', frame: 0, phase: 'restored', name: 'tuesday' }, 'info', '"tuesday" is back'],
  [{ type: 'set', frame: 0, phase: 'loaded', name: 'tuesday' }, 'info', '"tuesday" is here'],
  [{ type: 'set', frame: 0, phase: 'saved', name: 'tuesday' }, 'info', 'saved as "tuesday"'],
  [{ type: 'set', frame: 0, phase: 'failed', code: 'set-missing', reason: 'no such set' }, 'warn', 'no such set'],
  [trouble, 'warn', 'the disk is full'],
  [{ type: 'storage', frame: 0, state: 'well' }, 'info', 'kept on disk again'],
  [{ type: 'forgotten', frame: 0, steps: 2 }, 'info', 'the 2 oldest steps'],
  [{ type: 'unreadable', frame: 0, track: 2, reason: 'it is damaged' }, 'warn', 'it is damaged'],
])('the log tells what comes of sets and their storage: %j', (event, level, words) =>
  expect(saidOf(event)).toEqual([[level, expect.stringContaining(words)]]),
);

test.each<ShowEvent>([
  { type: 'kept', frame: 0, tracks: [1] },
  { type: 'undo', frame: 0, deed: 'clear', tracks: [1] },
  { type: 'set', frame: 0, phase: 'loading', name: 'tuesday' },
])('the log does not tell what a player does all the time: %j', (event) => expect(saidOf(event)).toEqual([]));

test('a disk that stays full, and memory that is full, are not told at each capture', () => {
  const forgotten: ShowEvent = { type: 'forgotten', frame: 7, steps: 1 };
  expect(saidOf(trouble, trouble, forgotten, { ...forgotten, steps: 2 })).toHaveLength(2);
});

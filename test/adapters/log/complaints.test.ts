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
])('the log tells nothing of what went as wished: %j', (event) => expect(saidOf(event)).toEqual([]));

describe.each([
  ['clip', clip],
  ['refusal', refused],
] as const)('the same %s', (_, event) => {
  test.each([
    ['once within the pause', [5, 6, 5 + pause - 1], 1],
    ['again once the pause is over', [5, 5 + pause], 2],
    ['a pause after it was told last, not after it happened last', [0, pause - 1, pause, 2 * pause - 1], 2],
  ] as const)('is told %s', (_, frames, times) =>
    expect(saidOf(...frames.map((frame) => event(frame)))).toHaveLength(times),
  );
});

test('different complaints do not wait for each other', () => {
  const said = saidOf(refused(1, 1), refused(2, 2), clip(3), refused(4, 1));
  expect(said.map(([, words]) => words)).toEqual([
    expect.stringContaining('track 1'),
    expect.stringContaining('track 2'),
    expect.stringContaining('too loud'),
  ]);
});

import { heldLoops, neededFrames, releases, trimmed, usedFrames, withLoop } from '../../../src/core/session/held.ts';
import { type Content, mostSteps, type Step } from '../../../src/core/session/history.ts';
import type { SessionState } from '../../../src/core/session/state.ts';
import type { Loop } from '../../../src/core/track/state.ts';
import { loop, sessionIn, trackIn } from './situations.ts';

/** What a loop of a bar takes: whole pieces of 4096 frames. */
const piece = 98_304;

const of = (id: number, changed: Partial<Loop> = {}): Loop => ({ ...loop, id, ...changed });
const nothing: Content = { track: 1, plays: false };
const step = (id: number): Step => ({
  ...{ deed: 'clear', bpm: 120, beatsPerBar: 4 },
  ...{ before: [{ track: 1, plays: true, loop: of(id) }], after: [nothing] },
});

/** Loop 5 on track 2, loops 10 and 11 that undo would bring back, 12 that redo would. */
const session = (changed: Partial<SessionState> = {}): SessionState =>
  sessionIn('PLAYING', { history: { past: [step(10), step(11)], future: [step(12)] }, ...changed });

const coming = (id: number): NonNullable<SessionState['incoming']> => ({
  ...{ phase: 'reading', name: null, bpm: 120, beatsPerBar: 4, bars: 1, click: { volume: 0, muted: true } },
  contents: [{ track: 1, plays: false, loop: of(id) }],
});

test('a session holds the loops of its tracks, of undo and redo, and of a set that comes in', () => {
  expect([...heldLoops({ ...session(), incoming: coming(-1) }).keys()].sort((a, b) => a - b)).toEqual([
    -1, 5, 10, 11, 12,
  ]);
});

test('a loop that is held in several places takes its memory once', () => {
  const history = { past: [step(5), step(5)], future: [] };
  expect([usedFrames(session({ history })), neededFrames(session({ history }))]).toEqual([piece, piece]);
});

test('what undo and redo hold could be given up, tracks and a set that comes in could not', () => {
  const all = { ...session(), incoming: coming(-1) };
  expect([usedFrames(all), neededFrames(all)]).toEqual([5 * piece, 2 * piece]);
});

describe('within its memory a session', () => {
  const within = (pieces: number) => {
    const { session: after, told } = trimmed(session({ budgetFrames: pieces * piece }), 7);
    const ids = (steps: readonly Step[]) => steps.flatMap(({ before }) => before.map(({ loop: held }) => held?.id));
    return [ids(after.history.past), ids(after.history.future), told];
  };
  const forgotten = (steps: number) => [{ type: 'forgotten', frame: 7, steps }];

  test.each([
    [4, 'keeps all that fits', [[10, 11], [12], []]],
    [3, 'gives up what could be done again first', [[10, 11], [], []]],
    [2, 'then the oldest of what could be undone', [[11], [], forgotten(1)]],
    [1, 'then all of it, and never a track', [[], [], forgotten(2)]],
  ] as const)('of %d loops %s', (pieces, _, expected) => expect(within(pieces)).toEqual(expected));

  test('remembers no more than so many steps', () => {
    const past = Array.from({ length: mostSteps + 3 }, () => step(10));
    const { session: after, told } = trimmed(session({ history: { past, future: [] } }), 7);
    expect([after.history.past.length, told]).toEqual([mostSteps, forgotten(3)]);
  });
});

test('what is no more held is released, and nothing else', () => {
  const after = sessionIn('PLAYING', { history: { past: [step(11)], future: [] } });
  expect(releases(session(), after)).toEqual([
    { type: 'release', loopId: 10 },
    { type: 'release', loopId: 12 },
  ]);
  expect(releases(session(), session())).toEqual([]);
});

test('news of a loop is known wherever it is held, and moves it nowhere', () => {
  const elsewhere = of(5, { startFrame: 1, sound: 'tape' });
  const history = { past: [step(10)], future: [{ ...step(5), before: [{ ...nothing, loop: elsewhere }] }] };
  const tracks = [trackIn('EMPTY', 1), trackIn('PLAYING', 2, of(5, { sound: 'tape' })), trackIn('EMPTY', 3)];
  const after = withLoop(session({ history, tracks }), 5, { sound: 'here' });
  expect(after.tracks[1]).toMatchObject({ loop: { sound: 'here', startFrame: loop.startFrame } });
  expect(after.history.future[0]?.before[0]?.loop).toEqual({ ...elsewhere, sound: 'here' });
  expect(after.history.past).toEqual(history.past);
});

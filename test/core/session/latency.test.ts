import { type LatencySource, outputFrames } from '../../../src/core/session/latency.ts';
import type { SessionInput } from '../../../src/core/session/outcome.ts';
import { newSession } from '../../../src/core/session/state.ts';
import { aSuccess } from './a-measurement.ts';
import { asked, course, happened, loopOf } from './course.ts';
import { loop, sessionIn, situations } from './situations.ts';

const frame = 200_000;
const byHand = (frames: number): SessionInput => asked(frame, { type: 'setLatency', frames });
const known = (frames: number, source: LatencySource): SessionInput => ({
  ...{ type: 'latencyKnown', frame, frames, source },
});
const byMeasuring = (frames: number, id = 3): readonly SessionInput[] => [
  asked(frame, { type: 'calibrate', mute: true }),
  happened({ type: 'measureStarted', frame, id }),
  happened({ type: 'measureEnded', frame: frame + 456_000, id, how: 'done' }),
  { type: 'measured', frame: frame + 460_000, id, measurement: aSuccess(frames) },
];

describe('what is heard was computed earlier by', () => {
  test.each([
    ['half of the round trip', 480, 0.5, 0, 240],
    ['half of an odd one, to the frame', 481, 0.5, 0, 241],
    ['all of it', 480, 1, 0, 480],
    ['nothing where nobody listens', 480, 0, 0, 0],
    ['nothing while the latency is not known', 0, 0.5, 0, 0],
    ['less, where the player is nearer than the microphone', 480, 0.5, 100, 140],
    ['never less than nothing', 480, 0.5, 300, 0],
    ['never less than nothing, when the latency is not known either', 0, 0.5, 300, 0],
  ])('%s', (_, latencyFrames, share, lessFrames, expected) => {
    expect(outputFrames({ latencyFrames, output: { share, lessFrames } })).toBe(expected);
  });

  test('as much as the latency of now says, of whatever source', () => {
    const output = { share: 0.5, lessFrames: 10 };
    for (const inputs of [[byHand(1000)], [known(1000, 'measured')], byMeasuring(1000)]) {
      expect(outputFrames(course(sessionIn('EMPTY', { output }), ...inputs).session)).toBe(490);
    }
  });
});

describe('a latency that is', () => {
  test('set by hand is manual, and told', () => {
    const { session, events, effects } = course(sessionIn('EMPTY'), byHand(960));
    expect([session.latencyFrames, session.latencySource, effects]).toEqual([960, 'manual', []]);
    expect(events).toEqual([{ type: 'latency', frame, frames: 960, source: 'manual' }]);
  });

  test('set by hand to what it was already is the player’s word from then on, and told', () => {
    const { session, events } = course(sessionIn('EMPTY'), byHand(480));
    expect([session.latencySource, events.length]).toEqual(['manual', 1]);
  });

  test.each([-1, 0.5, 96_001, Number.NaN])(
    'impossible is refused, and changes neither it nor its source: %d',
    (frames) => {
      const before = sessionIn('EMPTY');
      const { session, codes } = course(before, byHand(frames));
      expect([session, codes]).toEqual([before, ['out-of-range']]);
    },
  );

  test('measured is measured, and told', () => {
    const { session, events } = course(sessionIn('EMPTY', { latencySource: 'manual' }), ...byMeasuring(432));
    expect([session.latencyFrames, session.latencySource]).toEqual([432, 'measured']);
    expect(events.at(-1)).toEqual({ type: 'latency', frame: frame + 460_000, frames: 432, source: 'measured' });
  });

  test.each(['none', 'manual', 'measured'] as const)('known from before, as %s, is no news', (source) => {
    const before = sessionIn('PLAYING', { latencySource: 'none' });
    const { session, events, effects, codes } = course(before, known(333, source));
    expect(session).toEqual({ ...before, latencyFrames: 333, latencySource: source });
    expect([events, effects, codes]).toEqual([[], [], []]);
  });
});

test.each([
  [480, 'manual'],
  [0, 'none'],
])('a session whose settings say %d frames begins with a latency that is %s', (latencyFrames, source) => {
  const settings = { bpm: 120, beatsPerBar: 4, tracks: 1, bars: 1, retroThreshold: 0.75, clickVolume: 1 };
  const session = newSession({
    ...{ ...settings, rate: 48_000, clickMuted: false, tapeFrames: 1, budgetFrames: 1 },
    latencyFrames,
  });
  expect([session.latencySource, outputFrames(session)]).toEqual([source, 0]);
});

describe('a new latency', () => {
  const ways = [
    ['set by hand', [byHand(9600)]],
    ['measured', byMeasuring(9600)],
    ['known from before', [known(9600, 'measured')]],
  ] as const;

  test.each(ways.flatMap(([way, inputs]) => situations.map((situation) => [way, situation, inputs] as const)))(
    '%s leaves a track that is %s as it is',
    (_, situation, inputs) => {
      const before = sessionIn(situation);
      const { session } = course(before, ...inputs);
      expect(session.tracks).toEqual(before.tracks);
      expect(loopOf(session)).toEqual(situation === 'EMPTY' ? undefined : loop);
    },
  );

  test.each(ways)('%s holds for the loops to come', (_, inputs) => {
    const record = asked(1_200_000, { type: 'record', track: 2, bars: 1 });
    const { session, effects } = course(sessionIn('EMPTY'), ...inputs, record);
    expect(loopOf(session)?.latencyFrames).toBe(9600);
    expect(effects.at(-1)).toMatchObject({ type: 'capture', latencyFrames: 9600 });
  });
});

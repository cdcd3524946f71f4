import fc from 'fast-check';
import { failureCodes, type Measurement } from '../../../src/core/calibration/measurement.ts';
import type { SessionCommand } from '../../../src/core/session/command.ts';
import type { Reduced, SessionInput } from '../../../src/core/session/outcome.ts';
import { reduce } from '../../../src/core/session/reduce.ts';
import type { SessionState } from '../../../src/core/session/state.ts';
import { measureEnds, type SoundFact } from '../../../src/core/sound/fact.ts';
import { aFailure, aSuccess } from './a-measurement.ts';

/** Tracks that are there, and some that are not. */
const track = fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 1, max: 3 }) }, fc.constantFrom(0, 4, -1, 1.5));

const commandOf = (number: fc.Arbitrary<number>): fc.Arbitrary<SessionCommand> =>
  fc.oneof(
    { weight: 8, arbitrary: fc.record({ type: fc.constant('stomp' as const), track }) },
    fc.record({ type: fc.constant('record' as const), track, bars: number }),
    {
      weight: 3,
      arbitrary: fc.record({ type: fc.constantFrom('record' as const, 'start' as const, 'stop' as const), track }),
    },
    { weight: 2, arbitrary: fc.record({ type: fc.constant('clear' as const), track }) },
    fc.record({
      type: fc.constantFrom('reset' as const, 'tap' as const, 'muteClick' as const, 'cancelCalibration' as const),
    }),
    fc.record({ type: fc.constant('calibrate' as const), mute: fc.boolean(), toggle: fc.boolean() }),
    fc.record({ type: fc.constant('setBpm' as const), bpm: number }),
    fc.record({ type: fc.constant('setBeatsPerBar' as const), beatsPerBar: number }),
    fc.record({ type: fc.constant('setBars' as const), bars: number }),
    fc.record({ type: fc.constant('setClickVolume' as const), volume: number }),
    fc.record({
      type: fc.constantFrom('changeBpm' as const, 'changeBars' as const, 'changeClickVolume' as const),
      by: fc.oneof(fc.integer({ min: -9, max: 9 }), number),
    }),
    fc.record({ type: fc.constant('setLatency' as const), frames: number }),
  );

const number = fc.oneof(
  fc.integer({ min: 1, max: 16 }),
  fc.integer({ min: -1, max: 500 }),
  fc.constantFrom(0.5, Number.NaN, Number.POSITIVE_INFINITY),
);

const frame = fc.integer({ min: 0, max: 2_000_000 });

export const loopFactTypes = [
  'captureStarted',
  'captureDropped',
  'captureFailed',
  'captureCommitted',
  'loopStarted',
  'loopStopped',
  'startTakenBack',
  'stopTakenBack',
  'tooLate',
] as const;

/** What may come in. `held` is the loop that the track holds when the fact comes: such facts are about something. */
type Coming = SessionInput | { readonly type: 'held'; readonly fact: Extract<SoundFact, { track: number }> };

const loopFact = fc.record({
  type: fc.oneof(
    {
      weight: 3,
      arbitrary: fc.constantFrom('captureStarted' as const, 'loopStarted' as const, 'loopStopped' as const),
    },
    { weight: 2, arbitrary: fc.constantFrom(...loopFactTypes) },
  ),
  frame,
  track,
  loopId: fc.integer({ min: 0, max: 9 }),
});

const beatFact: fc.Arbitrary<SoundFact> = fc.oneof(
  fc.record({ type: fc.constant('beat' as const), frame, bar: fc.nat(99), beat: fc.nat(15) }),
  fc.record({ type: fc.constantFrom('offbeat' as const, 'clip' as const, 'late' as const), frame }),
);

/** The first measurements of a session that is made by `sessionIn`, and some that never were. */
const measureId = fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 3, max: 5 }) }, fc.nat(9));

/** An interface that is away, or a measurement, keeps captures from beginning: both end more often than they begin. */
const troubleFact: fc.Arbitrary<SoundFact> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ type: fc.constant('gap' as const), frame, frames: fc.nat(9999) }) },
  fc.record({ type: fc.constant('interfaceLost' as const), frame }),
  { weight: 3, arbitrary: fc.record({ type: fc.constant('interfaceBack' as const), frame }) },
  fc.record({ type: fc.constant('measureStarted' as const), frame, id: measureId }),
  {
    weight: 3,
    arbitrary: fc.record({
      ...{ type: fc.constant('measureEnded' as const), frame, id: measureId },
      how: fc.constantFrom(...measureEnds),
    }),
  },
);

/** What an analysis may say: a latency, a failure, or nothing at all. */
export const measurements: fc.Arbitrary<Measurement | undefined> = fc.oneof(
  fc.integer({ min: 0, max: 38_400 }).map(aSuccess),
  fc.constantFrom(...failureCodes).map(aFailure),
  fc.constant(undefined),
);

const latencyWord: fc.Arbitrary<SessionInput> = fc.oneof(
  fc.record({ type: fc.constant('measured' as const), frame, id: measureId, measurement: measurements }),
  fc.record({
    ...{ type: fc.constant('latencyKnown' as const), frame, frames: fc.nat(9600) },
    source: fc.constantFrom('none' as const, 'manual' as const, 'measured' as const),
  }),
);

/** Anything that may come in, in any order: facts that are true, and of loops that never were, or of another track's. */
export const inputs = (maxLength = 80): fc.Arbitrary<readonly Coming[]> =>
  fc.array(
    fc.oneof(
      { weight: 9, arbitrary: fc.record({ type: fc.constant('command' as const), frame, command: commandOf(number) }) },
      { weight: 12, arbitrary: fc.record({ type: fc.constant('held' as const), fact: loopFact }) },
      {
        weight: 3,
        arbitrary: fc.record({
          type: fc.constant('fact' as const),
          fact: fc.oneof(
            { weight: 6, arbitrary: loopFact },
            { weight: 6, arbitrary: beatFact },
            { weight: 2, arbitrary: troubleFact },
          ),
        }),
      },
      { weight: 1, arbitrary: latencyWord },
    ),
    { maxLength, size: 'max' },
  );

const bounds = fc.record(
  { moreBars: number, laterBars: number, laterBeats: number, laterMs: fc.oneof(number, fc.double()) },
  { requiredKeys: [] },
);

const at = fc.constantFrom<{ readonly at?: 'now' | 'bar' }>({}, { at: 'now' }, { at: 'bar' });

/** Second thoughts of any kind, sets of any kind. */
const laterCommand: fc.Arbitrary<SessionCommand> = fc.oneof(
  { weight: 4, arbitrary: at.map((when) => ({ type: 'undo' as const, ...when })) },
  { weight: 2, arbitrary: at.map((when) => ({ type: 'redo' as const, ...when })) },
  {
    weight: 4,
    arbitrary: fc
      .tuple(bounds, track, at)
      .map(([by, id, when]) => ({ type: 'retake' as const, track: id, ...by, ...when })),
  },
  fc.tuple(track, at).map(([id, when]) => ({ type: 'clear' as const, track: id, ...when })),
  fc.constantFrom<SessionCommand>(
    { type: 'newSet' },
    { type: 'saveSet' },
    { type: 'loadSet', by: 1 },
    { type: 'retake', moreBars: 1 },
  ),
);

/** All that may come in, second thoughts too. */
export const laterInputs = (): fc.Arbitrary<readonly Coming[]> =>
  fc
    .tuple(inputs(60), fc.array(fc.tuple(fc.nat(60), frame, laterCommand), { maxLength: 40, size: 'max' }))
    .map(([list, later]) =>
      later.reduce<readonly Coming[]>(
        (before, [place, moment, command]) => before.toSpliced(place, 0, { type: 'command', frame: moment, command }),
        list,
      ),
    );

export type Step = Reduced & { readonly before: SessionState; readonly input: SessionInput };

const inputOf = (session: SessionState, coming: Coming): SessionInput => {
  if (coming.type !== 'held') return coming;
  const track = session.tracks[coming.fact.track - 1];
  const loopId = track === undefined || track.state === 'EMPTY' ? coming.fact.loopId : track.loop.id;
  return { type: 'fact', fact: { ...coming.fact, loopId } };
};

/** The steps of a session as these come in. */
export const stepsOf = (list: readonly Coming[], from: SessionState): readonly Step[] => {
  let before = from;
  return list.map((coming) => {
    const input = inputOf(before, coming);
    const step = { ...reduce(before, input), before, input };
    before = step.session;
    return step;
  });
};

import fc from 'fast-check';
import { failureCodes } from '../../../src/core/calibration/measurement.ts';
import type { Calibration } from '../../../src/core/session/calibration.ts';
import type { SessionInput } from '../../../src/core/session/outcome.ts';
import { reduce } from '../../../src/core/session/reduce.ts';
import type { SessionState } from '../../../src/core/session/state.ts';
import { type MeasureEnd, measureEnds } from '../../../src/core/sound/fact.ts';
import { aFailure, aSuccess } from './a-measurement.ts';
import { measurements } from './arbitraries.ts';
import { asked, course, happened } from './course.ts';
import { type Situation, sessionIn, situations, trackIn } from './situations.ts';

const frame = 500_000;
const probe = 456_000;

const calibrate = asked(frame - 10, { type: 'calibrate' });
const toggle = asked(frame + 700, { type: 'calibrate', toggle: true });
const cancel = asked(frame + 500, { type: 'cancelCalibration' });
const started = (id = 3): SessionInput => happened({ type: 'measureStarted', frame, id });
const ended = (how: MeasureEnd = 'done', id = 3): SessionInput =>
  happened({ type: 'measureEnded', frame: frame + probe, id, how });
type Measured = Extract<SessionInput, { type: 'measured' }>;
const result = (measurement: Measured['measurement'], id = 3): Measured => ({
  ...{ type: 'measured', frame: frame + probe + 900, id },
  measurement,
});
const success = result(aSuccess(432));

/** The ways that lead into each phase. */
const asFarAs = {
  asked: [calibrate],
  sounding: [calibrate, started()],
  weighing: [calibrate, started(), ended()],
} as const;
type Phase = keyof typeof asFarAs;
const phases: readonly Phase[] = ['asked', 'sounding', 'weighing'];

const calibration = (phase: string, rest: object = {}) => ({ type: 'calibration', phase, ...rest });
const inPhase = (phase: Phase): SessionState => course(sessionIn('STOPPED'), ...asFarAs[phase]).session;

describe('a measurement', () => {
  test('that goes well is asked for, sounds, is looked at, and gives the latency', () => {
    const { session, events, effects } = course(sessionIn('STOPPED'), calibrate, started(), ended(), success);
    expect(effects).toEqual([{ type: 'measure', id: 3 }]);
    expect(events).toEqual([
      calibration('started', { frame }),
      calibration('weighing', { frame: frame + probe }),
      calibration('succeeded', {
        ...{
          frame: frame + probe + 900,
          latencyFrames: 432,
          exactFrames: 432.25,
          spreadFrames: 0.05,
          confidence: 0.97,
          side: 0,
        },
      }),
      { type: 'latency', frame: frame + probe + 900, frames: 432, source: 'measured' },
    ]);
    expect(session.calibration).toEqual({ phase: 'idle', last: 'succeeded' });
    expect(session.nextMeasureId).toBe(4);
  });

  test.each<[string, readonly SessionInput[], Calibration]>([
    ['asked for', asFarAs.asked, { phase: 'sounding', id: 3 }],
    ['begun', asFarAs.sounding, { phase: 'sounding', id: 3, from: frame }],
    ['over', asFarAs.weighing, { phase: 'weighing', id: 3, from: frame }],
  ])('that is %s is known as that', (_, inputs, expected) => {
    expect(course(sessionIn('EMPTY'), ...inputs).session.calibration).toEqual(expected);
  });

  test('has its own number, also after one that was given up', () => {
    const { effects } = course(sessionIn('EMPTY'), calibrate, cancel, calibrate);
    expect(effects).toEqual([
      { type: 'measure', id: 3 },
      { type: 'stopMeasuring', id: 3 },
      { type: 'measure', id: 4 },
    ]);
  });

  test('that begins anew forgets how the last one went', () => {
    for (const last of ['succeeded', 'failed'] as const) {
      const { session } = course(sessionIn('EMPTY', { calibration: { phase: 'idle', last } }), calibrate);
      expect(session.calibration).toEqual({ phase: 'sounding', id: 3 });
    }
  });
});

describe('a measurement is refused', () => {
  const refusal = (from: SessionState, mute: boolean) => {
    const input = asked(frame, { type: 'calibrate', mute });
    const { session, effects, refused } = course(from, input);
    return { same: session, effects, code: refused[0]?.code, reason: refused[0]?.reason };
  };

  test.each<[Situation, string | undefined, string | undefined]>([
    ['EMPTY', undefined, undefined],
    ['STOPPED', undefined, undefined],
    ['PLAYING', 'track 2 is PLAYING', undefined],
    ['STOPPING', 'track 2 is STOPPING', undefined],
    ['TRIGGERED/start', 'track 2 is TRIGGERED', undefined],
    ['TRIGGERED/capture', 'track 2 is being captured', 'track 2 is being captured'],
    ['RECORDING', 'track 2 is being captured', 'track 2 is being captured'],
  ])('while a track is %s: %s; with mute: %s', (situation, plain, muted) => {
    for (const [mute, why] of [
      [false, plain],
      [true, muted],
    ] as const) {
      const before = sessionIn(situation);
      const { same, effects, code, reason } = refusal(before, mute);
      expect(code).toBe(why === undefined ? undefined : 'tracks-playing');
      if (why === undefined) expect(effects).toEqual([{ type: 'measure', id: 3 }]);
      else expect([reason, effects, same]).toEqual([expect.stringContaining(why), [], before]);
    }
  });

  test('while one track plays and another is captured, for what cannot be muted', () => {
    const tracks = [trackIn('PLAYING', 1), trackIn('RECORDING', 2), trackIn('EMPTY', 3)];
    expect(refusal(sessionIn('EMPTY', { tracks }), false).reason).toMatch('wait for the bar line');
  });

  test.each([true, false])('while there is no interface, with mute %s', (mute) => {
    const away = sessionIn('EMPTY', { interface: 'away' });
    expect(refusal(away, mute)).toMatchObject({ code: 'interface-lost', effects: [], same: away });
  });

  test.each(phases)('while another one goes on: %s', (phase) => {
    const before = inPhase(phase);
    for (const mute of [true, false]) {
      expect(refusal(before, mute)).toMatchObject({ code: 'calibrating', effects: [], same: before });
    }
  });
});

describe('a measurement is given up', () => {
  test.each(phases.flatMap((phase) => [cancel, toggle].map((way) => [phase, way] as const)))(
    'in phase %s, and all is as it was: %j',
    (phase, way) => {
      const before = inPhase(phase);
      const { session, effects, events, codes } = course(before, way);
      expect(session).toEqual({ ...before, calibration: { phase: 'idle' } });
      expect(effects).toEqual(phase === 'weighing' ? [] : [{ type: 'stopMeasuring', id: 3 }]);
      expect([events, codes]).toEqual([[expect.objectContaining(calibration('cancelled'))], []]);
    },
  );

  test('only where there is one', () => {
    const idle = sessionIn('EMPTY', { calibration: { phase: 'idle', last: 'failed' } });
    expect(course(idle, cancel)).toMatchObject({ session: idle, effects: [], codes: ['not-calibrating'] });
  });

  test('by the same pedal that begins one', () => {
    const { session, effects, codes } = course(sessionIn('EMPTY'), toggle, toggle, toggle);
    expect(effects.map(({ type }) => type)).toEqual(['measure', 'stopMeasuring', 'measure']);
    expect([session.calibration, codes]).toEqual([{ phase: 'sounding', id: 4 }, []]);
  });
});

describe('word of a measurement that was given up moves nothing', () => {
  const words = [
    ...measureEnds.map((how) => [`it ended: ${how}`, ended(how)] as const),
    ['it is a success', success] as const,
    ['it is a failure', result(aFailure('echoes'))] as const,
    ['it could not be looked at', result(undefined)] as const,
  ];

  test.each(phases.flatMap((phase) => words.map(([what, word]) => [phase, what, word] as const)))(
    'in phase %s, when %s; nor does it end the next one',
    (phase, _, word) => {
      const { session: idle } = course(inPhase(phase), cancel);
      const after = course(idle, word);
      expect({ ...after.session, gaps: idle.gaps }).toEqual(idle);
      expect([after.events, after.effects]).toEqual([[], []]);
      const { session: next } = course(idle, calibrate, started(4), ended('done', 4));
      const unmoved = course(next, word);
      expect({ ...unmoved.session, gaps: next.gaps }).toEqual(next);
      expect(unmoved.events).toEqual([]);
    },
  );

  test('also that it has begun, which the engine says before it hears that it is to end', () => {
    const { session, events } = course(sessionIn('EMPTY'), calibrate, cancel, started(), ended('stopped'));
    expect([session.calibration, session.latencyFrames]).toEqual([{ phase: 'idle' }, 480]);
    expect(events.map((event) => event.type === 'calibration' && event.phase)).toEqual(['cancelled']);
  });
});

describe('a measurement that comes to nothing', () => {
  const unmeasured = (...inputs: readonly SessionInput[]) => {
    const before = sessionIn('STOPPED', { latencyFrames: 777, latencySource: 'manual' });
    const reduced = course(before, ...inputs);
    const { latencyFrames, latencySource } = reduced.session;
    return { ...reduced, last: reduced.events.at(-1), latency: [latencyFrames, latencySource] };
  };
  const asItWas = [777, 'manual'];

  test.each([
    ['feedback', 'feedback', 'turn the speaker or the microphone down'],
    ['gap', 'frames-lost', 'try again'],
  ] as const)('by %s has failed, and says what to do', (how, code, advice) => {
    const { last, latency, session } = unmeasured(calibrate, started(), ended(how));
    expect(last).toMatchObject(calibration('failed', { code, reason: expect.stringContaining(advice) }));
    expect([latency, session.calibration]).toEqual([asItWas, { phase: 'idle', last: 'failed' }]);
  });

  test('by being stopped elsewhere is cancelled', () => {
    const { last, latency, session } = unmeasured(calibrate, started(), ended('stopped'));
    expect(last).toMatchObject(calibration('cancelled'));
    expect([latency, session.calibration]).toEqual([asItWas, { phase: 'idle' }]);
  });

  test('by an end without a beginning is cancelled', () => {
    const { last, session } = unmeasured(calibrate, ended());
    expect(last).toMatchObject(calibration('cancelled'));
    expect(session.calibration).toEqual({ phase: 'idle' });
  });

  test.each(failureCodes)('since it is %s leaves the latency and its source as they were', (code) => {
    const { last, latency, session, codes } = unmeasured(calibrate, started(), ended(), result(aFailure(code)));
    expect(last).toMatchObject(calibration('failed', { code, reason: `it is ${code}` }));
    expect([latency, session.calibration, codes]).toEqual([asItWas, { phase: 'idle', last: 'failed' }, []]);
  });

  test('since the analysis itself broke leaves them so too', () => {
    const { last, latency, session } = unmeasured(calibrate, started(), ended(), result(undefined));
    expect(last).toMatchObject(calibration('failed', { code: 'not-analysed' }));
    expect([latency, session.calibration]).toEqual([asItWas, { phase: 'idle', last: 'failed' }]);
  });
});

test('a result that comes before the end of the sound is about nothing', () => {
  for (const phase of ['asked', 'sounding'] as const) {
    const before = inPhase(phase);
    expect(course(before, success)).toMatchObject({ session: before, events: [], effects: [] });
  }
});

describe('what came in while the probe sounded', () => {
  const gaps = (...inputs: readonly SessionInput[]) => course(sessionIn('EMPTY'), ...inputs).session.gaps;

  test('is known for what it is, from its first frame on', () => {
    expect(gaps(calibrate, started())).toEqual([{ from: frame, to: Number.POSITIVE_INFINITY, cause: 'calibration' }]);
    expect(gaps(calibrate, started(), ended('done'))).toEqual([
      { from: frame, to: frame + probe, cause: 'calibration' },
    ]);
  });

  test.each(measureEnds.filter((how) => how !== 'done'))(
    'that was cut short (%s) lasts as long as the way round: a quarter of a second, or the latency where that is longer',
    (how) => {
      const to = frame + probe;
      expect(gaps(calibrate, started(), ended(how))).toMatchObject([{ from: frame, to: to + 12_000 }]);
      const { session } = course(sessionIn('EMPTY', { latencyFrames: 20_000 }), calibrate, started(), ended(how));
      expect(session.gaps).toMatchObject([{ from: frame, to: to + 20_000 }]);
    },
  );

  test('also of one that was given up before it was heard', () => {
    expect(gaps(calibrate, cancel, started(), ended('stopped'))).toEqual([
      { from: frame, to: frame + probe + 12_000, cause: 'calibration' },
    ]);
  });

  test('ends with it, and not the time without the interface that has begun meanwhile, nor the other way round', () => {
    const lost = happened({ type: 'interfaceLost', frame: frame + 1000 });
    const back = happened({ type: 'interfaceBack', frame: frame + 90_000 });
    const away = { from: frame + 1000, cause: 'interface' };
    const sounded = { from: frame, cause: 'calibration' };
    const endless = Number.POSITIVE_INFINITY;
    expect(gaps(calibrate, started(), lost, ended('gap'))).toEqual([
      { ...sounded, to: frame + probe + 12_000 },
      { ...away, to: endless },
    ]);
    expect(gaps(calibrate, started(), lost, back)).toEqual([
      { ...sounded, to: endless },
      { ...away, to: frame + 90_000 },
    ]);
  });

  test('is looped by nobody: a stomp meanwhile is refused, and one on the bars after it is not', () => {
    const stomp = (at: number) => asked(at, { type: 'record', track: 1, bars: 1 });
    const { session: waiting } = course(sessionIn('EMPTY'), calibrate);
    expect(course(waiting, stomp(frame + 10)).codes).toEqual(['calibrating']);
    const { session: sounding } = course(waiting, started());
    expect(course(sounding, stomp(frame + 90_000)).codes).toEqual(['calibrating']);
    const { session: over } = course(sounding, ended());
    // It ends in bar 9; bar 10 is whole.
    expect(course(over, stomp(10 * 96_000 + 10)).codes).toEqual(['calibration-heard']);
    expect(course(over, stomp(11 * 96_000 + 10)).codes).toEqual([]);
  });
});

describe('whatever becomes of a measurement,', () => {
  const id = fc.integer({ min: 2, max: 6 });
  const at = fc.integer({ min: 0, max: 2_000_000 });
  const wish = fc.oneof(
    { weight: 4, arbitrary: fc.boolean().map((mute) => ({ type: 'calibrate', mute }) as const) },
    fc.constantFrom({ type: 'calibrate', toggle: true } as const, { type: 'cancelCalibration' } as const),
  );
  const word: fc.Arbitrary<SessionInput> = fc.oneof(
    fc.tuple(at, wish).map(([when, command]) => asked(when, command)),
    fc.tuple(at, id).map(([when, which]) => happened({ type: 'measureStarted', frame: when, id: which })),
    fc
      .tuple(at, id, fc.constantFrom('done' as const, ...measureEnds))
      .map(([when, which, how]) => happened({ type: 'measureEnded', frame: when, id: which, how })),
    fc.record({ type: fc.constant('measured' as const), frame: at, id, measurement: measurements }),
  );
  const mostly = fc.integer({ min: 0, max: 3 }).map((one) => one > 0);
  /** What is true is about the measurement that goes on. */
  const aboutIt = (session: SessionState, input: SessionInput, isTrue: boolean): SessionInput => {
    const { calibration: now } = session;
    if (!isTrue || now.phase === 'idle') return input;
    if (input.type === 'measured') return { ...input, id: now.id };
    if (input.type !== 'fact' || !('id' in input.fact)) return input;
    return { type: 'fact', fact: { ...input.fact, id: now.id } };
  };
  const atEachStep = (law: (before: SessionState, input: SessionInput, after: ReturnType<typeof reduce>) => void) =>
    fc.assert(
      fc.property(
        fc.constantFrom(...situations),
        fc.array(fc.tuple(word, mostly), { maxLength: 40, size: 'max' }),
        (situation, list) => {
          let session = sessionIn(situation, { taps: [1, 2], fresh: [2], bars: 3, touched: 3 });
          for (const [some, isTrue] of list) {
            const input = aboutIt(session, some, isTrue);
            const after = reduce(session, input);
            law(session, input, after);
            session = after.session;
          }
        },
      ),
      { numRuns: 500, seed: 7 },
    );

  test('tempo, meter, bars, click, tracks and all else stay as they were', () => {
    atEachStep((before, _, { session }) => {
      const { calibration: now, nextMeasureId, gaps, latencyFrames, latencySource } = session;
      expect(session).toEqual({ ...before, calibration: now, nextMeasureId, gaps, latencyFrames, latencySource });
    });
  });

  test('the latency is another one only when the measurement that was waited for has found one', () => {
    let found = 0;
    atEachStep((before, input, { session }) => {
      const isSame = session.latencyFrames === before.latencyFrames && session.latencySource === before.latencySource;
      const { calibration: now } = before;
      const isFound = input.type === 'measured' && now.phase === 'weighing' && now.id === input.id;
      if (!isFound || input.measurement?.ok !== true) {
        expect(isSame).toBe(true);
        return;
      }
      found += 1;
      expect([session.latencyFrames, session.latencySource]).toEqual([input.measurement.latencyFrames, 'measured']);
    });
    // The law has seen some.
    expect(found).toBeGreaterThan(10);
  });

  test('the engine is asked for one at a time, and told to end none but that one', () => {
    let asks = 0;
    atEachStep((before, _, { session, effects }) => {
      const { calibration: now } = before;
      for (const effect of effects) {
        asks += 1;
        if (effect.type === 'measure') expect([now.phase, effect.id]).toEqual(['idle', before.nextMeasureId]);
        else expect([now.phase, effect]).toEqual(['sounding', { type: 'stopMeasuring', id: before.nextMeasureId - 1 }]);
      }
      if (session.calibration.phase !== 'idle') expect(session.calibration.id).toBe(session.nextMeasureId - 1);
    });
    expect(asks).toBeGreaterThan(10);
  });
});

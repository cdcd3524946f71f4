import fc from 'fast-check';
import type { FailureCode } from '../../../src/core/calibration/measurement.ts';
import { verdictOn } from '../../../src/core/calibration/verdict.ts';
import { evidence } from './evidences.ts';

const far = { frames: 1400 };

test('a cable is measured with full agreement', () => {
  const measurement = verdictOn(evidence());
  expect(measurement).toMatchObject({
    ...{ ok: true, latencyFrames: 1000, exactFrames: 1000, spreadFrames: 0, inverted: false, side: 0 },
    confidence: 0.96,
  });
  expect(measurement.bursts.map(({ number, agrees }) => [number, agrees])).toEqual(
    Array.from({ length: 8 }, (_, index) => [index + 1, true]),
  );
});

test('two outliers are named and do not move the median, but lower the confidence', () => {
  const measurement = verdictOn(evidence({ each: { 3: far, 7: { frames: 20 }, 8: { frames: 1000.6 } } }));
  expect(measurement).toMatchObject({ ok: true, exactFrames: 1000, confidence: 0.75 * 0.96 });
  expect(measurement).toMatchObject({ spreadFrames: expect.closeTo(0.6, 6) });
  expect(measurement.bursts.filter(({ agrees }) => !agrees).map(({ number }) => number)).toEqual([3, 7]);
});

test('a burst of the other polarity, and one as faint as noise, are outliers', () => {
  const { bursts } = verdictOn(evidence({ each: { 2: { inverted: true }, 5: { strength: 3 } } }));
  expect(bursts.filter(({ agrees }) => !agrees).map(({ number }) => number)).toEqual([2, 5]);
});

test('a path that turns all bursts upside down is told as such', () => {
  expect(verdictOn(evidence({ every: { inverted: true } }))).toMatchObject({ ok: true, inverted: true });
});

test('a latency a little below 0 is 0', () => {
  expect(verdictOn(evidence({ every: { frames: -0.3 } }))).toMatchObject({ latencyFrames: 0, exactFrames: -0.3 });
});

const refusals: readonly (readonly [why: string, code: FailureCode, given: Parameters<typeof evidence>[0]])[] = [
  ['nothing stands out of a quiet input', 'no-signal', { all: { strength: 5 } }],
  ['nothing stands out of a loud input', 'too-noisy', { all: { strength: 5 }, floorDb: -20 }],
  ['a trace that may be crosstalk', 'no-signal', { all: { gain: 1e-4 } }],
  ['the probe above the longest latency', 'too-long', { beyondFrames: 48_000, all: { strength: 5 } }],
  ['three bursts at full scale', 'clipping', { clipped: 3 }],
  ['five bursts agree', 'spread', { each: { 1: far, 2: far, 3: far } }],
  ['six bursts agree, one of them upside down', 'spread', { each: { 1: far, 2: far, 3: { inverted: true } } }],
  ['a latency that jumps in the middle', 'spread', { each: { 5: far, 6: far, 7: far, 8: far } }],
  ['a trace in noise on which the bursts do not agree', 'too-noisy', { all: { strength: 40 }, every: { strength: 3 } }],
  ['bursts that each come twice', 'echoes', { every: { rival: 0.95 }, each: { 1: far, 2: far, 4: far } }],
  ['a noise that could hide an earlier arrival', 'too-noisy', { all: { strength: 60 } }],
  ['an earlier arrival of a tenth', 'echoes', { all: { early: 0.1 } }],
  ['a later one nearly as loud', 'echoes', { all: { late: 0.7 } }],
  ['a weaker arrival that merges from before', 'echoes', { all: { lean: 0.3 } }],
  ['two arrivals that merge', 'echoes', { all: { inStep: 0.9 } }],
];

test.each(refusals)('%s: %s', (_, code, given) => {
  const measurement = verdictOn(evidence(given));
  expect(measurement).toMatchObject({ ok: false, code, levelDb: -20 });
  // What is wrong; what to do about it.
  expect(measurement).toMatchObject({ reason: expect.stringMatching(/^[^;]{10,}; [^;]{10,}/) });
});

test('an echo of half the height costs half the confidence', () => {
  expect(verdictOn(evidence({ all: { late: 0.5 } }))).toMatchObject({ ok: true, confidence: 0.5 });
});

test('whatever was found: a success has six bursts within a frame of it, and all its numbers are finite', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const burst = fc.record({
    frames: fc.oneof(
      fc.constant(1000),
      fc.double({ min: 998, max: 1002, noNaN: true }),
      fc.integer({ min: 0, max: 9000 }),
    ),
    strength: fc.double({ min: 0, max: 1e6, noNaN: true }),
    inverted: fc.boolean(),
    rival: share,
  });
  fc.assert(
    fc.property(fc.array(burst, { minLength: 8, maxLength: 8 }), share, share, (each, early, late) => {
      const measurement = verdictOn({ ...evidence({ all: { early: early / 10, late } }), each });
      if (!measurement.ok) return;
      const { exactFrames, latencyFrames, confidence, spreadFrames, inverted } = measurement;
      const near = each.filter((one) => Math.abs(one.frames - exactFrames) <= 2 && one.inverted === inverted);
      expect(near.length).toBeGreaterThanOrEqual(6);
      expect(Math.abs(latencyFrames - exactFrames)).toBeLessThanOrEqual(0.5);
      expect(spreadFrames).toBeLessThanOrEqual(2);
      expect(confidence).toBeGreaterThan(0);
      expect(confidence).toBeLessThanOrEqual(1);
    }),
  );
});

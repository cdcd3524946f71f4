import fc from 'fast-check';
import { inRepository } from '../config/files.ts';

const { barFrames, firstSound, impulse, loudness, noise, onsets, passErrors, seamSteps, spread, tones } = await import(
  inRepository('scripts/comparison/sound.mjs')
);

/** Stereo silence with one loud sample at each of the frames. */
const clicks = (length: number, frames: readonly number[]): Float32Array => {
  const samples = new Float32Array(length * 2);
  for (const frame of frames) samples.fill(0.5, frame * 2, frame * 2 + 2);
  return samples;
};

/** A tone as a looper without a crossfade plays it that wraps at each bar. */
const cut = (ninths: readonly [number, number], bars: number): Float32Array => {
  const whole: Float32Array = tones(ninths);
  return new Float32Array(bars * barFrames * 2).map((_, index) => whole[index % (barFrames * 2)] ?? 0);
};

test('noise is the same each time, and has a level', () => {
  expect(Buffer.from(noise().buffer).equals(Buffer.from(noise().buffer))).toBe(true);
  expect(loudness(noise())).toBeCloseTo(0.02 / Math.sqrt(3), 4);
});

test('a bar has one impulse, which is found', () => {
  expect(onsets(impulse())).toEqual([0]);
});

test('the errors of passes are their distances from a bar', () => {
  const begins = [1000, 1000 + barFrames, 1003 + 2 * barFrames, 1001 + 3 * barFrames];
  expect(passErrors(clicks(4 * barFrames, begins), [])).toEqual([0, 3, -2]);
});

test('a pass in which JACK had a gap, or shortly after one, does not count', () => {
  const samples = clicks(4 * barFrames, [1000, 1000 + barFrames, 1003 + 2 * barFrames, 1001 + 3 * barFrames]);
  expect(passErrors(samples, [{ at: 5000, frames: 0 }])).toEqual([3, -2]);
  expect(passErrors(samples, [{ at: barFrames, frames: 256 }])).toEqual([-2]);
  expect(passErrors(samples, [{ at: 999, frames: 256 }])).toEqual([3, -2]);
});

test('a tone that fits has no seam, one that is cut off has', () => {
  expect(seamSteps(cut([9, 9], 3), []).map((step: number) => step.toFixed(2))).toEqual(['1.00', '1.00']);
  for (const step of seamSteps(cut([3, 4], 3), [])) expect(step).toBeGreaterThan(5);
});

test('what happens once is no seam, and neither is a gap of JACK', () => {
  const samples = cut([9, 9], 4);
  samples[70_000] = 1;
  expect(seamSteps(samples, [])[0]).toBeLessThan(1.01);
  const [step] = seamSteps(cut([4, 4], 2), [{ at: barFrames - 100, frames: 256 }]);
  expect(step).toBeLessThan(1.01);
});

test('the first sound is found on either side', () => {
  expect(firstSound(Float32Array.of(0, 0, 0.1, 0, 0, 0.3), 0.2)).toBe(2);
  expect(firstSound(new Float32Array(8), 0.2)).toBe(-1);
});

test('least, median, 99th and greatest are in order, and among the values or between two', () => {
  expect(spread([3, 1, 2])).toEqual({ count: 3, least: 1, median: 2, p99: 3, most: 3 });
  expect(spread([4, 1, 2, 3]).median).toBe(2.5);
  fc.assert(
    fc.property(fc.array(fc.integer(), { minLength: 1 }), (values) => {
      const { least, median, p99, most } = spread(values);
      expect([least, median, p99, most]).toEqual([least, median, p99, most].toSorted((a, b) => a - b));
    }),
  );
});

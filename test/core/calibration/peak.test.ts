import { betweenSamples, footOf, highestIn, noiseOf } from '../../../src/core/calibration/peak.ts';
import { medianOf } from '../../../src/core/median.ts';

const values = (...list: number[]): Float64Array => Float64Array.from(list);

test('the highest is the largest in size, also below zero, and only in the range', () => {
  expect(highestIn(values(1, -5, 3), 0, 3)).toEqual({ index: 1, value: -5 });
  expect(highestIn(values(1, -5, 3), 2, 9)).toEqual({ index: 2, value: 3 });
  expect(highestIn(values(0, 0), 0, 2)).toEqual({ index: 0, value: 0 });
});

test.each([-0.5, -0.2, 0, 0.3, 0.5])('a parabola whose top is %f off a sample is found there', (off) => {
  const sampled = Float64Array.from({ length: 9 }, (_, index) => 100 - (index - 4 - off) ** 2);
  const peak = betweenSamples(sampled, highestIn(sampled, 0, 9));
  expect(peak.index).toBeCloseTo(4 + off, 6);
  expect(peak.value).toBeCloseTo(100, 6);
});

test('at the edge, and where all is flat, the sample itself is the peak', () => {
  expect(betweenSamples(values(3, 1), { index: 0, value: 3 })).toEqual({ index: 0, value: 3 });
  expect(betweenSamples(values(0, 0, 0), { index: 1, value: 0 })).toEqual({ index: 1, value: 0 });
});

test('a hill ends where it rises again or nearly reaches the ground', () => {
  const hill = values(2, 1, 3, 6, 9, 5, 0.2, 0.1);
  expect(footOf(hill, { index: 4, value: 9 }, -1)).toBe(1);
  expect(footOf(hill, { index: 4, value: 9 }, 1)).toBe(6);
});

test('the median of an even count lies between the middle two, and of nothing is 0', () => {
  expect(medianOf([4, 1, 3, 2])).toBe(2.5);
  expect(medianOf([3, 1, 2])).toBe(2);
  expect(medianOf([])).toBe(0);
});

test('a few high peaks do not count as noise', () => {
  const noise = Float64Array.from({ length: 10_000 }, (_, index) => Math.sin(index * 12.9898) * Math.SQRT2);
  const before = noiseOf(noise);
  noise.fill(1000, 500, 560);
  expect(noiseOf(noise) / before).toBeCloseTo(1, 1);
});

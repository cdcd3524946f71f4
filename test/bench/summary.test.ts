import fc from 'fast-check';
import { summaryOf } from '../../src/bench/summary.ts';

test.each([
  [[5], { median: 5, least: 5, p99: 5, most: 5, repetitions: 1 }],
  [[3, 1, 2], { median: 2, least: 1, p99: 3, most: 3, repetitions: 3 }],
  [[4, 1, 2, 3], { median: 2.5, least: 1, p99: 4, most: 4, repetitions: 4 }],
  [[0, 0], { median: 0, least: 0, p99: 0, most: 0, repetitions: 2 }],
])('the summary of %j', (values, summary) => {
  expect(summaryOf(values)).toEqual(summary);
});

test('of a hundred values one may be above the 99th percentile', () => {
  const values = Array.from({ length: 100 }, (_, index) => index + 1);
  expect(summaryOf(values)).toEqual({ median: 50.5, least: 1, p99: 99, most: 100, repetitions: 100 });
});

test('it knows no order, and its numbers rise', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), { minLength: 1 }), (values) => {
      const { median, least, p99, most, repetitions } = summaryOf(values);
      expect(summaryOf(values.toReversed())).toEqual({ median, least, p99, most, repetitions });
      expect(least <= median && median <= p99 && p99 <= most).toBe(true);
    }),
  );
});

test.each([[[]], [[1, Number.NaN]], [[Number.POSITIVE_INFINITY]]])('%j has none', (values) => {
  expect(() => summaryOf(values)).toThrow(RangeError);
});

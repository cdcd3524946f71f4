import { medianOf } from '../core/median.ts';

/** How values are spread. Of few, the 99th percentile is the greatest. */
export type Summary = {
  readonly median: number;
  readonly least: number;
  readonly p99: number;
  readonly most: number;
  readonly repetitions: number;
};

/** The summary of at least one value. Throws a RangeError for none, and for what is no finite number. */
export const summaryOf = (values: readonly number[] | Float64Array): Summary => {
  const sorted = Float64Array.from(values).sort();
  const { length } = sorted;
  const [least, p99, most] = [sorted[0], sorted[Math.ceil(length * 0.99) - 1], sorted[length - 1]];
  if (least === undefined || p99 === undefined || most === undefined) throw new RangeError('no value was measured');
  if (!sorted.every(Number.isFinite)) throw new RangeError('a value that was measured is no number');
  return { median: medianOf(sorted), least, p99, most, repetitions: length };
};

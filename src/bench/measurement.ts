import type { Summary } from './summary.ts';

/** What a figure is counted in; `x` is how many times as much as what it is held against. */
export type Unit = 'us' | 'ms' | 's' | 'frames' | 'loops' | 'bytes' | 'kB' | 'MB' | 'a minute' | 'x';

/** What a measurement has found of one thing: each value is a repetition. */
export type Sample = {
  /** Within its measurement: `64x256`. */
  readonly name: string;
  readonly means: string;
  readonly unit: Unit;
  readonly values: readonly number[] | Float64Array;
};

/** A sample in few numbers. */
export type Figure = Omit<Sample, 'values'> & Summary;

export type Conditions = {
  /** The short form: fewer sizes and repetitions, the same figures otherwise. */
  readonly quick: boolean;
  /** A folder of its own, empty, on the disk that sets are kept on, which is removed afterwards. */
  readonly folder: string;
};

/** One thing that is measured, in a process of its own. */
export type Measurement = {
  readonly title: string;
  /** How it is measured, and what its figures are not. */
  readonly how: string;
  /** Throws `Skipped` where it cannot be measured on this machine. */
  measure(conditions: Conditions): Promise<readonly Sample[]>;
};

/** Something is not there that a measurement needs. */
export class Skipped extends Error {}

/** What came of a measurement. */
export type Outcome = { readonly name: string; readonly seconds: number } & (
  | { readonly state: 'measured'; readonly title: string; readonly how: string; readonly figures: readonly Figure[] }
  | { readonly state: 'skipped' | 'failed'; readonly reason: string }
);

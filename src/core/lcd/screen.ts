import { folded } from './folding.ts';

export const lines = 2;
export const columns = 16;

/** The codes of all characters, line by line. */
export type Screen = readonly number[];

const blank = 0x20;

/** A line of codes: what is too long is cut. */
export const lineOf = (codes: readonly number[]): readonly number[] =>
  Array.from({ length: columns }, (_, at) => codes[at] ?? blank);

/** One text at the left and one at the right, which comes first where both have no room. */
export const spread = (left: string, right: string): readonly number[] => {
  const end = folded(right).slice(0, columns);
  const begin = folded(left).slice(0, Math.max(0, columns - end.length - 1));
  return [...begin, ...Array.from({ length: columns - begin.length - end.length }, () => blank), ...end];
};

/** A screen of two texts. */
export const textScreen = (first: string, second: string): Screen => [
  ...lineOf(folded(first)),
  ...lineOf(folded(second)),
];

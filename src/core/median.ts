/** The middle of the values, or the mean of the two in the middle; 0 of none. */
export const medianOf = (values: readonly number[] | Float64Array): number => {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
};

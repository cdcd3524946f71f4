export const waveColumns = 120;
export const waveHeight = 64;

/** The highest of each of equal parts: what is between two columns must be seen too. */
const columnsOf = (peaks: readonly number[], columns: number): readonly number[] =>
  Array.from({ length: columns }, (_, column) => {
    const from = Math.floor((column * peaks.length) / columns);
    const to = Math.max(from + 1, Math.floor(((column + 1) * peaks.length) / columns));
    return Math.max(0, ...peaks.slice(from, to));
  });

/** The outline of a loop, up and down from the middle, for an SVG path; empty where there are no peaks. Pure. */
export const wavePath = (peaks: readonly number[]): string => {
  if (peaks.length === 0) return '';
  const middle = waveHeight / 2;
  // Quiet playing is seen as well: the ear does not hear by halves either.
  const heights = columnsOf(peaks, waveColumns).map((peak) =>
    Math.max(0.6, Math.round((peak / 255) ** 0.7 * middle * 10) / 10),
  );
  const upper = heights.map((height, x) => `${x} ${middle - height}`);
  const lower = heights.map((height, x) => `${x} ${middle + height}`).reverse();
  return `M${[...upper, ...lower].join('L')}Z`;
};

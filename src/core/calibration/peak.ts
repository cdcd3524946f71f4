import { medianOf } from '../median.ts';

/** Taken once: in a sandbox, such as a test runner's, each look at a global is slow. */
const { abs } = Math;

/** A place in a correlation: a whole or sub-sample index, and the value there. */
export type Peak = { readonly index: number; readonly value: number };

/** The value of largest size in `[from, to)`. */
export const highestIn = (values: Float64Array, from: number, to: number): Peak => {
  const end = Math.min(values.length, to);
  let index = Math.max(0, from);
  let size = 0;
  for (let at = index; at < end; at += 1) {
    const here = abs(values[at] ?? 0);
    if (here > size) [index, size] = [at, here];
  }
  return { index, value: values[index] ?? 0 };
};

/** The peak between the samples: of the parabola through the highest and its neighbours. */
export const betweenSamples = (values: Float64Array, { index, value }: Peak): Peak => {
  const before = values[index - 1];
  const after = values[index + 1];
  if (before === undefined || after === undefined) return { index, value };
  const bend = before - 2 * value + after;
  const shift = bend === 0 ? 0 : Math.max(-0.5, Math.min(0.5, (before - after) / (2 * bend)));
  return { index: index + shift, value: value - ((before - after) * shift) / 4 };
};

/** Where the hill around a peak ends on one side: its foot, below a twentieth of the peak or where it rises again. */
export const footOf = (values: Float64Array, { index, value }: Peak, step: 1 | -1): number => {
  const height = (at: number): number => (values[at] ?? 0) / value;
  let at = index;
  while (at > 0 && at < values.length - 1 && height(at) > 0.05 && height(at + step) < height(at)) at += step;
  return at;
};

/** At most so many values are sorted for a median: enough to know it to a few percent. */
const looks = 4096;

/** The root mean square of the noise in a correlation, told by its median: a few peaks, however high, do not count. */
export const noiseOf = (values: Float64Array): number => {
  const stride = Math.max(1, Math.floor(values.length / looks));
  const sizes: number[] = [];
  for (let at = 0; at < values.length; at += stride) sizes.push(abs(values[at] ?? 0));
  return medianOf(sizes) / 0.6745;
};

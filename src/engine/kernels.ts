import type { Frame } from '../core/time/units.ts';
import type { SeamTables } from './seam.ts';

/**
 * The sums and copies through which the samples of all loops go, but those in a ramp. Interleaved stereo, below 2^32 samples. Realtime-safe: all of it.
 * `>>> 0`: a place that was counted from frames is a 64-bit float to V8, and to look anything up by one costs several times as much.
 */

/** Where something lies, in frames. */
type Place = { readonly samples: Float32Array; readonly at: Frame };

/**
 * Adds `count` samples; places are in samples. Four frames a turn, all of them read before any is written: V8 then looks at the arrays once a turn, not
 * once a sample, which is half of the cost.
 */
export const addSamples = (from: Float32Array, fromAt: number, to: Float32Array, toAt: number, count: number): void => {
  let source = fromAt >>> 0;
  let at = toAt >>> 0;
  const end = at + (count >>> 0);
  while (at + 8 <= end) {
    const left1 = (to[at] ?? 0) + (from[source] ?? 0);
    const right1 = (to[at + 1] ?? 0) + (from[source + 1] ?? 0);
    const left2 = (to[at + 2] ?? 0) + (from[source + 2] ?? 0);
    const right2 = (to[at + 3] ?? 0) + (from[source + 3] ?? 0);
    const left3 = (to[at + 4] ?? 0) + (from[source + 4] ?? 0);
    const right3 = (to[at + 5] ?? 0) + (from[source + 5] ?? 0);
    const left4 = (to[at + 6] ?? 0) + (from[source + 6] ?? 0);
    const right4 = (to[at + 7] ?? 0) + (from[source + 7] ?? 0);
    to[at] = left1;
    to[at + 1] = right1;
    to[at + 2] = left2;
    to[at + 3] = right2;
    to[at + 4] = left3;
    to[at + 5] = right3;
    to[at + 6] = left4;
    to[at + 7] = right4;
    source += 8;
    at += 8;
  }
  while (at < end) {
    to[at] = (to[at] ?? 0) + (from[source] ?? 0);
    source += 1;
    at += 1;
  }
};

/** Copies `count` samples; places are in samples. */
export const copySamples = (
  from: Float32Array,
  fromAt: number,
  to: Float32Array,
  toAt: number,
  count: number,
): void => {
  let source = fromAt >>> 0;
  let at = toAt >>> 0;
  const end = at + (count >>> 0);
  for (; at < end; at += 1) {
    to[at] = from[source] ?? 0;
    source += 1;
  }
};

/** Adds `frames` frames of an ending that falls and of a lead-in that rises in its place, by the gains of the seam from `gainAt` on; `toAt` is in samples. */
export const addBlended = (
  ending: Place,
  leadIn: Place,
  seam: SeamTables,
  gainAt: number,
  to: Float32Array,
  toAt: number,
  frames: number,
): void => {
  const { fadeOut, fadeIn } = seam;
  const { samples: endingSamples } = ending;
  const { samples: leadInSamples } = leadIn;
  let at = toAt >>> 0;
  let endingAt = (ending.at * 2) >>> 0;
  let leadInAt = (leadIn.at * 2) >>> 0;
  let gain = gainAt >>> 0;
  const end = gain + (frames >>> 0);
  for (; gain < end; gain += 1) {
    const down = fadeOut[gain] ?? 0;
    const up = fadeIn[gain] ?? 0;
    const left = (endingSamples[endingAt] ?? 0) * down + (leadInSamples[leadInAt] ?? 0) * up;
    const right = (endingSamples[endingAt + 1] ?? 0) * down + (leadInSamples[leadInAt + 1] ?? 0) * up;
    const leftSum = (to[at] ?? 0) + left;
    const rightSum = (to[at + 1] ?? 0) + right;
    to[at] = leftSum;
    to[at + 1] = rightSum;
    at += 2;
    endingAt += 2;
    leadInAt += 2;
  }
};

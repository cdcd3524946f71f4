import type { Frame } from '../core/time/units.ts';

/** The gains of a pass's last frames and of the lead-in that they blend into. */
export type SeamTables = { readonly fadeOut: Float64Array; readonly fadeIn: Float64Array };

/**
 * An equal-power blend over `frames` frames: cos and sin of a quarter turn, so that the power of two unlike sounds stays
 * the same. The last gains are exactly 0 and 1: the next pass goes on where the lead-in ends.
 */
export const seamTables = (frames: Frame): SeamTables => {
  const fadeOut = new Float64Array(frames);
  const fadeIn = new Float64Array(frames);
  for (let index = 0; index < frames; index += 1) {
    const turn = ((index + 1) / frames) * (Math.PI / 2);
    fadeOut[index] = index + 1 === frames ? 0 : Math.cos(turn);
    fadeIn[index] = index + 1 === frames ? 1 : Math.sin(turn);
  }
  return { fadeOut, fadeIn };
};

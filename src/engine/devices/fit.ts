/** How many channels of a side are opened, and how a block gets from what comes to what is wanted. */
export type Fitted = { readonly channels: number; fit(samples: Float32Array, frames: number): Float32Array };

const asIs = (channels: number): Fitted => ({ channels, fit: (samples) => samples });

/** An input of a single channel is heard on both sides where a pair is wanted. Realtime-safe. */
export const fitInput = (wanted: number, there: number): Fitted => {
  if (wanted !== 2 || there !== 1) return asIs(wanted);
  let both = new Float32Array(0);
  return {
    channels: 1,
    fit: (samples, frames) => {
      if (both.length < frames * 2) both = new Float32Array(frames * 2);
      for (let frame = 0; frame < frames; frame += 1) {
        both[frame * 2] = samples[frame] ?? 0;
        both[frame * 2 + 1] = samples[frame] ?? 0;
      }
      return both;
    },
  };
};

/** An output of a single channel plays the mean of both sides. Realtime-safe. */
export const fitOutput = (wanted: number, there: number): Fitted => {
  if (wanted !== 2 || there !== 1) return asIs(wanted);
  let one = new Float32Array(0);
  return {
    channels: 1,
    fit: (samples, frames) => {
      if (one.length < frames) one = new Float32Array(frames);
      for (let frame = 0; frame < frames; frame += 1) {
        one[frame] = ((samples[frame * 2] ?? 0) + (samples[frame * 2 + 1] ?? 0)) / 2;
      }
      return one;
    },
  };
};

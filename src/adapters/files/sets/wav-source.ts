import type { WavReader } from '../wav-reader.ts';
import { type Source, sliceFrames } from './pour.ts';

/** A WAV file from elsewhere as a source: what is not a finite number in it is silence. */
export const wavSource = (wav: WavReader): Source => {
  const slice = new Float32Array(2 * sliceFrames);
  return {
    rate: wav.rate,
    frames: wav.frames,
    next: () => {
      const samples = slice.subarray(0, 2 * wav.read(slice, sliceFrames));
      for (const [at, sample] of samples.entries()) if (!Number.isFinite(sample)) samples[at] = 0;
      return samples;
    },
  };
};

import type { Frame, Rate } from '../../core/time/units.ts';
import { sampleBytesOf, wavBytesOf, wavHeaderOf } from './wav-writer.ts';
import type { ZipEntry } from './zip-writer.ts';

/** A stereo WAV file of 32-bit float in a ZIP, of so many frames, made piece by piece as it is written. */
export const wavEntry = (name: string, rate: Rate, frames: Frame, pieces: () => Iterable<Float32Array>): ZipEntry => ({
  name,
  bytes: wavBytesOf(frames),
  content: function* () {
    yield wavHeaderOf(rate, frames);
    for (const piece of pieces()) yield sampleBytesOf(piece);
  },
});

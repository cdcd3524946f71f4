import { pieceFrames } from '../../../core/sound/span.ts';
import type { Frame } from '../../../core/time/units.ts';
import type { LoopSound } from '../../../ports/audio-engine.ts';

/** A loop's memory from a frame on, as far as it lies in one piece: interleaved stereo, none at its end. Nothing is copied. */
const stretchAt = ({ samples, pieces, frames }: LoopSound, at: Frame): Float32Array => {
  const within = at % pieceFrames;
  const piece = pieces[Math.floor(at / pieceFrames)];
  if (at >= frames) return samples.subarray(0, 0);
  if (piece === undefined) throw new RangeError(`${frames} frames do not fit ${pieces.length} pieces`);
  const start = piece * pieceFrames + within;
  return samples.subarray(2 * start, 2 * (start + Math.min(pieceFrames - within, frames - at)));
};

/** All of a loop's memory in the order in which it sounds, piece by piece. Nothing is copied. */
export function* stretchesOf(sound: LoopSound): Generator<Float32Array> {
  let at = 0;
  for (let stretch = stretchAt(sound, at); stretch.length > 0; stretch = stretchAt(sound, at)) {
    yield stretch;
    at += stretch.length / 2;
  }
}

/** Puts interleaved stereo into a loop's memory from a frame on, what fits; the frames put. */
export const fill = (into: LoopSound, at: Frame, samples: Float32Array): Frame => {
  let done = 0;
  for (let stretch = stretchAt(into, at); stretch.length > 0; stretch = stretchAt(into, at + done / 2)) {
    const part = samples.subarray(done, done + stretch.length);
    if (part.length === 0) break;
    stretch.set(part);
    done += part.length;
  }
  return done / 2;
};

/** Makes a loop's memory silent from a frame on. */
export const silence = (into: LoopSound, from: Frame): void => {
  let at = from;
  for (let stretch = stretchAt(into, at); stretch.length > 0; stretch = stretchAt(into, at)) {
    stretch.fill(0);
    at += stretch.length / 2;
  }
};

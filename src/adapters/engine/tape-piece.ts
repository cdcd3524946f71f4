import type { Frame } from '../../core/time/units.ts';

/**
 * A copy of some frames of the tape, which is a ring of interleaved stereo whose frame `n` is at `n % capacity`. Undefined
 * where not all of them are on it, or will have been written over meanwhile. `taken` is the first frame that is not on it yet.
 */
export const tapePiece = (tape: Float32Array, taken: Frame, from: Frame, frames: Frame): Float32Array | undefined => {
  const capacity = tape.length / 2;
  if (from < 0 || frames > capacity || from + frames > taken || from < taken - capacity) return undefined;
  const piece = new Float32Array(frames * 2);
  const at = from % capacity;
  const run = Math.min(frames, capacity - at);
  piece.set(tape.subarray(at * 2, (at + run) * 2));
  piece.set(tape.subarray(0, (frames - run) * 2), run * 2);
  return piece;
};

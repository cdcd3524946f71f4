import { bytesPerFrame, pieceFrames } from '../core/sound/span.ts';
import type { Frame } from '../core/time/units.ts';

/**
 * The memory of all loops, had once and for good: shared, interleaved stereo, as many whole pieces as `frames` frames have.
 * Throws a RangeError when the machine has not that much.
 */
export const arenaSamples = (frames: Frame): Float32Array =>
  new Float32Array(new SharedArrayBuffer(Math.floor(frames / pieceFrames) * pieceFrames * bytesPerFrame));

/**
 * Gives the memory of all loops out in pieces and takes them back. Buffers of their own would be the collector's to free,
 * which does not see their size. Who plays the loops knows nothing of it. Taking back is realtime-safe.
 */
export class Arena {
  /** Piece `n` begins at frame `n * pieceFrames`. */
  readonly samples: Float32Array;
  readonly #free: Int32Array;
  #count: number;

  constructor(samples: Float32Array) {
    this.samples = samples;
    this.#count = Math.floor(samples.length / 2 / pieceFrames);
    this.#free = Int32Array.from({ length: this.#count }, (_, piece) => piece);
  }

  /** Pieces for `frames` frames, or undefined when there are not enough. Allocates the list. */
  take(frames: Frame): Int32Array | undefined {
    const pieces = Math.ceil(frames / pieceFrames);
    if (pieces > this.#count) return undefined;
    this.#count -= pieces;
    return this.#free.slice(this.#count, this.#count + pieces);
  }

  giveBack(pieces: Int32Array): void {
    this.#free.set(pieces, this.#count);
    this.#count += pieces.length;
  }
}

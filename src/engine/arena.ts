import { bytesPerFrame, pieceFrames } from '../core/sound/span.ts';
import type { Frame } from '../core/time/units.ts';

/**
 * The memory of all loops, had once and for good: shared, in pieces that are given out and taken back. Buffers of their
 * own would be the collector's to free, which does not see their size. Taking back is realtime-safe.
 */
export class Arena {
  /** Interleaved stereo. Piece `n` begins at frame `n * pieceFrames`. */
  readonly samples: Float32Array;
  readonly #free: Int32Array;
  #count: number;

  /** Holds as many whole pieces as `frames` frames have. Throws a RangeError when the machine has not that much. */
  constructor(frames: Frame) {
    this.#count = Math.floor(frames / pieceFrames);
    this.samples = new Float32Array(new SharedArrayBuffer(this.#count * pieceFrames * bytesPerFrame));
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

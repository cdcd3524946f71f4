import type { Frame } from '../core/time/units.ts';
import type { Loop } from './loop.ts';
import type { Tape } from './tape.ts';

/**
 * Where some frames of a loop lie in one run: in its own memory or, not yet copied, on the tape. One of them is used again and again, since a block may
 * not allocate. Realtime-safe.
 */
export class Stretch {
  samples: Float32Array = new Float32Array(0);
  /** In frames. */
  at = 0;

  /** Finds what is at a place of the loop, and says how many frames from there on lie in the run. */
  find(loop: Loop, tape: Tape, place: Frame): number {
    if (place < loop.copied) {
      this.samples = loop.samples;
      this.at = loop.indexOf(place);
      return loop.runFrom(place);
    }
    this.samples = tape.samples;
    // As in kernels.ts: no 64-bit float.
    this.at = tape.indexOf(loop.source + place) >>> 0;
    return tape.capacity - this.at;
  }
}

import { bytesPerFrame } from '../core/sound/span.ts';
import type { Frame } from '../core/time/units.ts';

/** What is not a number, or infinite, is silence: one bad sample must not stay in the mix for ever. */
const finite = (sample: number): number => (sample - sample === 0 ? sample : 0);

/**
 * The last minutes of the input, always recording: a ring of interleaved stereo frames in shared memory.
 * Frames before the first one read as silence. Realtime-safe after construction.
 */
export class Tape {
  readonly samples: Float32Array;
  readonly capacity: Frame;
  /** The next frame to be written: how many have been, from 0 on. */
  written: Frame = 0;

  constructor(capacityFrames: Frame) {
    this.capacity = capacityFrames;
    this.samples = new Float32Array(new SharedArrayBuffer(capacityFrames * bytesPerFrame));
  }

  /** Appends `frames` frames of the channels `left` and `right` (from 0) out of interleaved `input` of `channels`. */
  write(input: Float32Array, channels: number, left: number, right: number, frames: number): void {
    const { samples, capacity } = this;
    // As in kernels.ts, not by a 64-bit float; as in playhead.ts, no function is given the frame.
    let at = (this.written % capacity) >>> 0;
    for (let frame = 0, from = 0; frame < frames; frame += 1, from += channels) {
      samples[at * 2] = finite(input[from + left] ?? 0);
      samples[at * 2 + 1] = finite(input[from + right] ?? 0);
      at = at + 1 === capacity ? 0 : at + 1;
    }
    this.written += frames;
  }

  /** Whether the ring still holds `frame`, be it silence from before the start. */
  holds(frame: Frame): boolean {
    return frame >= this.written - this.capacity;
  }

  /** The place of a frame in the ring, in frames. Negative frames lie where nothing has been written yet. */
  indexOf(frame: Frame): number {
    const index = frame % this.capacity;
    return index < 0 ? index + this.capacity : index;
  }
}

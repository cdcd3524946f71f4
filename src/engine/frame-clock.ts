import type { Frame, Millis } from '../core/time/units.ts';
import type { BlockTimes } from './block-times.ts';
import type { Playhead } from './playhead.ts';

/** Looks at the clock before a reader gives up on a writer that ended in the middle of a write. */
const patience = 10_000;

/**
 * The engine's clock in shared memory: one thread writes after each block, others turn a time into a frame.
 * A version number that is odd while a write goes on keeps a reader from mixing two blocks.
 */
export class SharedClock {
  static readonly bytes = 5 * Float64Array.BYTES_PER_ELEMENT;
  readonly buffer: SharedArrayBuffer;
  readonly #version: Int32Array;
  readonly #values: Float64Array;

  constructor(buffer: SharedArrayBuffer) {
    this.buffer = buffer;
    this.#version = new Int32Array(buffer, 0, 1);
    this.#values = new Float64Array(buffer, Float64Array.BYTES_PER_ELEMENT, 4);
  }

  /** At `time` the device gave the block of `frames` that ends at the playhead. Realtime-safe; one writer only. */
  write({ frame }: Playhead, frames: number, { time, msPerFrame }: Pick<BlockTimes, 'time' | 'msPerFrame'>): void {
    Atomics.add(this.#version, 0, 1);
    this.#values[0] = frame - frames;
    this.#values[3] = frame;
    this.#values[1] = time;
    this.#values[2] = msPerFrame;
    Atomics.add(this.#version, 0, 1);
  }

  /** The first frame that the device has not taken yet; 0 before the first block. */
  get taken(): Frame {
    return this.#values[3] ?? 0;
  }

  /** The frame at `time`: never after the first one that the device has not taken yet, and 0 before the first block. */
  frameAt(time: Millis): Frame {
    for (let attempt = 1; ; attempt += 1) {
      const version = Atomics.load(this.#version, 0);
      const [frame = 0, at = 0, msPerFrame = 0, taken = 0] = this.#values;
      const torn = (version & 1) === 1 || version !== Atomics.add(this.#version, 0, 0);
      if (torn && attempt < patience) continue;
      if (msPerFrame === 0) return 0;
      return Math.max(0, Math.min(taken, Math.round(frame + (time - at) / msPerFrame)));
    }
  }
}

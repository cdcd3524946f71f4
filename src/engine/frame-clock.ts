import type { Frame, Millis, Rate } from '../core/time/units.ts';

/** Loop bandwidth in hertz: slow enough to smooth a late callback, fast enough to settle in a few seconds. */
const bandwidth = 0.2;
/** A callback this far from where it was expected is a stall, not jitter: the fit begins anew. */
const stallMs = 250;
/** Looks at the clock before a reader gives up on a writer that ended in the middle of a write. */
const patience = 10_000;

/**
 * Fits a line through the times at which the device took its blocks: a second-order delay-locked loop
 * (F. Adriaensen, "Using a DLL to filter time", 2005). Realtime-safe.
 */
export class BlockTimes {
  /** The fitted time of the last block. */
  time: Millis = Number.NaN;
  /** The fitted duration of a frame. */
  msPerFrame: number;
  readonly #nominal: number;

  constructor(rate: Rate) {
    this.#nominal = 1000 / rate;
    this.msPerFrame = this.#nominal;
  }

  /** A block of `frames` was taken at `now`. */
  update(now: Millis, frames: number): void {
    const expected = this.time + frames * this.msPerFrame;
    const error = now - expected;
    if (!(Math.abs(error) < stallMs)) {
      this.time = now;
      this.msPerFrame = this.#nominal;
      return;
    }
    const omega = (2 * Math.PI * bandwidth * frames * this.#nominal) / 1000;
    this.time = expected + Math.SQRT2 * omega * error;
    this.msPerFrame += (omega * omega * error) / frames;
  }
}

/**
 * The engine's clock in shared memory: one thread writes after each block, others turn a time into a frame.
 * A version number that is odd while a write goes on keeps a reader from mixing two blocks.
 */
export class SharedClock {
  static readonly bytes = 4 * Float64Array.BYTES_PER_ELEMENT;
  readonly buffer: SharedArrayBuffer;
  readonly #version: Int32Array;
  readonly #values: Float64Array;

  constructor(buffer: SharedArrayBuffer) {
    this.buffer = buffer;
    this.#version = new Int32Array(buffer, 0, 1);
    this.#values = new Float64Array(buffer, Float64Array.BYTES_PER_ELEMENT, 3);
  }

  /** `frame` is the first one not yet taken at `time`. Realtime-safe; one writer only. */
  write(frame: Frame, time: Millis, msPerFrame: number): void {
    Atomics.add(this.#version, 0, 1);
    this.#values[0] = frame;
    this.#values[1] = time;
    this.#values[2] = msPerFrame;
    Atomics.add(this.#version, 0, 1);
  }

  /** The frame that the device takes at `time`, never below 0; 0 before the first block. */
  frameAt(time: Millis): Frame {
    for (let attempt = 1; ; attempt += 1) {
      const version = Atomics.load(this.#version, 0);
      const [frame = 0, at = 0, msPerFrame = 0] = this.#values;
      const torn = version % 2 === 1 || version !== Atomics.load(this.#version, 0);
      if (torn && attempt < patience) continue;
      return msPerFrame === 0 ? 0 : Math.max(0, Math.round(frame + (time - at) / msPerFrame));
    }
  }
}

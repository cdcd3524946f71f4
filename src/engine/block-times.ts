import { Spread } from '../core/time/spread.ts';
import type { Frame, Millis, Rate } from '../core/time/units.ts';

/** Loop bandwidth in hertz: slow enough to smooth a late callback, fast enough to settle in a few seconds. */
const bandwidth = 0.2;
/** A block this many blocks late is no jitter: it was held up, or frames were lost before it. */
const lateBlocks = 0.75;
/** Blocks that were held up have caught up by then; where they have not, frames are missing. */
const settleMs = 250;
/** A device's rate is judged once, by the median of so many stretches of so many milliseconds: blocks that are late, and lost frames, spoil a few of them only. */
const stretches = 25;
const stretchMs = 100;
/** No crystal is as far off: the device runs at another rate than it was asked for. */
const offRateShare = 0.03;
const unlearntShare = 0.001;

/**
 * Fits a line through the times at which the driver gave its blocks: a second-order delay-locked loop
 * (F. Adriaensen, "Using a DLL to filter time", 2005). Tells blocks that came late from frames that were lost: what is late
 * catches up, what is lost does not. Realtime-safe.
 */
export class BlockTimes {
  /** The fitted time of the last block; NaN before the first one. */
  time: Millis = Number.NaN;
  /** The fitted duration of a frame. */
  msPerFrame: number;
  /** How far blocks came from where they were expected. */
  readonly jitter = new Spread();
  readonly #nominal: number;
  #lastFrames: Frame = 0;
  /** Since when blocks are late, and the least that one of them was. */
  #lateSince: Millis = Number.NaN;
  #leastLate: Millis = 0;
  /** The durations of a frame, by stretch, and how many there are. */
  readonly #stretches = new Float64Array(stretches);
  #stretchCount = 0;
  #stretchFrom: Millis = Number.NaN;
  #stretchFrames: Frame = 0;

  constructor(rate: Rate) {
    this.#nominal = 1000 / rate;
    this.msPerFrame = this.#nominal;
  }

  /** When the next block is due; NaN before the first one. */
  get expected(): Millis {
    return this.time + this.#lastFrames * this.msPerFrame;
  }

  /** A device begins, or begins anew. What passes until its first block is lost. */
  begin(): void {
    this.#stretchCount = 0;
    this.#stretchFrom = Number.NaN;
  }

  /** Time goes on without a device: as many frames as are due by then pass as expected. */
  pass(frames: Frame): void {
    this.time = this.expected;
    this.#lastFrames = frames;
    this.#lateSince = Number.NaN;
  }

  /**
   * The driver gave a block of `frames` at `now`. Returns the frames that were lost before it; `isTold` says that the driver
   * knows of some, or that the device has just begun.
   */
  update(now: Millis, frames: Frame, isTold: boolean): Frame {
    this.#measure(now, frames, isTold);
    const { expected } = this;
    this.#lastFrames = frames;
    const error = now - expected;
    // The first of all, or blocks that were held up and come in a burst: the last of them is the one that is on time.
    if (Number.isNaN(error) || error < (-frames * this.#nominal) / 2) return this.#settle(now, 0);
    if (isTold) return this.#settle(now, Math.max(0, Math.round(error / this.msPerFrame)));
    this.jitter.add(Math.abs(error));
    if (error > frames * this.#nominal * lateBlocks) return this.#late(expected, error);
    this.#lateSince = Number.NaN;
    const omega = (2 * Math.PI * bandwidth * frames * this.#nominal) / 1000;
    this.time = expected + Math.SQRT2 * omega * error;
    this.msPerFrame += (omega * omega * error) / frames;
    return 0;
  }

  /** The device's rate where it is another one than was asked for: once, when that can be told; NaN otherwise. The fit then goes by it. */
  offRate(): Rate {
    if (this.#stretchCount !== stretches) return Number.NaN;
    this.#stretchCount += 1;
    this.#stretches.sort();
    const measured = this.#stretches[stretches >> 1] ?? this.#nominal;
    const off = Math.abs(measured / this.#nominal - 1);
    // What the loop would take long to learn it is told.
    if (off > unlearntShare) this.msPerFrame = measured;
    return off < offRateShare ? Number.NaN : 1000 / measured;
  }

  #measure(now: Millis, frames: Frame, isTold: boolean): void {
    if (this.#stretchCount >= stretches) return;
    this.#stretchFrames += frames;
    const elapsed = now - this.#stretchFrom;
    if (elapsed < stretchMs && !isTold) return;
    // The first block of all, and one that frames were lost before, begin a stretch and end none.
    if (!Number.isNaN(elapsed) && !isTold) {
      this.#stretches[this.#stretchCount] = elapsed / this.#stretchFrames;
      this.#stretchCount += 1;
    }
    this.#stretchFrom = now;
    this.#stretchFrames = 0;
  }

  /** Nothing is learnt from a block that is late: the line goes on as it was. */
  #late(expected: Millis, error: Millis): Frame {
    this.time = expected;
    if (Number.isNaN(this.#lateSince)) {
      this.#lateSince = expected + error;
      this.#leastLate = error;
    }
    this.#leastLate = Math.min(this.#leastLate, error);
    if (expected + error - this.#lateSince < settleMs) return 0;
    return this.#settle(expected + this.#leastLate, Math.round(this.#leastLate / this.msPerFrame));
  }

  #settle(time: Millis, lost: Frame): Frame {
    this.time = time;
    this.#lateSince = Number.NaN;
    return lost;
  }
}

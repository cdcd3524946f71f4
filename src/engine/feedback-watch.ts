import type { Frame, Rate } from '../core/time/units.ts';
import type { Pair } from './protocol.ts';

const windowSeconds = 0.05;
/** A burst and its echo rise within two windows and fall then. What rises for six has fed itself. */
const risingWindows = 6;
const riseShare = 1.1;
/** -26 dBFS: what is softer may rise as it likes. */
const loudRms = 0.05;
/** -8 dBFS, for more of a second than a burst and its room last: a howl, be it in pulses, that can rise no more. */
const howlRms = 0.4;
const howlWindows = 7;
/** A way round of some hundred milliseconds gives pulses: their loudest rises from second to second, which that of bursts does not. */
const windowsInSecond = 20;
const lastSecond = 2 ** windowsInSecond - 1;
const risingSeconds = 2;
const secondRiseShare = 1.4;

const bitsIn = (bits: number): number => {
  let count = 0;
  for (let left = bits; left !== 0; left &= left - 1) count += 1;
  return count;
};

/** Hears an output that feeds its own input: a level that rises and rises, or stays at the top. Realtime-safe. */
export class FeedbackWatch {
  readonly #windowFrames: Frame;
  #frames: Frame = 0;
  #energy = 0;
  #windows = 0;
  #last = 0;
  #rising = 0;
  /** Which of the last second's windows were at the top: a bit each. */
  #howling = 0;
  #loudest = 0;
  #loudestBefore = 0;
  #risingSeconds = 0;

  constructor(rate: Rate) {
    this.#windowFrames = Math.round(rate * windowSeconds);
  }

  reset(): void {
    this.#frames = 0;
    this.#energy = 0;
    this.#windows = 0;
    this.#last = 0;
    this.#rising = 0;
    this.#howling = 0;
    this.#loudest = 0;
    this.#loudestBefore = 0;
    this.#risingSeconds = 0;
  }

  /** Whether one of these frames of a pair of channels has shown that it feeds back. */
  hears(input: Float32Array, channels: number, [left, right]: Pair, frames: number): boolean {
    let found = false;
    for (let frame = 0, at = 0; frame < frames; frame += 1, at += channels) {
      const one = input[at + left] ?? 0;
      const other = input[at + right] ?? 0;
      this.#energy += Math.max(one * one, other * other);
      this.#frames += 1;
      if (this.#frames === this.#windowFrames) found = this.#judge() || found;
    }
    return found;
  }

  #judge(): boolean {
    const rms = Math.sqrt(this.#energy / this.#windowFrames);
    this.#frames = 0;
    this.#energy = 0;
    this.#rising = rms > this.#last * riseShare ? this.#rising + 1 : 0;
    this.#last = rms;
    this.#howling = ((this.#howling << 1) | (rms > howlRms ? 1 : 0)) & lastSecond;
    this.#loudest = Math.max(this.#loudest, rms);
    this.#windows += 1;
    const rises = this.#windows % windowsInSecond === 0 && this.#secondRises();
    return (this.#rising >= risingWindows && rms > loudRms) || bitsIn(this.#howling) >= howlWindows || rises;
  }

  /** At the end of a second: whether it was louder than the one before, and that one than the one before it. */
  #secondRises(): boolean {
    const isLouder = this.#loudest > loudRms && this.#loudest > this.#loudestBefore * secondRiseShare;
    // From the silence before the first burst it always rises.
    this.#risingSeconds = isLouder && this.#loudestBefore > loudRms / 10 ? this.#risingSeconds + 1 : 0;
    this.#loudestBefore = this.#loudest;
    this.#loudest = 0;
    return this.#risingSeconds >= risingSeconds;
  }
}

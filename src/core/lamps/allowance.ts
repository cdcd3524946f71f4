import type { Millis } from '../time/units.ts';

/** How often something may be done: some times at once after a rest, and so often a second. */
export class Allowance {
  readonly #burst: number;
  readonly #perSecond: number;
  #left: number;
  #at: Millis;

  constructor({ burst, perSecond }: { readonly burst: number; readonly perSecond: number }, now: Millis) {
    this.#burst = burst;
    this.#perSecond = perSecond;
    this.#left = burst;
    this.#at = now;
  }

  /** 0 when it may be done now, and is counted; else in how many whole milliseconds. */
  take(now: Millis): number {
    this.#left = Math.min(this.#burst, this.#left + ((now - this.#at) * this.#perSecond) / 1000);
    this.#at = now;
    if (this.#left < 1) return Math.ceil(((1 - this.#left) * 1000) / this.#perSecond);
    this.#left -= 1;
    return 0;
  }
}

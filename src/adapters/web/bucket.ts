import type { Millis } from '../../core/time/units.ts';

/** What to do with a message: take it, tell its sender that it was dropped, or drop it in silence. */
type Admission = 'take' | 'tell' | 'drop';

/** The sender of a flood is told no more often, since answers cost as well. */
const tellEveryMs = 1000;

/** How many messages a client may send: some at once, and some each second. */
export class Bucket {
  readonly #perMs: number;
  readonly #most: number;
  #left: number;
  #filledAt: Millis | undefined;
  #toldAt: Millis | undefined;

  constructor(perSecond: number, burst: number) {
    this.#perMs = perSecond / 1000;
    this.#most = burst;
    this.#left = burst;
  }

  admit(now: Millis): Admission {
    this.#left = Math.min(this.#most, this.#left + (now - (this.#filledAt ?? now)) * this.#perMs);
    this.#filledAt = now;
    if (this.#left >= 1) {
      this.#left -= 1;
      return 'take';
    }
    if (this.#toldAt !== undefined && now - this.#toldAt < tellEveryMs) return 'drop';
    this.#toldAt = now;
    return 'tell';
  }
}

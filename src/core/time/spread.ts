import type { Millis } from './units.ts';

/** 0.05 ms each: finer than any jitter that is heard. */
const binsPerMs = 20;
/** 50 ms in all; what is above shares one more bin and counts as the greatest. */
const bins = 1000;

/** How a great number of durations is spread, in memory that does not grow: a histogram, good to 0.05 ms. */
export class Spread {
  readonly #counts = new Uint32Array(bins + 1);
  #count = 0;
  #max: Millis = 0;

  get count(): number {
    return this.#count;
  }

  get max(): Millis {
    return this.#max;
  }

  add(duration: Millis): void {
    const bin = Math.max(0, Math.min(bins, Math.floor(duration * binsPerMs)));
    this.#counts[bin] = (this.#counts[bin] ?? 0) + 1;
    this.#count += 1;
    this.#max = Math.max(this.#max, duration);
  }

  /** The duration that a share of all do not exceed, 0 < share <= 1; 0 when there are none. */
  percentile(share: number): Millis {
    const wanted = Math.ceil(share * this.#count);
    let seen = 0;
    for (let bin = 0; bin < bins; bin += 1) {
      seen += this.#counts[bin] ?? 0;
      if (seen >= wanted) return Math.min(this.#max, (bin + 1) / binsPerMs);
    }
    return this.#max;
  }
}

import type { Millis } from '../core/time/units.ts';

/** Who looks at least this often misses nothing: the greatest of this time and of as much before it is told. */
const spanMs = 5000;

/** The greatest of the last five to ten seconds. Realtime-safe: its numbers stay in place, and are never allocated. */
export class LatelyMost {
  /** That of this span, that of the span before, and when this one began. */
  readonly #values = new Float64Array(3);

  /** What was is no more of now. */
  forget(): void {
    this.#values.fill(0);
  }

  /** Takes a value at a monotonic time, and gives the greatest lately. */
  take(value: number, now: Millis): number {
    const values = this.#values;
    const most = values[0] ?? 0;
    const before = values[1] ?? 0;
    const isOver = now - (values[2] ?? 0) >= spanMs;
    if (isOver) {
      values[1] = most;
      values[2] = now;
    }
    values[0] = isOver ? value : Math.max(most, value);
    return Math.max(value, most, isOver ? 0 : before);
  }
}

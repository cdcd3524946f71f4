import type { Frame, Millis, Rate } from '../../core/time/units.ts';

/** So long the quickest message of a while is believed; then the clocks may have drifted, or the way may be another. */
const windowSeconds = 8;
/** How fast the shown frame may gain or lose on time: slow enough to be no jerk. */
const slew = 0.05;
/** What is further off is no jitter: it is shown at once. */
const jumpSeconds = 0.1;
/** So many messages in a row, all this late, and time itself has been set back: nobody waits for the window then. */
const lateMessages = 12;
const lateSeconds = 0.25;

type Best = { readonly second: number; readonly offset: number };

/**
 * Which frame is heard now, from messages that say so and are under way for a while. The quickest one of each second tells best: none is ever too
 * early, so the truth is above them all. Not for many readers: it remembers what it said last.
 */
export class FrameEstimate {
  #rate: Rate = 48_000;
  #best: readonly Best[] = [];
  #late = 0;
  #shown: { readonly offset: number; readonly atMs: Millis } | undefined;

  /** Forgets all, for another run or rate. */
  reset(rate: Rate): void {
    this.#rate = rate;
    this.#best = [];
    this.#late = 0;
    this.#shown = undefined;
  }

  /** `frame` was heard when the message left, which came at `atMs`. */
  heard(frame: Frame, atMs: Millis): void {
    const offset = frame - (atMs * this.#rate) / 1000;
    const second = Math.floor(atMs / 1000);
    const target = this.#target();
    this.#late = target !== undefined && offset < target - lateSeconds * this.#rate ? this.#late + 1 : 0;
    if (this.#late >= lateMessages) this.#best = [];
    const [kept, same] = [
      this.#best.filter((one) => one.second !== second && second - one.second < windowSeconds),
      this.#best.find((one) => one.second === second),
    ];
    this.#best = [...kept, { second, offset: Math.max(offset, same?.offset ?? offset) }];
  }

  /** The frame that is heard at `atMs`; undefined before the first message. */
  frameAt(atMs: Millis): Frame | undefined {
    const target = this.#target();
    if (target === undefined) return undefined;
    const offset = this.#slewed(target, atMs);
    this.#shown = { offset, atMs };
    return Math.round(offset + (atMs * this.#rate) / 1000);
  }

  #target(): number | undefined {
    return this.#best.length === 0 ? undefined : Math.max(...this.#best.map(({ offset }) => offset));
  }

  #slewed(target: number, atMs: Millis): number {
    const shown = this.#shown;
    if (shown === undefined || Math.abs(target - shown.offset) > jumpSeconds * this.#rate) return target;
    const most = (Math.max(0, atMs - shown.atMs) / 1000) * this.#rate * slew;
    return shown.offset + Math.min(most, Math.max(-most, target - shown.offset));
  }
}

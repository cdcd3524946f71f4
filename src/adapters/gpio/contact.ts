import type { Millis } from '../../core/time/units.ts';

/** Nobody steps again sooner; nearly all switches have come to rest by then. */
const lockMs: Millis = 20;
/** A contact that has been still for this long is believed. */
const stillMs: Millis = 5;

/** What a switch does: it goes down, or up. */
export type Turn = { readonly pressed: boolean; readonly at: Millis };

/**
 * One switch without its bounces. An edge is acted on at once; what comes within the time after it is not, and is looked at when the
 * contact has come to rest. So a stomp is never late, and a loose wire says no more than fifty things a second.
 */
export class Contact {
  #told = false;
  #level = false;
  #changedAt: Millis = Number.NEGATIVE_INFINITY;
  #lockedUntil: Millis = Number.NEGATIVE_INFINITY;

  /** What an edge comes to. A moment that was due before it comes first. */
  edge(pressed: boolean, at: Millis): readonly Turn[] {
    const due = this.look(at);
    const isRepeated = this.#level === pressed;
    this.#level = pressed;
    this.#changedAt = at;
    if (at < this.#lockedUntil) return due;
    if (pressed !== this.#told) return [...due, this.#tell(pressed, at)];
    // A second press without a bounce between: its release was lost on the way. A lost press is lost: now it would be late.
    return isRepeated && pressed ? [...due, this.#tell(false, at), this.#tell(true, at)] : due;
  }

  /** When to look at it though no edge came; undefined while it is as was told. */
  get dueAt(): Millis | undefined {
    if (this.#level === this.#told) return undefined;
    return Math.max(this.#lockedUntil, this.#changedAt + stillMs);
  }

  /** What it has come to rest at, if it is time. */
  look(now: Millis): readonly Turn[] {
    const { dueAt } = this;
    return dueAt === undefined || now < dueAt ? [] : [this.#tell(this.#level, this.#changedAt)];
  }

  #tell(pressed: boolean, at: Millis): Turn {
    this.#told = pressed;
    this.#lockedUntil = at + lockMs;
    return { pressed, at };
  }
}

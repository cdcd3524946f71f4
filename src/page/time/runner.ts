import { modulo } from '../../core/modulo.ts';
import type { Millis } from '../../core/time/units.ts';
import type { Moment } from './moment.ts';
import type { Span } from './pass.ts';

/** Closer than this nobody sees the difference, and setting an animation right costs something. */
const toleranceMs = 15;

type Part = { readonly element: Element; readonly keyframes: Keyframe[] };

/** A little further than half a turn: at half a turn a hair of it would be seen at the edge. */
const hidden = 'rotate(-183deg)';

/** A ring of two halves, each of which turns into sight while the other stands still: turning is what a browser can animate by itself. */
export const ringParts = (right: Element, left: Element): readonly Part[] => [
  {
    element: right,
    keyframes: [{ transform: hidden }, { transform: 'rotate(0deg)', offset: 0.5 }, { transform: 'rotate(0deg)' }],
  },
  {
    element: left,
    keyframes: [{ transform: hidden }, { transform: hidden, offset: 0.5 }, { transform: 'rotate(0deg)' }],
  },
];

/** By the whole width of the element itself. */
export const slideParts = (element: Element): readonly Part[] => [
  { element, keyframes: [{ transform: 'translateX(0)' }, { transform: 'translateX(100%)' }] },
];

export const fillParts = (element: Element): readonly Part[] => [
  { element, keyframes: [{ transform: 'scaleX(0)' }, { transform: 'scaleX(1)' }] },
];

/** Lets parts of the page follow a span of frames, by animations that the browser runs beside this thread. */
export class Runner {
  readonly #parts: readonly Part[];
  #running: readonly Animation[] = [];
  #durationMs = 0;
  #repeats = false;
  #startMs = 0;

  constructor(parts: readonly Part[]) {
    this.#parts = parts;
  }

  /** `steps`: in so many jumps instead of evenly, for who asks for less motion. */
  follow(span: Span | null, { frame, grid }: Moment, nowMs: Millis, steps: number | undefined): void {
    if (span === null) {
      this.stop();
      return;
    }
    const msOf = (frames: number): Millis => (1000 * frames) / grid.rate;
    const startMs = nowMs - msOf(frame - span.from);
    const durationMs = msOf(span.to - span.from);
    const isSame = Math.abs(durationMs - this.#durationMs) < 1 && span.repeats === this.#repeats;
    if (!isSame || this.#running.length === 0) this.#begin(durationMs, span.repeats, steps);
    else if (this.#isInTime(startMs)) return;
    this.#startMs = startMs;
    for (const one of this.#running) one.startTime = startMs;
  }

  stop(): void {
    for (const one of this.#running) one.cancel();
    this.#running = [];
  }

  /** As it is now, until it follows again. */
  freeze(): void {
    for (const one of this.#running) one.pause();
    this.#durationMs = 0;
  }

  #isInTime(startMs: Millis): boolean {
    const off = startMs - this.#startMs;
    if (!this.#repeats) return Math.abs(off) < toleranceMs;
    const within = modulo(off + this.#durationMs / 2, this.#durationMs) - this.#durationMs / 2;
    return Math.abs(within) < toleranceMs;
  }

  #begin(durationMs: Millis, repeats: boolean, steps: number | undefined): void {
    this.stop();
    this.#durationMs = durationMs;
    this.#repeats = repeats;
    this.#running = this.#parts.map(({ element, keyframes }) =>
      element.animate(keyframes, {
        duration: durationMs,
        iterations: repeats ? Number.POSITIVE_INFINITY : 1,
        fill: 'both',
        ...(steps !== undefined && { easing: `steps(${steps}, jump-start)` }),
      }),
    );
  }
}

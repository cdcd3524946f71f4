import { frameOfBeat } from '../../core/time/grid.ts';
import type { Millis } from '../../core/time/units.ts';
import type { Looper } from '../link/looper.ts';
import { gridOf, type Moment, momentAt } from './moment.ts';

type Painter = (moment: Moment | undefined, nowMs: Millis) => void;

/** A timer that comes a little early would find the half beat before. */
const graceMs = 2;
const idleMs = 250;

/**
 * Calls who draws whenever something may look otherwise: at each half beat of what is heard, and when the looper has said something. Between them
 * nothing runs but the browser's own animations (`Runner`), which it draws without this thread: so the page moves evenly on a slow phone too.
 */
export class Ticker {
  readonly #looper: Looper;
  readonly #painters = new Set<Painter>();
  #timer = 0;
  #isDue = false;

  constructor(looper: Looper) {
    this.#looper = looper;
  }

  run(): void {
    this.#looper.page.subscribe(() => this.#soon());
    document.addEventListener('visibilitychange', () => this.#soon());
    this.#tick();
  }

  /** Returns how to stop. It paints at once, so that nothing is blank until the next half beat. */
  add(paint: Painter): () => void {
    this.#painters.add(paint);
    const nowMs = performance.now();
    paint(this.#moment(nowMs), nowMs);
    return () => {
      this.#painters.delete(paint);
    };
  }

  /** Once for all that was said since the last picture, after Preact has drawn what is new. */
  #soon(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    requestAnimationFrame(() => this.#tick());
  }

  #tick(): void {
    this.#isDue = false;
    const nowMs = performance.now();
    const moment = this.#moment(nowMs);
    for (const paint of this.#painters) paint(moment, nowMs);
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#tick(), moment === undefined ? idleMs : this.#untilNextMs(moment));
  }

  #untilNextMs({ frame, grid, position, lit }: Moment): Millis {
    const [start, end] = [frameOfBeat(grid, position.beat), frameOfBeat(grid, position.beat + 1)];
    const next = lit ? (start + end) / 2 : end;
    return (1000 * (next - frame)) / grid.rate + graceMs;
  }

  /** A silent looper's time stands still on the page: a lamp that goes on blinking would be a lie. */
  #moment(nowMs: Millis): Moment | undefined {
    const { state } = this.#looper.page.now.mirror;
    if (state === null || this.#looper.isSilent) return undefined;
    const frame = this.#looper.estimate.frameAt(nowMs);
    return frame === undefined ? undefined : momentAt(gridOf(state), frame);
  }
}

import { asyncScheduler, type SchedulerLike, type Subscription } from 'rxjs';
import { screenOf } from '../core/lcd/picture.ts';
import { lastNotice, type Notice, noticeOf, stands, standsUntil } from '../core/lcd/saying.ts';
import type { Millis } from '../core/time/units.ts';
import type { TextDisplay } from '../ports/text-display.ts';
import type { Stage } from './controller.ts';
import type { Moment } from './session.ts';

/** However much happens, nobody reads faster. */
const drawMs: Millis = 100;

/** The session on a display, drawn in turns of their own, when the engine and all lamps have heard of what happened. */
export class ReadOut {
  readonly #stage: Stage;
  readonly #scheduler: SchedulerLike;
  readonly #display: TextDisplay;
  readonly #running: Subscription;
  #notice: Notice | undefined;
  #drawnAt: Millis = Number.NEGATIVE_INFINITY;
  #due: Subscription | undefined;
  /** The word that stands will have stood long enough. */
  #wipe: Subscription | undefined;

  constructor(stage: Stage, display: TextDisplay) {
    this.#stage = stage;
    this.#scheduler = stage.scheduler ?? asyncScheduler;
    this.#display = display;
    this.#running = stage.session.moments$.subscribe((moment) => this.#look(moment));
    this.#draw();
  }

  close(): void {
    this.#running.unsubscribe();
    this.#due?.unsubscribe();
    this.#wipe?.unsubscribe();
  }

  #look({ events, session: { grid } }: Moment): void {
    for (const event of events) {
      const notice = noticeOf(event, grid.rate);
      if (notice !== undefined) this.#notice = lastNotice(this.#notice, notice, grid.rate);
    }
    this.#soon();
  }

  #soon(): void {
    const waitMs = Math.max(0, this.#drawnAt + drawMs - this.#scheduler.now());
    this.#due ??= this.#scheduler.schedule(() => this.#draw(), waitMs);
  }

  #draw(): void {
    const { session, audio, clock } = this.#stage;
    this.#due = undefined;
    this.#drawnAt = this.#scheduler.now();
    const { rate } = session.state.grid;
    const frame = audio.frameAt(clock.now());
    this.#display.show(screenOf(session.state, this.#notice, frame));
    this.#wipe?.unsubscribe();
    if (!stands(this.#notice, frame, rate)) return;
    const leftMs = Math.ceil(((standsUntil(this.#notice, rate) - frame) * 1000) / rate);
    this.#wipe = this.#scheduler.schedule(() => this.#soon(), leftMs);
  }
}

import { asyncScheduler, type SchedulerLike, type Subscription } from 'rxjs';
import type { Pace } from '../core/controller/profile.ts';
import { Allowance } from '../core/lamps/allowance.ts';
import { doubted, forgotten, freshLine, type Line, nextBurst } from '../core/lamps/pace.ts';
import type { Task } from '../core/lamps/task.ts';
import type { Frame, Millis } from '../core/time/units.ts';
import type { Clock } from '../ports/clock.ts';

/** Sends a message and says whether it could be sent; with the frame of what it tells, or without one if it had to wait. */
type Send = (bytes: readonly number[], frame: Frame | undefined) => boolean;

/** Draws what is to be shown, most urgent first. */
type Draw = () => readonly Task[];

/** Far more than any music needs; a flood of messages that each change a lamp is drawn no more often. */
const draws = { burst: 256, perSecond: 1000 };

/** A device that takes longer to go dark is left as it is. */
const endMs = 500;

/**
 * Sends a device what it is to show, as fast as it can take it. What is shown anew takes the place of what was not sent yet.
 * Nothing else sends lamps.
 */
export class LampSender {
  readonly #pace: Pace;
  readonly #send: Send;
  readonly #clock: Clock;
  readonly #scheduler: SchedulerLike;
  #line: Line;
  readonly #allowance: Allowance;
  #tasks: readonly Task[] = [];
  /** What is to be shown, not drawn yet. */
  #draw: Draw | undefined;
  #again: Subscription | undefined;
  /** Called when there is nothing more to be sent. */
  #onIdle: () => void = () => undefined;

  constructor(pace: Pace, send: Send, clock: Clock, scheduler: SchedulerLike = asyncScheduler) {
    this.#pace = pace;
    this.#send = send;
    this.#clock = clock;
    this.#scheduler = scheduler;
    this.#line = freshLine(pace, clock.now());
    this.#allowance = new Allowance(draws, clock.now());
  }

  /** The messages that each task was last sent with, as far as the device is believed to show them. */
  get shown(): Line['shown'] {
    return this.#line.shown;
  }

  /** What the device is to show from now on. */
  show(draw: Draw, frame?: Frame): void {
    this.#draw = draw;
    this.#pump(frame);
  }

  /** What the device shows is not known any more: all of it is sent anew with the next `show`. */
  forget(): void {
    this.#line = forgotten(this.#line);
  }

  /** What one lamp shows is not known any more: it is sent anew. */
  doubt(id: string, frame: Frame): void {
    this.#line = doubted(this.#line, id);
    this.#pump(frame);
  }

  /** Shows a last thing, all of it; resolves once it is out, or cannot get out, or takes longer than a player waits for. */
  end(tasks: readonly Task[]): Promise<void> {
    this.#line = forgotten(this.#line);
    this.#tasks = tasks;
    this.#draw = undefined;
    return new Promise((resolve) => {
      const limit = this.#scheduler.schedule(() => this.#onIdle(), endMs);
      this.#onIdle = () => {
        this.#again?.unsubscribe();
        limit.unsubscribe();
        resolve();
      };
      this.#pump(undefined);
    });
  }

  #pump(frame: Frame | undefined): void {
    this.#again?.unsubscribe();
    const now = this.#clock.now();
    const drawInMs = this.#drawn(now);
    const { line, messages, againInMs = drawInMs } = nextBurst(this.#line, this.#tasks, this.#pace, now);
    this.#line = line;
    const arrived = messages.every((message) => this.#send(message, frame));
    // A device that takes nothing is gone: it is told all when it comes back.
    if (!arrived || againInMs === undefined) this.#onIdle();
    else this.#again = this.#scheduler.schedule(() => this.#pump(undefined), againInMs);
  }

  /** Draws what is to be shown, or says in how many milliseconds it may. */
  #drawn(now: Millis): number | undefined {
    if (this.#draw === undefined) return undefined;
    const waitMs = this.#allowance.take(now);
    if (waitMs > 0) return waitMs;
    this.#tasks = this.#draw();
    this.#draw = undefined;
    return undefined;
  }
}

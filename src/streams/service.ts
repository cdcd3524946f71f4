import { type ServiceStatus, statusLine } from '../core/session/status-line.ts';
import type { Frame, Millis } from '../core/time/units.ts';
import type { Notifier } from '../ports/notifier.ts';

/** A look is cheap, and whoever reads the line is a person. */
const mostMs: Millis = 1000;

/** What the looper is looked after by. */
export type ServiceParts = {
  /** The frames that went by, with a device or without. */
  readonly frame: () => Frame;
  readonly status: () => ServiceStatus;
};

/**
 * Says how the looper fares, and that it lives: only while the sound's time goes on, which it does without a device, too. A thread
 * that stands still, the sound's or this one, is not heard of any more, and systemd starts the looper anew.
 */
export class Service {
  readonly #notifier: Notifier;
  readonly #parts: ServiceParts;
  #frame: Frame = Number.NaN;
  #line = '';
  #looking: NodeJS.Timeout | undefined;

  constructor(notifier: Notifier, parts: ServiceParts) {
    this.#notifier = notifier;
    this.#parts = parts;
  }

  /** The looper can be played. */
  ready(): void {
    this.look();
    this.#notifier.ready();
    const { watchdogMs = Number.POSITIVE_INFINITY } = this.#notifier;
    this.#looking = setInterval(() => this.look(), Math.min(mostMs, watchdogMs / 4));
  }

  close(): void {
    clearInterval(this.#looking);
  }

  look(): void {
    const frame = this.#parts.frame();
    if (frame !== this.#frame) this.#notifier.alive();
    this.#frame = frame;
    const line = statusLine(this.#parts.status());
    if (line !== this.#line) this.#notifier.status(line);
    this.#line = line;
  }
}

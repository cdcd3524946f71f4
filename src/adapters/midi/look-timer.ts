import type { PlugEvents } from './dev-snd.ts';

/** A device's nodes come one after another: the look waits until they are through. */
const quietMs = 60;

/** Ports of programs and of Bluetooth have no node that tells of them. */
const slowMs = 500;

/** When to look: soon after each plug, and now and then. */
export class LookTimer {
  readonly #look: () => void;
  readonly #events: PlugEvents;
  #slow: NodeJS.Timeout | undefined;
  #quiet: NodeJS.Timeout | undefined;
  #runs = false;

  constructor(look: () => void, events: PlugEvents) {
    this.#look = look;
    this.#events = events;
  }

  start(): void {
    this.#runs = true;
    this.#next();
  }

  /** Looks once nothing has happened for a while. */
  soon(): void {
    if (!this.#runs) return;
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(this.#look, quietMs);
  }

  stop(): void {
    this.#runs = false;
    clearTimeout(this.#slow);
    clearTimeout(this.#quiet);
    this.#events.close();
  }

  #next(): void {
    if (!this.#runs) return;
    this.#events.listen(() => this.soon());
    this.#slow = setTimeout(() => {
      this.#look();
      this.#next();
    }, slowMs);
  }
}

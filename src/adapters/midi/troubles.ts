import type { Logger } from '../../ports/logger.ts';

/** Says each trouble once, until it is settled. */
export class Troubles {
  readonly #log: Logger;
  readonly #open = new Set<string>();

  constructor(log: Logger) {
    this.#log = log;
  }

  say(matter: string, message: string): void {
    if (!this.#open.has(matter)) this.#log.warn(`midi: ${message}`);
    this.#open.add(matter);
  }

  /** Whether there was one. */
  settle(matter: string): boolean {
    return this.#open.delete(matter);
  }
}

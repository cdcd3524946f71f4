/** What has been started, to be stopped in reverse order. */
export class Starts {
  readonly #stops: (() => void | Promise<void>)[] = [];

  /** Notes how to stop what has just started. */
  add(stop: () => void | Promise<void>): void {
    this.#stops.push(stop);
  }

  /** Stops all, the last first; one that fails does not keep the others. Throws the first failure at the end. */
  async stop(): Promise<void> {
    const failures: unknown[] = [];
    for (let stop = this.#stops.pop(); stop !== undefined; stop = this.#stops.pop()) {
      try {
        await stop();
      } catch (failure) {
        failures.push(failure);
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}

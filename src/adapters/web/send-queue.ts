/** Writing to a socket takes about as long as a stomp may be late by chance: after so many the rest of the program has its turn. */
const connectionsPerTurn = 16;

/** A way to a client, with something that waits to be sent. */
type Flushable = { flush(): void };

/** Sends what is said to the clients, some of them in each turn of the event loop. */
export class SendQueue {
  readonly #waiting = new Set<Flushable>();

  /** What is in the connection's queue is on its way soon. */
  add(connection: Flushable): void {
    if (this.#waiting.size === 0) setImmediate(this.#turn);
    this.#waiting.add(connection);
  }

  readonly #turn = (): void => {
    let left = connectionsPerTurn;
    for (const connection of this.#waiting) {
      this.#waiting.delete(connection);
      connection.flush();
      left -= 1;
      if (left === 0) break;
    }
    if (this.#waiting.size > 0) setImmediate(this.#turn);
  };
}

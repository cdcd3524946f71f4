import type { FrontOfHouse } from '../../ports/front-of-house.ts';
import type { Change } from '../../protocol/hindsight-v1.ts';
import { bytesOf } from './bytes.ts';
import type { Connection } from './connection.ts';

/** How each client knows what is: a snapshot, and all that changes since. Each change is made into bytes once. */
export class Changes {
  readonly #front: FrontOfHouse;
  /** The last change that each client's snapshot holds; undefined for one that lacks changes, and gets a snapshot once it has caught up. */
  readonly #known = new Map<Connection, number | undefined>();
  #stop: (() => void) | undefined;

  constructor(front: FrontOfHouse) {
    this.#front = front;
  }

  join(connection: Connection): void {
    this.#stop ??= this.#front.onChange(this.#tell);
    try {
      this.greet(connection);
    } catch (thrown) {
      this.leave(connection);
      throw thrown;
    }
  }

  leave(connection: Connection): void {
    this.#known.delete(connection);
    if (this.#known.size > 0) return;
    this.#stop?.();
    this.#stop = undefined;
  }

  /** Says how things are. */
  greet(connection: Connection): void {
    const snapshot = this.#front.snapshot();
    connection.answer(bytesOf(snapshot));
    this.#known.set(connection, snapshot.seq);
  }

  /** Says how things are to one that lacks changes. */
  caughtUp(connection: Connection): void {
    if (this.#known.has(connection) && this.#known.get(connection) === undefined) this.greet(connection);
  }

  readonly #tell = (change: Change): void => {
    const bytes = bytesOf(change);
    for (const [connection, known] of this.#known) {
      // A change may be told after the snapshot that holds it already.
      if (known === undefined || change.seq <= known) continue;
      if (!connection.inform(bytes)) this.#known.set(connection, undefined);
    }
  };
}

import type { FrontOfHouse } from '../../ports/front-of-house.ts';
import type { Streamed, Topic } from '../../protocol/hindsight-v1.ts';
import { bytesOf, onceFor } from './bytes.ts';
import type { Connection } from './connection.ts';
import { thinLevels, thinPosition } from './thin.ts';

type Thin<T extends Topic> = (message: Streamed<T>) => Streamed<T> | undefined;

const passAll = <Message>(message: Message): Message => message;

/** A topic at a pace, and who watches it. */
type Group<T extends Topic> = { readonly thin: Thin<T>; readonly connections: Set<Connection> };

/** One topic for all who watch it: had from the looper once, made into bytes once for each pace. */
class Feed<T extends Topic> {
  readonly #front: FrontOfHouse;
  readonly #topic: T;
  readonly #thinTo: (hz: number) => Thin<T>;
  /** Where a message tells how all is, it is kept for those who come later, or could not be told. */
  readonly #isPicture: boolean;
  readonly #groups = new Map<number, Group<T>>();
  readonly #bytes = onceFor<Streamed<T>, Uint8Array>(bytesOf);
  #last: Uint8Array | undefined;
  #stop: (() => void) | undefined;

  constructor(front: FrontOfHouse, topic: T, thinTo: (hz: number) => Thin<T>, isPicture = false) {
    this.#front = front;
    this.#topic = topic;
    this.#thinTo = thinTo;
    this.#isPicture = isPicture;
  }

  join(connection: Connection, hz: number): void {
    const last = this.#last;
    this.#remove(connection);
    const group = this.#groups.get(hz) ?? { thin: this.#thinTo(hz), connections: new Set() };
    this.#groups.set(hz, group);
    group.connections.add(connection);
    this.#stop ??= this.#front.watch(this.#topic, this.#tell);
    if (last !== undefined) connection.stream(last);
  }

  leave(connection: Connection): void {
    this.#remove(connection);
    if (this.#groups.size > 0 || this.#stop === undefined) return;
    this.#stop();
    this.#stop = undefined;
    this.#last = undefined;
  }

  caughtUp(connection: Connection): void {
    if (this.#last !== undefined && this.#has(connection)) connection.stream(this.#last);
  }

  #remove(connection: Connection): void {
    for (const [hz, { connections }] of this.#groups) {
      if (connections.delete(connection) && connections.size === 0) this.#groups.delete(hz);
    }
  }

  #has(connection: Connection): boolean {
    return [...this.#groups.values()].some(({ connections }) => connections.has(connection));
  }

  readonly #tell = (message: Streamed<T>): void => {
    if (this.#isPicture) this.#last = this.#bytes(message);
    for (const { thin, connections } of this.#groups.values()) {
      const said = thin(message);
      if (said === undefined) continue;
      const bytes = this.#bytes(said);
      for (const connection of connections) connection.stream(bytes);
    }
  };
}

/** All topics, and who watches which. */
export class Topics {
  readonly #feeds: { readonly [T in Topic]: Feed<T> };

  constructor(front: FrontOfHouse) {
    this.#feeds = {
      position: new Feed(front, 'position', thinPosition),
      levels: new Feed(front, 'levels', thinLevels),
      lamps: new Feed(front, 'lamps', () => passAll, true),
      monitor: new Feed(front, 'monitor', () => passAll),
      health: new Feed(front, 'health', () => passAll),
    };
  }

  /** Those topics and no others from now on. */
  watch(connection: Connection, topics: readonly Topic[], hz: number): void {
    for (const [topic, feed] of Object.entries(this.#feeds)) {
      if (!topics.some((wanted) => wanted === topic)) feed.leave(connection);
    }
    for (const topic of new Set(topics)) this.#feeds[topic].join(connection, hz);
  }

  leave(connection: Connection): void {
    for (const feed of Object.values(this.#feeds)) feed.leave(connection);
  }

  caughtUp(connection: Connection): void {
    for (const feed of Object.values(this.#feeds)) feed.caughtUp(connection);
  }
}

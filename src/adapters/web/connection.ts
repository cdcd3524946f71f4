import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { messageOf } from '../../core/errors.ts';
import type { Millis } from '../../core/time/units.ts';
import type { Logger } from '../../ports/logger.ts';
import { Bucket } from './bucket.ts';
import type { Limits } from './options.ts';
import type { SendQueue } from './send-queue.ts';

type Outgoing = { readonly bytes: Uint8Array; readonly binary: boolean };

/** Whom a connection serves. */
export type ConnectionOwner = {
  /** A message came; undefined for one that is no text. */
  hear(text: string | undefined): void;
  /** Messages came faster than they are taken, and were dropped. Said at most once a second. */
  dropped(): void;
  /** All that was on its way has been sent, after the connection was crowded or behind. */
  caughtUp(): void;
  /** The connection has ended. */
  gone(): void;
};

/**
 * The way to one client. What is said to it waits in a queue for its turn; bytes are shared with other clients. One that reads too
 * slowly is told less, and is not heard while answers for it pile up, so that it takes no more memory than the limits say:
 *
 * | backlog | `stream` | `inform` | `answer` |
 * |---|---|---|---|
 * | up to `thinAboveBytes` | sent | sent | sent |
 * | up to `dropAboveBytes` | left out | sent | sent |
 * | up to twice that | left out | left out, and all told anew after it has caught up | sent |
 * | more | left out | left out | sent, and the client is not read from until it has caught up |
 */
export class Connection {
  readonly #ws: WebSocket;
  readonly #socket: Duplex;
  readonly #sendQueue: SendQueue;
  readonly #limits: Limits;
  readonly #log: Logger;
  readonly #bucket: Bucket;
  #queue: Outgoing[] = [];
  #queuedBytes = 0;
  #owner: ConnectionOwner | undefined;
  #isAnswering = true;
  #isThinned = false;
  #isPaused = false;
  /** Since when it is too far behind to be told of changes. */
  #behindSince: Millis | undefined;

  constructor(ws: WebSocket, socket: Duplex, sendQueue: SendQueue, limits: Limits, log: Logger) {
    this.#ws = ws;
    this.#socket = socket;
    this.#sendQueue = sendQueue;
    this.#limits = limits;
    this.#log = log;
    this.#bucket = new Bucket(limits.messagesPerSecond, limits.messageBurst);
    ws.on('message', (data, binary) => {
      // What was not heard of a client before it went comes all at once with its end: it is too old to be done, and may be much.
      if (!this.isOpen) return;
      this.#isAnswering = true;
      this.#try(() => this.#hear(binary ? undefined : String(data)));
    });
    ws.on('pong', () => {
      this.#isAnswering = true;
    });
    // A broken connection is followed by its end.
    ws.on('error', () => undefined);
    ws.on('close', () => this.#end());
    socket.on('drain', () => this.#drained());
  }

  /** Whom it serves is made here. */
  serve(make: () => ConnectionOwner): void {
    this.#try(() => {
      this.#owner = make();
    });
  }

  get isOpen(): boolean {
    return this.#ws.readyState === this.#ws.OPEN;
  }

  /** Bytes that have been said and not been sent. */
  get backlog(): number {
    return this.#queuedBytes + this.#ws.bufferedAmount;
  }

  /** Says what the client has asked for. While too much of that is on its way, it cannot ask for more. */
  answer(bytes: Uint8Array): void {
    this.#put(bytes, false);
    if (this.#isPaused || this.backlog <= 2 * this.#limits.dropAboveBytes || !this.isOpen) return;
    this.#isPaused = true;
    this.#behindSince ??= performance.now();
    this.#ws.pause();
  }

  /** Says what the client must know. False where it is too far behind: then it has to be told all anew once it has caught up. */
  inform(bytes: Uint8Array): boolean {
    if (this.backlog > this.#limits.dropAboveBytes) this.#behindSince ??= performance.now();
    if (this.#behindSince !== undefined) return false;
    this.#put(bytes, false);
    return true;
  }

  /** Says what can be missed. False where it is left out, because the client reads slowly or more than `most` bytes are on their way. */
  stream(bytes: Uint8Array, { binary = false, most = this.#limits.thinAboveBytes } = {}): boolean {
    if (this.#behindSince !== undefined || this.backlog > most) {
      this.#isThinned = true;
      return false;
    }
    this.#put(bytes, binary);
    return true;
  }

  /** Sends what waits. */
  flush(): void {
    const outgoing = this.#queue;
    this.#queue = [];
    this.#queuedBytes = 0;
    if (!this.isOpen) return;
    this.#socket.cork();
    for (const { bytes, binary } of outgoing) this.#ws.send(bytes, { binary });
    this.#socket.uncork();
  }

  /** Looks whether the client is still there and reads; ends the connection otherwise. To be called now and then. */
  check(now: Millis): void {
    if (this.backlog === 0) this.#drained();
    const isStuck =
      this.#behindSince === undefined ? !this.#isAnswering : now - this.#behindSince > this.#limits.stallMs;
    if (isStuck) {
      this.#ws.terminate();
      return;
    }
    this.#isAnswering = false;
    if (this.isOpen) this.#ws.ping();
  }

  close(code: number, reason: string): void {
    this.flush();
    this.#ws.close(code, reason);
  }

  terminate(): void {
    this.#ws.terminate();
  }

  #put(bytes: Uint8Array, binary: boolean): void {
    if (!this.isOpen) return;
    this.#queue.push({ bytes, binary });
    this.#queuedBytes += bytes.length;
    this.#sendQueue.add(this);
  }

  #hear(text: string | undefined): void {
    switch (this.#bucket.admit(performance.now())) {
      case 'take':
        this.#owner?.hear(text);
        return;
      case 'tell':
        this.#owner?.dropped();
        return;
      case 'drop':
        return;
    }
  }

  #drained(): void {
    if (this.#queue.length > 0 || !(this.#isThinned || this.#behindSince !== undefined)) return;
    this.#isThinned = false;
    this.#behindSince = undefined;
    // Until now its answers to pings may have been stuck behind what it had not read, or were not heard.
    this.#isAnswering = true;
    if (this.#isPaused) this.#ws.resume();
    this.#isPaused = false;
    this.#try(() => this.#owner?.caughtUp());
  }

  #end(): void {
    this.#queue = [];
    this.#queuedBytes = 0;
    this.#try(() => this.#owner?.gone());
    this.#owner = undefined;
  }

  /** A mistake of the program costs one connection at most: who serves clients is called by their sockets, where nobody would catch it. */
  #try(act: () => void): void {
    try {
      act();
    } catch (thrown) {
      this.#log.error(`web: a client is let go of: ${messageOf(thrown)}`);
      this.#ws.close(1011, 'the looper made a mistake; its log says which');
    }
  }
}

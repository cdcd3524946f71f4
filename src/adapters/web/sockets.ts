import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Audience, FrontOfHouse } from '../../ports/front-of-house.ts';
import type { Logger } from '../../ports/logger.ts';
import { subProtocol } from '../../protocol/hindsight-v1.ts';
import { listenProtocol } from '../../protocol/listen-v1.ts';
import { endWith, rejected, trouble } from './answer.ts';
import { Changes } from './changes.ts';
import { Connection } from './connection.ts';
import type { Gate } from './gate.ts';
import { HindsightClient, type SharedParts } from './hindsight-client.ts';
import { Listening } from './listening.ts';
import type { Limits } from './options.ts';
import { splitUrl } from './routes.ts';
import { SeedClient } from './seed-client.ts';
import { seedWords } from './seed-words.ts';
import { SendQueue } from './send-queue.ts';
import { inQuery, shownBy, type TokenCheck } from './token-check.ts';
import { Topics } from './topics.ts';

/** Those who speak the seed's protocol name none. */
type Kind = 'seed' | 'hindsight' | 'listen';

const known: Readonly<Record<string, Kind>> = { [subProtocol]: 'hindsight', [listenProtocol]: 'listen' };

const protocolsIn = (header: string | undefined): readonly string[] =>
  (header ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

/** Undefined where none of the protocols is known. */
const kindOf = (protocols: readonly string[]): Kind | undefined => {
  if (protocols.length === 0) return 'seed';
  const name = protocols.find((one) => Object.hasOwn(known, one));
  return name === undefined ? undefined : known[name];
};

type EntryChecks = { readonly gate: Gate; readonly tokenCheck: TokenCheck; readonly limits: Limits };

/** All WebSockets: lets them in, and knows who is there. */
export class Sockets {
  readonly #front: FrontOfHouse;
  readonly #checks: EntryChecks;
  readonly #log: Logger;
  readonly #sendQueue = new SendQueue();
  readonly #listening: Listening;
  readonly #shared: SharedParts;
  readonly #words = seedWords();
  readonly #connections = new Map<Connection, Kind>();
  readonly #server: WebSocketServer;
  readonly #look: NodeJS.Timeout;
  /** Once it is closing: who waits for the last one to leave. */
  #ended: (() => void) | undefined;

  constructor(front: FrontOfHouse, checks: EntryChecks, listeners: number, log: Logger) {
    this.#front = front;
    this.#checks = checks;
    this.#log = log;
    this.#listening = new Listening(front, listeners);
    const { openQuestions, messageBytes, pingMs } = checks.limits;
    this.#shared = { front, log, openQuestions, changes: new Changes(front), topics: new Topics(front) };
    this.#server = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      perMessageDeflate: false,
      maxPayload: messageBytes,
      handleProtocols: (protocols) => [...protocols].find((name) => Object.hasOwn(known, name)) ?? false,
    });
    this.#server.on('wsClientError', ({ message }, socket) => endWith(socket, trouble(400, 'no-websocket', message)));
    this.#look = setInterval(() => this.#check(), pingMs).unref();
  }

  audience(): Audience {
    const count = (kind: Kind): number => [...this.#connections.values()].filter((one) => one === kind).length;
    return { seed: count('seed'), hindsight: count('hindsight'), listeners: this.#listening.size };
  }

  /** Takes a connection that asks to be a WebSocket, or answers why not. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    const { headers, socket: wire } = request;
    const { path, query } = splitUrl(request.url ?? '');
    const rejection =
      this.#checks.gate(headers.host, headers.origin) ??
      this.#checks.tokenCheck.rejects(wire.remoteAddress, shownBy(headers, inQuery(query)));
    const kind = kindOf(protocolsIn(headers['sec-websocket-protocol']));
    if (rejection !== undefined) endWith(socket, rejected(rejection));
    else if (this.#ended !== undefined) endWith(socket, trouble(503, 'ending', 'the looper ends'));
    else if (path !== '/') endWith(socket, trouble(404, 'not-found', 'WebSockets are served at /'));
    else if (kind === undefined) {
      endWith(socket, trouble(400, 'unknown-protocol', `known are ${subProtocol}, ${listenProtocol} and none`));
    } else if (this.#connections.size >= this.#checks.limits.clients) {
      endWith(socket, trouble(503, 'too-many-clients', `${this.#checks.limits.clients} may be connected at once`));
    } else this.#server.handleUpgrade(request, socket, head, (ws) => this.#join(ws, socket, kind));
  }

  /** Tells all that the looper ends; resolves once all are gone. */
  close(): Promise<void> {
    clearInterval(this.#look);
    return new Promise((resolve) => {
      this.#ended = resolve;
      for (const connection of this.#connections.keys()) connection.close(1001, 'the looper ends');
      this.#isLast();
    });
  }

  terminate(): void {
    for (const connection of this.#connections.keys()) connection.terminate();
  }

  #join(ws: WebSocket, socket: Duplex, kind: Kind): void {
    const connection = new Connection(ws, socket, this.#sendQueue, this.#checks.limits, this.#log);
    this.#connections.set(connection, kind);
    ws.on('close', () => {
      this.#connections.delete(connection);
      this.#isLast();
    });
    connection.serve(() => {
      switch (kind) {
        case 'seed':
          return new SeedClient(connection, this.#front, this.#words, this.#log);
        case 'hindsight':
          return new HindsightClient(connection, this.#shared);
        case 'listen':
          return this.#listening.join(connection);
      }
    });
  }

  #isLast(): void {
    if (this.#connections.size === 0) this.#ended?.();
  }

  #check(): void {
    const now = performance.now();
    for (const connection of this.#connections.keys()) connection.check(now);
  }
}

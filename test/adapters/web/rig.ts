import { once } from 'node:events';
import { type ClientOptions, WebSocket } from 'ws';
import type { Limits, WebOptions } from '../../../src/adapters/web/options.ts';
import { openWeb, type Web } from '../../../src/adapters/web/server.ts';
import type { Logger } from '../../../src/ports/logger.ts';
import { FakeFrontOfHouse } from '../../fakes/fake-front-of-house.ts';

export const takesCommands = () => new FakeFrontOfHouse({ command: () => undefined });

type Noted = Logger & { readonly errors: string[] };

export const notedLog = (): Noted => {
  const errors: string[] = [];
  const nothing = (): void => undefined;
  return {
    errors,
    debug: nothing,
    info: nothing,
    warn: (text) => errors.push(text),
    error: (text) => errors.push(text),
  };
};

export const someOptions: WebOptions = {
  host: '127.0.0.1',
  port: 0,
  names: [],
  origins: [],
  tls: null,
  listeners: 2,
  token: undefined,
  pageFolder: '/nowhere',
  work: { folder: '/nowhere', reserveBytes: 0 },
  isWell: () => undefined,
};

export type Rig = Web & {
  readonly front: FakeFrontOfHouse;
  readonly errors: readonly string[];
  /** Connects; resolves once it is open. */
  connect(protocol?: string, options?: ClientOptions & { readonly query?: string }): Promise<Caller>;
};

/** What was opened by a test, to be closed after it. */
const open: { close(): Promise<void> | void }[] = [];

export const closeAll = async (): Promise<void> => {
  for (const one of open.splice(0).reverse()) await one.close();
};

/** A client that notes what it gets. */
export class Caller {
  readonly ws: WebSocket;
  readonly got: unknown[] = [];
  readonly #waiting: (() => void)[] = [];

  constructor(ws: WebSocket) {
    this.ws = ws;
    ws.on('message', (data: Buffer, binary) => {
      this.got.push(binary ? data : JSON.parse(String(data)));
      for (const look of this.#waiting.splice(0)) look();
    });
    ws.on('error', () => undefined);
    ws.on('close', () => {
      for (const look of this.#waiting.splice(0)) look();
    });
  }

  say(message: unknown): void {
    this.ws.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  /** All that came, once so many are there. */
  async first(count: number): Promise<unknown[]> {
    await this.until(() => this.got.length >= count);
    return this.got;
  }

  async until(holds: () => boolean): Promise<void> {
    while (!holds()) {
      if (this.ws.readyState === WebSocket.CLOSED) throw new Error('the connection has ended');
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  of(key: string, kind: string): Record<string, unknown>[] {
    return (this.got as Record<string, unknown>[]).filter((message) => message[key] === kind);
  }

  /** The code with which the connection ends. */
  async end(): Promise<{ readonly code: number; readonly reason: string }> {
    const [code, reason] = await once(this.ws, 'close');
    return { code, reason: String(reason) };
  }
}

export const opened = async (
  options: Partial<WebOptions> = {},
  limits: Partial<Limits> = {},
  front = takesCommands(),
): Promise<Rig> => {
  const log = notedLog();
  const web = await openWeb(front, { ...someOptions, ...options, limits }, log);
  open.push(web);
  return {
    ...web,
    front,
    errors: log.errors,
    connect: async (protocol, { query = '', ...rest } = {}) => {
      const url = `ws${options.tls ? 's' : ''}://127.0.0.1:${web.port}/${query}`;
      const ws = protocol === undefined ? new WebSocket(url, rest) : new WebSocket(url, protocol, rest);
      const caller = new Caller(ws);
      open.push({ close: () => ws.terminate() });
      await once(ws, 'open');
      return caller;
    },
  };
};

/** The status with which a connection is refused. */
export const refusedStatus = async (rig: Rig, ...how: Parameters<Rig['connect']>): Promise<number> => {
  try {
    await rig.connect(...how);
    return 101;
  } catch (thrown) {
    const [, status] = /Unexpected server response: (\d+)/.exec(String(thrown)) ?? [];
    return Number(status);
  }
};

export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Waits for what comes of itself, such as a subscription that ends with its connection. */
export const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await turn();
};

import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerOptions, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { isIP, type Socket } from 'node:net';
import { hostname } from 'node:os';
import type { Duplex } from 'node:stream';
import { errnoOf, messageOf, UserError } from '../../core/errors.ts';
import { isLoopback } from '../../core/loopback.ts';
import type { Audience, FrontOfHouse } from '../../ports/front-of-house.ts';
import type { Logger } from '../../ports/logger.ts';
import { endWith, trouble, writeAnswer } from './answer.ts';
import { Bucket } from './bucket.ts';
import { gateOf } from './gate.ts';
import { type Limits, usualLimits, type WebOptions } from './options.ts';
import { readPageFiles } from './page-files.ts';
import { answerTo, type Services } from './routes.ts';
import { loopTaker } from './set-files.ts';
import { Sockets } from './sockets.ts';
import { TokenCheck } from './token-check.ts';

/** The way in for front ends, once it is open. */
export type Web = {
  /** Where this machine reaches it. */
  readonly url: string;
  readonly port: number;
  audience(): Audience;
  /** Ends all connections. */
  close(): Promise<void>;
};

/** How long clients are waited for that are told of the end. */
const farewellMs = 250;

const pemOf = (path: string): Buffer => {
  try {
    return readFileSync(path);
  } catch (thrown) {
    throw new UserError(
      'tls-unreadable',
      `web.tls: ${path} cannot be read (${messageOf(thrown)}); a PEM file is needed that this user may read; see ls -l`,
      { cause: thrown },
    );
  }
};

const serverOf = (options: ServerOptions, tls: WebOptions['tls']): Server => {
  if (tls === null) return createServer(options);
  const pair = { cert: pemOf(tls.cert), key: pemOf(tls.key) };
  try {
    return createTlsServer({ ...options, ...pair, handshakeTimeout: options.headersTimeout ?? 0 });
  } catch (thrown) {
    throw new UserError(
      'tls-bad',
      `web.tls: ${tls.cert} and ${tls.key} are no certificate and key (${messageOf(thrown)}); both must be PEM and belong together`,
      { cause: thrown },
    );
  }
};

const timesOf = ({ requestMs, fileMs }: Limits): ServerOptions => ({
  headersTimeout: requestMs,
  requestTimeout: fileMs,
  connectionsCheckingInterval: Math.min(2000, requestMs),
  keepAliveTimeout: 5000,
  // Who names no host is answered by the gate, with all headers that answers have here.
  requireHostHeader: false,
});

const openingError = (thrown: unknown, { host, port }: WebOptions): UserError => {
  const error = (code: string, what: string) => new UserError(code, `web: ${what}`, { cause: thrown });
  switch (errnoOf(thrown)) {
    case 'EADDRINUSE':
      return error(
        'port-taken',
        `port ${port} of ${host} is taken; each port serves one program; end the other one, or set web.port`,
      );
    case 'EACCES':
      return error(
        'port-not-allowed',
        `port ${port} may not be opened by this user; allowed are 1024 and above; set web.port`,
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return error('host-unknown', `${host} is no address of this machine; 0.0.0.0 is all of them; set web.host`);
    default:
      return error(
        'web-failed',
        `${host}, port ${port} cannot be opened (${messageOf(thrown)}); set web.host and web.port`,
      );
  }
};

const listening = (server: Server, options: WebOptions): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', (thrown) => reject(openingError(thrown, options)));
    server.listen(options.port, options.host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : options.port);
    });
  });

const urlOf = ({ host, tls }: WebOptions, port: number): string => {
  const isAny = host === '0.0.0.0' || host === '::';
  const name = isAny ? `${hostname()}.local` : isIP(host) === 6 ? `[${host}]` : host;
  return `${tls === null ? 'http' : 'https'}://${name}:${port}/`;
};

const badRequest = (error: Error & { readonly code?: string }) => {
  switch (error.code) {
    case 'HPE_HEADER_OVERFLOW':
      return trouble(431, 'headers-too-long', 'the headers are too long; 16 KiB are allowed');
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return trouble(408, 'too-slow', 'the request did not come in time');
    default:
      return trouble(400, 'no-request', 'that is no HTTP request');
  }
};

const answering = (services: Services, log: Logger) => async (request: IncomingMessage, response: ServerResponse) => {
  try {
    await writeAnswer(request, response, await answerTo(services, request));
  } catch (thrown) {
    // A body that ends early is nobody's mistake here, and has nobody to be told.
    if (request.destroyed && !request.complete) return;
    log.error(`web: ${request.method} failed: ${messageOf(thrown)}`);
    if (!response.headersSent)
      await writeAnswer(request, response, trouble(500, 'failed', 'the log of the looper says why'));
  }
};

/**
 * All connections, so that none outlives the server. One address gets so many and no more: else whoever holds them all, silently and without a
 * token, would shut out everybody.
 */
const connectionsOf = (server: Server, perAddress: number): ReadonlySet<Socket> => {
  const sockets = new Set<Socket>();
  const counts = new Map<string, number>();
  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress?.replace(/^::ffff:/, '') ?? '';
    const count = (counts.get(address) ?? 0) + 1;
    if (count > perAddress && !isLoopback(address)) {
      socket.destroy();
      return;
    }
    counts.set(address, count);
    sockets.add(socket);
    socket.once('close', () => {
      sockets.delete(socket);
      const left = (counts.get(address) ?? 1) - 1;
      if (left === 0) counts.delete(address);
      else counts.set(address, left);
    });
  });
  return sockets;
};

const closing = async (server: Server, sockets: Sockets, connections: ReadonlySet<Socket>): Promise<void> => {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const left = sockets.close();
  server.closeIdleConnections();
  const last = setTimeout(() => {
    sockets.terminate();
    for (const socket of connections) socket.destroy();
  }, farewellMs);
  await Promise.all([closed, left]);
  clearTimeout(last);
};

/**
 * Opens the one port for all front ends: the page, its WebSockets, those of the seed, and HTTP for programs. Rejects with a `UserError`: `port-taken`,
 * `port-not-allowed`, `host-unknown`, `web-failed`, `tls-unreadable`, `tls-bad`, `token-missing`.
 */
export const openWeb = async (front: FrontOfHouse, options: WebOptions, log: Logger): Promise<Web> => {
  const { host, names, origins, tls, token } = options;
  if (token === undefined && !isLoopback(host)) {
    throw new UserError(
      'token-missing',
      `web: ${host} is reached from elsewhere; that needs a token; set web.host to 127.0.0.1`,
    );
  }
  const limits = { ...usualLimits, ...options.limits };
  const isTls = tls !== null;
  const gate = gateOf({ host, hostname: hostname(), names, origins, isTls });
  const tokenCheck = new TokenCheck(token, limits);
  const server = serverOf(timesOf(limits), tls);
  server.maxConnections = limits.sockets;
  // Who does not read its answer; WebSockets are looked after by their lines.
  server.timeout = limits.stallMs;
  const connections = connectionsOf(server, limits.socketsPerAddress);
  const port = await listening(server, options);
  // Not before: where the port cannot be had it is tried again and again.
  const files = readPageFiles(options.pageFolder);
  server.on('error', (error) => log.warn(`web: ${messageOf(error)}`));

  const sockets = new Sockets(front, { gate, tokenCheck, limits }, options.listeners, log);
  const audience = () => sockets.audience();
  const { messageBytes: mostBytes, requestMs: mostMs, fileBytes } = limits;
  const { isWell } = options;
  const takeLoop = loopTaker(front, { ...options.work, mostBytes: fileBytes });
  const bucket = new Bucket(limits.messagesPerSecond, limits.messageBurst);
  const services: Services = {
    bucket,
    front,
    gate,
    tokenCheck,
    files,
    isTls,
    mostBytes,
    mostMs,
    takeLoop,
    isWell,
    audience,
  };
  server.on('request', answering(services, log));
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) =>
    sockets.upgrade(request, socket, head),
  );
  server.on('clientError', (error: Error, socket: Duplex) => endWith(socket, badRequest(error)));
  let ended: Promise<void> | undefined;
  return {
    url: urlOf(options, port),
    port,
    audience,
    close: () => {
      ended ??= closing(server, sockets, connections);
      return ended;
    },
  };
};

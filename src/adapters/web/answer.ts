import { createReadStream } from 'node:fs';
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Rejection } from './gate.ts';

export type Answer = {
  readonly status: number;
  readonly type: string;
  readonly body: Uint8Array | string;
  readonly headers?: Readonly<Record<string, string>>;
};

/** A file that is sent from the disk, and removed whether it arrived or not. */
export type FileAnswer = Omit<Answer, 'body'> & {
  readonly file: { readonly path: string; readonly bytes: number; remove(): Promise<void> };
};

/**
 * The page has all that it needs from its own looper, is in nobody's frame, and needs nothing of the device but its screen. `self` covers WebSockets to
 * the same host and port.
 */
const usualHeaders: Readonly<Record<string, string>> = {
  'Content-Security-Policy':
    "default-src 'self'; connect-src 'self'; img-src 'self' data:; style-src 'self'; object-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy':
    'camera=(), display-capture=(), geolocation=(), microphone=(), midi=(), payment=(), serial=(), usb=(), hid=()',
  'Cache-Control': 'no-store',
};

export const json = (status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status,
  type: 'application/json; charset=utf-8',
  body: JSON.stringify(value),
  headers,
});

export const trouble = (
  status: number,
  code: string,
  reason: string,
  headers: Readonly<Record<string, string>> = {},
): Answer => json(status, { code, reason }, headers);

export const rejected = ({ status, code, reason }: Rejection): Answer =>
  trouble(status, code, reason, {
    ...(status === 401 && { 'WWW-Authenticate': 'Bearer realm="hindsight"' }),
    ...(status === 429 && { 'Retry-After': '60' }),
  });

export const plainText = (status: number, text: string): Answer => ({
  status,
  type: 'text/plain; charset=utf-8',
  body: `${text}\n`,
});

/** A page in plain words, for who has a browser and nothing else. The words are ours, so nothing in them needs to be escaped. */
export const plainPage = (status: number, title: string, words: string): Answer => ({
  status,
  type: 'text/html; charset=utf-8',
  body: `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title></head><body><h1>${title}</h1><p>${words}</p></body></html>\n`,
});

const headersOf = (answer: Answer | FileAnswer): Readonly<Record<string, string>> => {
  const bytes = 'file' in answer ? answer.file.bytes : Buffer.byteLength(answer.body);
  return {
    ...usualHeaders,
    // What has not been modified keeps the type and length that it had.
    ...(answer.status !== 304 && { 'Content-Type': answer.type, 'Content-Length': String(bytes) }),
    ...answer.headers,
  };
};

/** One that goes away before all is sent has no use for an error. */
const sendFile = async (
  request: IncomingMessage,
  response: ServerResponse,
  file: FileAnswer['file'],
): Promise<void> => {
  try {
    if (request.method === 'HEAD') response.end();
    else await pipeline(createReadStream(file.path), response);
  } catch {
    response.destroy();
  } finally {
    await file.remove();
  }
};

/** Node leaves out the body of an answer to HEAD. */
export const writeAnswer = async (
  request: IncomingMessage,
  response: ServerResponse,
  answer: Answer | FileAnswer,
): Promise<void> => {
  response.writeHead(answer.status, headersOf(answer));
  if ('file' in answer) await sendFile(request, response, answer.file);
  else response.end(answer.body);
  // What is left of a body that nobody wanted.
  request.resume();
};

/** An answer on a connection for which the server makes none, which then ends. */
export const endWith = (socket: Duplex, answer: Answer): void => {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const headers = Object.entries({ ...headersOf(answer), Connection: 'close' });
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(
    Buffer.concat([
      Buffer.from(`HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status] ?? ''}\r\n${lines.join('')}\r\n`),
      Buffer.from(answer.body),
    ]),
    () => socket.destroy(),
  );
};

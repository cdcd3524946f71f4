import type { IncomingMessage } from 'node:http';
import type { FrontOfHouse } from '../../ports/front-of-house.ts';
import { commandRequestSchema } from '../../protocol/hindsight-v1.ts';
import { mistakesOf, parseJson } from '../../protocol/mistakes.ts';
import { type Answer, json, trouble } from './answer.ts';

/** Undefined for a body that is too long. What is left of that is not read; one that takes too long ends its connection. */
const bodyOf = async (request: IncomingMessage, most: number, mostMs: number): Promise<string | undefined> => {
  const limit = setTimeout(() => request.socket.destroy(), mostMs);
  try {
    return await readBody(request, most);
  } finally {
    clearTimeout(limit);
  }
};

const readBody = async (request: IncomingMessage, most: number): Promise<string | undefined> => {
  const told = Number(request.headers['content-length'] ?? 0);
  if (told > most) return undefined;
  const pieces: Buffer[] = [];
  let bytes = 0;
  // Not destroyed when left early: the answer goes out on the same socket.
  for await (const piece of request.iterator({ destroyOnReturn: false })) {
    bytes += piece.length;
    if (bytes > most) return undefined;
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
};

const isJson = (type: string | undefined): boolean => /^application\/json\s*(;|$)/i.test(type ?? '');

/** Does a command that was posted. */
export const answerCommand = async (
  front: FrontOfHouse,
  request: IncomingMessage,
  mostBytes: number,
  mostMs: number,
): Promise<Answer> => {
  // A form of another page can post only what is no JSON, without the browser's asking first.
  if (!isJson(request.headers['content-type'])) {
    return trouble(415, 'not-json', 'a command is posted as application/json');
  }
  const body = await bodyOf(request, mostBytes, mostMs);
  if (body === undefined) {
    return trouble(413, 'too-long', `the command is too long; ${mostBytes} bytes are allowed`, { Connection: 'close' });
  }
  const value = parseJson(body);
  if (value === undefined) return trouble(400, 'not-json', 'the body is no JSON text');
  const read = commandRequestSchema.safeParse(value);
  if (!read.success) return trouble(400, 'malformed', mistakesOf(read.error));
  const refusal = front.command(read.data.command, read.data.frame);
  return refusal === undefined ? json(200, { seq: front.nextSeq }) : trouble(409, refusal.code, refusal.reason);
};

import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm, stat, statfs } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { messageOf, UserError } from '../../core/errors.ts';
import { limits } from '../../core/session/state.ts';
import type { ExportWish, FrontOfHouse } from '../../ports/front-of-house.ts';
import { type Answer, type FileAnswer, json, trouble } from './answer.ts';

/** Where files lie that come in or go out, and what of the disk is not theirs. */
type Workplace = { readonly folder: string; readonly reserveBytes: number; readonly mostBytes: number };

/** Where a file lay for a while is nobody's business. */
const refused = (error: unknown, path = ''): Answer => {
  const code = error instanceof UserError ? error.code : 'failed';
  const reason = messageOf(error);
  return trouble(409, code, path === '' ? reason : reason.replaceAll(path, 'the file'));
};

/** Undefined for what is no whole number in its range. */
const wholeIn = (text: string | null, min: number, max: number): number | undefined => {
  const value = Number(text);
  return text !== null && /^\d{1,6}$/.test(text) && value >= min && value <= max ? value : undefined;
};

const mostPasses = 64;
const mostTracks = 64;
const mostBars = limits.bars.max;

const exportWish = (query: URLSearchParams): ExportWish | undefined => {
  const passes = wholeIn(query.get('passes') ?? '2', 1, mostPasses);
  const tape = query.get('tape') ?? '0';
  const name = query.get('name');
  if (passes === undefined || (tape !== '0' && tape !== '1')) return undefined;
  return { passes, tape: tape === '1', ...(name !== null && { name }) };
};

/** Of a file that is removed where that cannot be told. */
const sizeOf = async (path: string, remove: () => Promise<void>): Promise<number> => {
  try {
    return (await stat(path)).size;
  } catch (error) {
    await remove();
    throw error;
  }
};

/** A set as a ZIP, which is gone once it was sent. Who goes away while it is written ends that. */
export const answerExport = async (
  front: FrontOfHouse,
  request: IncomingMessage,
  query: URLSearchParams,
): Promise<Answer | FileAnswer> => {
  // It would have to be written for its length to be known.
  if (request.method === 'HEAD') return trouble(405, 'wrong-method', 'allowed is GET', { Allow: 'GET' });
  const wish = exportWish(query);
  if (wish === undefined) return trouble(400, 'malformed', `passes is 1 to ${mostPasses}, tape 0 or 1`);
  const gone = new AbortController();
  const onClose = (): void => gone.abort();
  const { socket } = request;
  const { timeout = 0 } = socket;
  socket.once('close', onClose);
  // Nothing is sent while it is written, and that is as it should be.
  socket.setTimeout(0);
  try {
    const { path, remove } = await front.exportSet(wish, gone.signal);
    const bytes = await sizeOf(path, remove);
    const headers = { 'Content-Disposition': 'attachment; filename="hindsight.zip"' };
    return { status: 200, type: 'application/zip', file: { path, bytes, remove }, headers };
  } catch (error) {
    return refused(error);
  } finally {
    socket.off('close', onClose);
    socket.setTimeout(timeout);
  }
};

/** What is wrong with a file before it has come in. */
const unwelcome = async ({ headers }: IncomingMessage, work: Workplace): Promise<Answer | undefined> => {
  const type = headers['content-type'] ?? '';
  // A form of another page cannot post that without the browser's asking first.
  if (!/^audio\/(x-|vnd\.)?wave?\s*(;|$)/i.test(type)) {
    return trouble(415, 'not-wav', 'a loop is posted as audio/wav');
  }
  const bytes = Number(headers['content-length']);
  if (!Number.isSafeInteger(bytes)) return trouble(411, 'no-length', 'say with Content-Length how long the file is');
  if (bytes > work.mostBytes) {
    return trouble(413, 'too-long', `the file is too long; ${work.mostBytes} bytes are allowed`, {
      Connection: 'close',
    });
  }
  await mkdir(work.folder, { recursive: true, mode: 0o700 });
  const { bavail, bsize } = await statfs(work.folder);
  if (bavail * bsize - bytes >= work.reserveBytes) return undefined;
  return trouble(507, 'disk-full', 'there is no room for the file beside what sets.reserveMb leaves free', {
    Connection: 'close',
  });
};

/** What is asked of an import; undefined where it is not understood. */
const importWish = (query: URLSearchParams): { readonly track: number; readonly bars?: number } | undefined => {
  const track = wholeIn(query.get('track'), 1, mostTracks);
  if (track === undefined || !query.has('bars')) return track === undefined ? undefined : { track };
  const bars = wholeIn(query.get('bars'), 1, mostBars);
  return bars === undefined ? undefined : { track, bars };
};

/** Makes WAV files that are posted the loops of empty tracks, one at a time: together they might take the room that each of them found. */
export const loopTaker = (front: FrontOfHouse, work: Workplace) => {
  let isBusy = false;
  const take = async (request: IncomingMessage, wish: { readonly track: number }): Promise<Answer> => {
    const folder = await mkdtemp(join(work.folder, 'import-'));
    const path = join(folder, 'loop.wav');
    const { socket } = request;
    const { timeout = 0 } = socket;
    try {
      await pipeline(request.iterator({ destroyOnReturn: false }), createWriteStream(path, { mode: 0o600 }));
      // It is converted and stored in silence.
      socket.setTimeout(0);
      const { lines } = await front.sets({ act: 'import', path, ...wish });
      return json(200, { lines });
    } catch (error) {
      return refused(error, path);
    } finally {
      socket.setTimeout(timeout);
      await rm(folder, { recursive: true, force: true });
    }
  };
  return async (request: IncomingMessage, query: URLSearchParams): Promise<Answer> => {
    const wish = importWish(query);
    if (wish === undefined) {
      return trouble(400, 'malformed', `track is 1 to ${mostTracks}; bars, which may be left out, 1 to ${mostBars}`);
    }
    if (isBusy) return trouble(409, 'import-busy', 'another file is coming in; wait for it', { Connection: 'close' });
    isBusy = true;
    try {
      return (await unwelcome(request, work)) ?? (await take(request, wish));
    } finally {
      isBusy = false;
    }
  };
};

export type LoopTaker = ReturnType<typeof loopTaker>;

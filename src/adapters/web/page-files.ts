import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { gzipSync } from 'node:zlib';
import { errnoOf } from '../../core/errors.ts';
import { type Answer, plainText } from './answer.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

const isText = (type: string): boolean => /^text\/|json|svg|wasm/.test(type);

type PageFile = {
  readonly type: string;
  readonly bytes: Uint8Array;
  /** Undefined where it would not be shorter. */
  readonly gzipped: Uint8Array | undefined;
  readonly tag: string;
  /** Its name changes with what it holds. */
  readonly isHashed: boolean;
};

/** The page's files, by the path under which each is asked for. */
export type PageFiles = ReadonlyMap<string, PageFile>;

const pageFile = (path: string, url: string): PageFile => {
  const bytes = readFileSync(path);
  const type = types[extname(path).toLowerCase()] ?? 'application/octet-stream';
  const gzipped = isText(type) ? gzipSync(bytes, { level: 9 }) : undefined;
  return {
    type,
    bytes,
    gzipped: gzipped !== undefined && gzipped.length < bytes.length ? gzipped : undefined,
    tag: createHash('sha256').update(bytes).digest('base64url').slice(0, 22),
    isHashed: url.startsWith('/assets/'),
  };
};

/**
 * Reads all files of the page, so that whoever asks for one never waits for the disk, and nothing but these can be asked for. Blocking. None where there
 * is no such folder.
 */
export const readPageFiles = (folder: string): PageFiles => {
  const files = new Map<string, PageFile>();
  try {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      const url = `/${relative(folder, path).split(sep).join('/')}`;
      files.set(url, pageFile(path, url));
    }
  } catch (thrown) {
    if (errnoOf(thrown) !== 'ENOENT' && errnoOf(thrown) !== 'ENOTDIR') throw thrown;
  }
  const index = files.get('/index.html');
  if (index !== undefined) files.set('/', index);
  return files;
};

const takesGzip = (header: string | undefined): boolean =>
  (header ?? '').split(',').some((coding) => /^\s*gzip\s*(;\s*q=(?!0(\.0*)?\s*$).*)?$/i.test(coding));

const knows = (header: string | undefined, tag: string): boolean =>
  (header ?? '').split(',').some((known) => {
    const bare = known.trim().replace(/^W\//, '');
    return bare === '*' || bare === `"${tag}"`;
  });

const forEver = 'public, max-age=31536000, immutable';

/** What of a request decides in which form a file is sent. */
export type Wanted = { readonly 'accept-encoding'?: string | undefined; readonly 'if-none-match'?: string | undefined };

const sent = (file: PageFile, wanted: Wanted): Answer => {
  const gzipped = takesGzip(wanted['accept-encoding']) ? file.gzipped : undefined;
  const tag = gzipped === undefined ? file.tag : `${file.tag}-gzip`;
  const headers = {
    ETag: `"${tag}"`,
    Vary: 'Accept-Encoding',
    'Cache-Control': file.isHashed ? forEver : 'no-cache',
  };
  if (knows(wanted['if-none-match'], tag)) return { status: 304, type: file.type, body: '', headers };
  return {
    status: 200,
    type: file.type,
    body: gzipped ?? file.bytes,
    headers: { ...headers, ...(gzipped !== undefined && { 'Content-Encoding': 'gzip' }) },
  };
};

/** The answer to who asks for a path; undefined where there is no such file. Pure. */
export const pageAnswer = (files: PageFiles, path: string, wanted: Wanted): Answer | undefined => {
  const file = files.get(path);
  if (file !== undefined) return sent(file, wanted);
  if (path !== '/') return undefined;
  return plainText(
    503,
    'hindsight: the page is not there; the looper plays without it; run ./scripts/build, and start the looper again',
  );
};

import { randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { errnoOf, messageOf, UserError } from '../../core/errors.ts';

const tokenBytes = 32;

/** What `base64url` makes of so many bytes. */
const wellFormed = /^[A-Za-z0-9_-]{43}$/;

const checked = (path: string, text: string): string => {
  const token = text.trim();
  if (wellFormed.test(token)) return token;
  throw new UserError(
    'token-bad',
    `${path}: holds no token; it is 43 letters, digits, - and _, as the looper made it; remove the file, and the looper makes another`,
  );
};

/** Undefined where there is no file. The mode is asked of the file that is open, not of one that may take its place. */
const readToken = (path: string): string | undefined => {
  let fd: number | undefined;
  try {
    fd = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW);
    const { mode } = fstatSync(fd);
    if ((mode & 0o077) !== 0) {
      throw new UserError(
        'token-open',
        `${path}: others may read the token; only its owner may; run chmod 600 ${path}, or remove it for a new one`,
      );
    }
    return readFileSync(fd, 'utf8');
  } catch (thrown) {
    if (errnoOf(thrown) === 'ENOENT') return undefined;
    throw thrown;
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
};

const syncFolder = (folder: string): void => {
  const fd = openSync(folder, 'r');
  try {
    fsyncSync(fd);
  } catch {
    // Some file systems cannot. A token that is lost with the mains is made anew.
  } finally {
    closeSync(fd);
  }
};

/** Not over the file of another program that makes one just now: two that run must know the same token. */
const putInPlace = (aside: string, path: string): void => {
  try {
    linkSync(aside, path);
    rmSync(aside);
  } catch (thrown) {
    if (errnoOf(thrown) === 'EEXIST') rmSync(aside);
    // Some file systems have no links.
    else renameSync(aside, path);
  }
};

/** Writes a new token, whole, and has it put in its place. */
const makeToken = (folder: string, path: string, put: (aside: string, path: string) => void): string => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const token = randomBytes(tokenBytes).toString('base64url');
  const aside = join(folder, `.web-token.${process.pid}.tmp`);
  rmSync(aside, { force: true });
  const fd = openSync(aside, 'wx', 0o600);
  try {
    writeSync(fd, `${token}\n`);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  put(aside, path);
  syncFolder(folder);
  return readToken(path) ?? token;
};

const withToken = (folder: string, act: (path: string) => string): string => {
  const path = join(folder, 'web-token');
  try {
    return act(path);
  } catch (thrown) {
    if (thrown instanceof UserError) throw thrown;
    throw new UserError(
      'token-unreachable',
      `${path}: the token of the page cannot be kept (${messageOf(thrown)}); its folder must be this user's own; see ls -ld ${folder}`,
      { cause: thrown },
    );
  }
};

/**
 * The token of the looper whose state is in a folder; made where there is none yet. Blocking. Throws a `UserError`: `token-open` where others may read
 * it, `token-bad` for a file that holds none, `token-unreachable` where it can be neither read nor written.
 */
export const tokenIn = (folder: string): string =>
  withToken(folder, (path) => checked(path, readToken(path) ?? makeToken(folder, path, putInPlace)));

/** Puts a new token in place of whatever is there: the old one lets nobody in any more once the looper starts anew. Throws `token-unreachable`. */
export const newTokenIn = (folder: string): string =>
  withToken(folder, (path) => checked(path, makeToken(folder, path, renameSync)));

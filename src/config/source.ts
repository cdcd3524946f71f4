import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { errnoOf } from '../core/errors.ts';
import { ConfigError, fileMistake, type Mistake } from './mistake.ts';

/** A settings file is a few kilobytes; more is another file by mistake. */
const limitBytes = 1024 * 1024;

/** Node's code of a failed call, `ENOENT`; what was thrown, in words, where it has none. */
export const systemCode = (thrown: unknown): string => String(errnoOf(thrown) ?? thrown);

const unopened = (file: string, code: string): Mistake => {
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return fileMistake(file, 'no-file', 'does not exist; allowed is a YAML file; check the path');
  }
  if (code === 'EACCES' || code === 'EPERM') {
    return fileMistake(
      file,
      'unreadable',
      'may not be read; allowed is a file that this user may read; check its rights',
    );
  }
  return fileMistake(file, 'unreadable', `cannot be read (${code}); allowed is a readable YAML file`);
};

/** At most one byte more than allowed, since a file in /proc says that it has none. */
const readBounded = (path: string): Buffer => {
  const bytes = Buffer.alloc(limitBytes + 1);
  const handle = openSync(path, 'r');
  try {
    let length = 0;
    for (let got = -1; got !== 0 && length < bytes.length; length += got) {
      got = readSync(handle, bytes, length, bytes.length - length, null);
    }
    return bytes.subarray(0, length);
  } finally {
    closeSync(handle);
  }
};

/** The first byte that is not UTF-8 becomes the first replacement character. */
const badByte = (file: string, bytes: Buffer): Mistake => {
  const before = bytes.toString('utf8').split('\uFFFD', 1).join('');
  const lines = before.split('\n');
  return {
    file,
    line: lines.length,
    column: (lines.at(-1)?.length ?? 0) + 1,
    path: '',
    code: 'not-utf8',
    text: 'a byte that is not UTF-8; allowed is text in UTF-8; save the file with that encoding',
  };
};

const readBytes = (path: string): Buffer => {
  try {
    const stats = statSync(path);
    if (stats.isDirectory()) {
      throw new ConfigError([
        fileMistake(path, 'not-a-file', 'is a folder; allowed is a YAML file; name a file in it'),
      ]);
    }
    // To open a pipe would wait for its writer for ever.
    if (!stats.isFile()) {
      throw new ConfigError([fileMistake(path, 'not-a-file', 'is a device or a pipe; allowed is a YAML file')]);
    }
    return readBounded(path);
  } catch (thrown) {
    throw thrown instanceof ConfigError ? thrown : new ConfigError([unopened(path, systemCode(thrown))]);
  }
};

/** The text of a settings file, without a byte order mark. Throws a `ConfigError`. */
export const readSource = (path: string): string => {
  const bytes = readBytes(path);
  if (bytes.length > limitBytes) {
    throw new ConfigError([
      fileMistake(path, 'too-big', 'is larger than 1 MB; allowed is a YAML file of at most 1 MB'),
    ]);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ConfigError([badByte(path, bytes)]);
  }
};

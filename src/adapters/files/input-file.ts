import { constants } from 'node:fs';
import { errnoOf, messageOf, UserError } from '../../core/errors.ts';
import { type Disk, realDisk } from './disk.ts';

/** A regular file, open for reading, that was not empty when it was opened. */
export type InputFile = { readonly path: string; readonly fd: number; readonly size: number; readonly disk: Disk };

const readError = (path: string, thrown: unknown): UserError => {
  const cause = { cause: thrown };
  switch (errnoOf(thrown)) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new UserError('file-missing', `${path}: no such file; give a file that exists; check its name`, cause);
    case 'EACCES':
    case 'EPERM':
      return new UserError(
        'file-not-readable',
        `${path}: may not be read; the user of this program needs read permission; see ls -l and chmod`,
        cause,
      );
    default:
      return new UserError(
        'file-not-readable',
        `${path}: cannot be read (${messageOf(thrown)}); give a readable file; check the disk and the name`,
        cause,
      );
  }
};

const sizeOf = (path: string, fd: number, disk: Disk): number => {
  const stats = disk.fstatSync(fd);
  if (stats.isDirectory()) {
    throw new UserError('file-is-folder', `${path}: is a folder; a file is needed; name a file in it`);
  }
  if (!stats.isFile()) {
    throw new UserError(
      'file-not-regular',
      `${path}: is a pipe or a device; a file is needed; save it to a file first`,
    );
  }
  if (stats.size === 0) {
    throw new UserError('file-empty', `${path}: is empty (0 bytes); a file with content is needed; make it again`);
  }
  return stats.size;
};

/**
 * Opens a regular file that has content. Throws `file-missing`, `file-is-folder`, `file-not-regular`,
 * `file-not-readable`, `file-empty`. Opened without blocking, so a named pipe is refused instead of waited for.
 */
export const openInput = (path: string, disk: Disk = realDisk): InputFile => {
  let fd: number | undefined;
  try {
    fd = disk.openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    return { path, fd, size: sizeOf(path, fd, disk), disk };
  } catch (thrown) {
    if (fd !== undefined) disk.closeSync(fd);
    throw thrown instanceof UserError ? thrown : readError(path, thrown);
  }
};

/** Reads `length` bytes at `position` into the front of `buffer`; the bytes read, fewer only where the file ends. */
export const readAt = (input: InputFile, buffer: Uint8Array, length: number, position: number): number => {
  try {
    let done = 0;
    while (done < length) {
      const count = input.disk.readSync(input.fd, buffer, done, length - done, position + done);
      if (count === 0) break;
      done += count;
    }
    return done;
  } catch (thrown) {
    throw readError(input.path, thrown);
  }
};

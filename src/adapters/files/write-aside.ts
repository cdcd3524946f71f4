import { basename, dirname, join } from 'node:path';
import { errnoOf, messageOf, UserError } from '../../core/errors.ts';
import { type Disk, realDisk } from './disk.ts';

/**
 * A file written under a temporary name beside its target, which it replaces whole at `commit`. Until then nothing
 * stands, and nothing changes, under the final name. Blocking. A failed call throws a `UserError` that names the
 * target and has aborted already.
 */
export type Aside = {
  /** Adds bytes at the end, which the caller may reuse at once. */
  append(bytes: Uint8Array): void;
  /** Flushes, overwrites the front with `head` if given, and puts the file on disk under its final name. */
  commit(head?: Uint8Array): void;
  /** Removes the temporary file. Does nothing after a commit or an abort. */
  abort(): void;
};

/** Large enough that a block of sound does not cost a system call, small enough for a Pi. */
const bufferBytes = 256 * 1024;

/** What a failed system call means to the person who asked for the file at `path`. */
export const writeError = (path: string, thrown: unknown): UserError => {
  const error = (code: string, what: string) => new UserError(code, `${path}: ${what}`, { cause: thrown });
  switch (errnoOf(thrown)) {
    case 'ENOENT':
    case 'ENOTDIR':
      return error(
        'folder-missing',
        `${dirname(path)} is not a folder; the folder must exist; create it with mkdir -p`,
      );
    case 'EACCES':
    case 'EPERM':
      return error(
        'file-not-writable',
        'may not be written; the user of this program needs write permission on it and on its folder; see ls -l and chmod',
      );
    case 'EROFS':
      return error('disk-read-only', 'is on a read-only disk; a writable one is needed; choose another or remount it');
    case 'ENOSPC':
    case 'EDQUOT':
      return error('disk-full', 'the disk is full; the whole file must fit; free some space or choose another disk');
    case 'EFBIG':
      return error(
        'file-too-large',
        'is larger than its disk or the limits allow; FAT32 takes 4 GB; write less or choose another disk',
      );
    default:
      return error(
        'file-write-failed',
        `cannot be written (${messageOf(thrown)}); check the disk and the name; try again`,
      );
  }
};

/** The file to replace: behind a link its target, so that the link stays. Never a device: as root, a rename would replace it. */
const targetOf = (path: string, disk: Disk): string => {
  const stats = disk.statSync(path, { throwIfNoEntry: false });
  if (path.endsWith('/') || stats?.isDirectory()) {
    throw new UserError('file-is-folder', `${path}: is a folder; a file is written; give the name of a file in it`);
  }
  if (stats === undefined) return path;
  if (!stats.isFile()) {
    throw new UserError(
      'file-not-regular',
      `${path}: is a pipe or a device; a file is written; give the name of a file`,
    );
  }
  // A rename would replace a file that its owner has protected. Opened because access(2) asks for the real user.
  disk.closeSync(disk.openSync(path, 'r+'));
  return disk.realpathSync(path);
};

let asides = 0;

/**
 * Unique among live processes by pid and count, cut to fit the 255 bytes of a name. A leftover of a process of the
 * same pid that died (pids repeat from boot to boot on an appliance) is removed; 'wx' then follows no link.
 */
const openTemporary = (target: string, disk: Disk): { readonly fd: number; readonly temporary: string } => {
  asides += 1;
  const name = `.${basename(target).slice(0, 40)}.${process.pid}.${asides}.tmp`;
  const temporary = join(dirname(target), name);
  disk.rmSync(temporary, { force: true });
  return { fd: disk.openSync(temporary, 'wx'), temporary };
};

/**
 * Puts on disk which names a folder has. Some file systems (network, FUSE) cannot, and a folder may be writable but not readable: not
 * the file's fault.
 */
export const syncFolder = (folder: string, disk: Disk = realDisk): void => {
  let fd: number | undefined;
  try {
    fd = disk.openSync(folder, 'r');
    disk.fsyncSync(fd);
  } catch (thrown) {
    if (!['EINVAL', 'ENOTSUP', 'EACCES', 'EPERM'].includes(String(errnoOf(thrown)))) throw thrown;
  } finally {
    if (fd !== undefined) disk.closeSync(fd);
  }
};

const writeAll = (disk: Disk, fd: number, bytes: Uint8Array, length: number, position: number): void => {
  let done = 0;
  while (done < length) done += disk.writeSync(fd, bytes, done, length - done, position + done);
};

const asideOf = (path: string, target: string, fd: number, temporary: string, disk: Disk): Aside => {
  const buffer = new Uint8Array(bufferBytes);
  let buffered = 0;
  let written = 0;
  let descriptor: number | undefined = fd;
  let open = true;

  const close = (): void => {
    const closing = descriptor;
    // Before it is closed: also where that fails the number may be another file's by now.
    descriptor = undefined;
    if (closing !== undefined) disk.closeSync(closing);
  };
  const flush = (): void => {
    writeAll(disk, fd, buffer, buffered, written);
    written += buffered;
    buffered = 0;
  };
  const abort = (): void => {
    if (!open) return;
    open = false;
    for (const end of [close, () => disk.rmSync(temporary, { force: true })]) {
      try {
        end();
      } catch {
        // Nothing of the file is wanted any more, so that its end fails as well says nothing new.
      }
    }
  };
  const guarded = (act: () => void): void => {
    if (!open) throw new Error(`${path}: written to after its commit or abort`);
    try {
      act();
    } catch (thrown) {
      abort();
      throw writeError(path, thrown);
    }
  };

  return {
    append: (bytes) =>
      guarded(() => {
        if (buffered + bytes.length > bufferBytes) flush();
        if (bytes.length > bufferBytes) {
          writeAll(disk, fd, bytes, bytes.length, written);
          written += bytes.length;
          return;
        }
        buffer.set(bytes, buffered);
        buffered += bytes.length;
      }),
    commit: (head) =>
      guarded(() => {
        flush();
        if (head !== undefined) writeAll(disk, fd, head, head.length, 0);
        disk.fsyncSync(fd);
        close();
        disk.renameSync(temporary, target);
        open = false;
        syncFolder(dirname(target), disk);
      }),
    abort,
  };
};

/**
 * Opens a file for writing aside. Throws `folder-missing`, `file-is-folder`, `file-not-regular`, `file-not-writable`,
 * `disk-read-only`, `disk-full`, `file-too-large`, `file-write-failed`; so do the methods. If `commit` throws because
 * the folder could not be synced, the file stands whole under its name but might not outlive a power cut.
 */
export const openAside = (path: string, disk: Disk = realDisk): Aside => {
  try {
    const target = targetOf(path, disk);
    const { fd, temporary } = openTemporary(target, disk);
    return asideOf(path, target, fd, temporary, disk);
  } catch (thrown) {
    throw thrown instanceof UserError ? thrown : writeError(path, thrown);
  }
};

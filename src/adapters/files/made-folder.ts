import { dirname, resolve } from 'node:path';
import { errnoOf } from '../../core/errors.ts';
import { type Disk, realDisk } from './disk.ts';
import { syncFolder } from './write-aside.ts';

/** For nobody but its owner, as the XDG Base Directory Specification has it. */
const ownersOnly = 0o700;

const isFolder = (path: string, disk: Disk): boolean =>
  disk.statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

const makeOne = (folder: string, disk: Disk): void => {
  try {
    disk.mkdirSync(folder, { mode: ownersOnly });
  } catch (thrown) {
    // Another program may have been faster.
    if (errnoOf(thrown) !== 'EEXIST' || !isFolder(folder, disk)) throw thrown;
  }
};

/**
 * Makes a folder where it is missing, with those above it, to outlive a power cut. One after the other: where node makes them all at once it tells
 * of a disk that is only read as of a folder that is not there (ENOENT). Blocking; throws what node:fs throws.
 */
export const makeFolder = (path: string, disk: Disk = realDisk): void => {
  const missing: string[] = [];
  for (let folder = resolve(path); !isFolder(folder, disk); folder = dirname(folder)) missing.unshift(folder);
  for (const folder of missing) makeOne(folder, disk);
  for (const folder of missing.toReversed()) syncFolder(dirname(folder), disk);
};

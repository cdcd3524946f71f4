import { dirname } from 'node:path';
import { errnoOf, UserError } from '../../../core/errors.ts';
import type { Disk } from '../disk.ts';

/** Rounded down, to a tenth where that says more. */
const megabytes = (bytes: number): number => {
  const tenths = Math.floor((bytes * 10) / 2 ** 20);
  return tenths < 100 ? tenths / 10 : Math.floor(tenths / 10);
};

/** What is free on the disk of a folder, for who is not root, in bytes. Blocking; throws what node:fs throws. */
export const freeBytesAt = (folder: string, disk: Disk): number => {
  try {
    const { bavail, bsize } = disk.statfsSync(folder);
    return bavail * bsize;
  } catch (thrown) {
    if (errnoOf(thrown) !== 'ENOENT' || dirname(folder) === folder) throw thrown;
    return freeBytesAt(dirname(folder), disk);
  }
};

/** What there is to tell of the room before a set is begun; undefined where there is enough. */
export const roomTrouble = (folder: string, freeBytes: number, reserveBytes: number): string | undefined =>
  freeBytes >= reserveBytes
    ? undefined
    : `${folder}: ${megabytes(freeBytes)} MB are free on its disk, of which ${megabytes(reserveBytes)} MB are never filled; new loops play, but are not kept; free some space`;

/**
 * Makes room for some bytes beside the reserve: `giveUp` gives something up, and tells whether there was something. Throws `disk-full` where
 * there was not enough.
 */
export const makeRoom = (
  folder: string,
  bytes: number,
  reserveBytes: number,
  disk: Disk,
  giveUp: () => boolean,
): void => {
  for (;;) {
    const free = freeBytesAt(folder, disk);
    if (free - bytes >= reserveBytes) return;
    if (giveUp()) continue;
    throw new UserError(
      'disk-full',
      `${folder}: ${megabytes(free)} MB are free on its disk, and a loop of ${megabytes(bytes)} MB would leave less than ${megabytes(reserveBytes)} MB, which are never filled; free some space, or delete sets`,
    );
  }
};

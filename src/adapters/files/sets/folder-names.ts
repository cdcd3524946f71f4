import { join } from 'node:path';
import { errnoOf } from '../../../core/errors.ts';
import type { Disk } from '../disk.ts';

/** The names in a folder, none where it is not there. Blocking; throws what node:fs throws. */
export const namesIn = (folder: string, disk: Disk): readonly string[] => {
  try {
    return disk.readdirSync(folder);
  } catch (thrown) {
    if (errnoOf(thrown) === 'ENOENT') return [];
    throw thrown;
  }
};

/** Where sets lie. */
export type SetFolders = {
  readonly root: string;
  readonly sounds: string;
  readonly current: string;
  readonly saved: string;
  readonly bin: string;
};

/** The folders of a root. Pure. */
export const setFolders = (root: string): SetFolders => ({
  root,
  sounds: join(root, 'sounds'),
  current: join(root, 'current'),
  saved: join(root, 'saved'),
  bin: join(root, 'bin'),
});

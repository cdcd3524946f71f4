import { access, constants, readdir, realpath } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errnoOf } from '../../core/errors.ts';

/** What is in a folder, by name; nothing where it is not. */
export const namesIn = async (folder: string): Promise<readonly string[]> => {
  try {
    return (await readdir(folder)).toSorted();
  } catch {
    return [];
  }
};

/** Where a path leads; undefined where it does not. */
export const realPathOf = async (path: string): Promise<string | undefined> => {
  try {
    return await realpath(path);
  } catch {
    return undefined;
  }
};

/** The first folder on the way up that is there. */
export const thereOf = async (folder: string): Promise<string> => {
  for (let path = folder; ; path = dirname(path)) {
    if ((await realPathOf(path)) !== undefined || path === dirname(path)) return path;
  }
};

/** Whether a folder may be written to; one of a disk that can only be read by nobody. */
export const writabilityOf = async (
  folder: string,
): Promise<{ readonly isReadOnly: boolean; readonly isWritable: boolean }> => {
  try {
    await access(folder, constants.W_OK);
    return { isReadOnly: false, isWritable: true };
  } catch (error) {
    return { isReadOnly: errnoOf(error) === 'EROFS', isWritable: false };
  }
};

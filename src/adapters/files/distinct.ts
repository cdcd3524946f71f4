import { realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { UserError } from '../../core/errors.ts';

/** Where a file is or would be, links followed. */
const place = (path: string): string => {
  for (const [known, rest] of [
    [path, ''],
    [dirname(path), basename(path)],
  ] as const) {
    try {
      return join(realpathSync(known), rest);
    } catch {
      // Not there: its folder may be.
    }
  }
  return resolve(path);
};

/** Refuses files to be written that are the same as another one, written or read. Keys are the names of the options. */
export const refuseSameFiles = (written: ReadonlyMap<string, string>, read: ReadonlyMap<string, string>): void => {
  const taken = new Map([...read].map(([option, path]) => [place(path), option]));
  for (const [option, path] of written) {
    const other = taken.get(place(path));
    if (other !== undefined) {
      throw new UserError(
        'file-same',
        `${path}: is both ${other} and ${option}; a file of its own is needed; name another`,
      );
    }
    taken.set(place(path), option);
  }
};

import { lstatSync, realpathSync, type Stats, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Standing } from '../../../core/doctor/access.ts';
import { errnoOf } from '../../../core/errors.ts';

const isAway = (thrown: unknown): boolean => ['ENOENT', 'ENOTDIR'].includes(String(errnoOf(thrown)));

const standing = (path: string, stats: Stats, kind: Standing['kind']): Standing => ({
  ...{ path, kind, uid: stats.uid, gid: stats.gid },
  mode: stats.mode & 0o777,
});

/** What stands at a path; undefined where nothing does. Throws what node:fs throws where it may not be looked at. */
export const standingAt = (path: string): Standing | undefined => {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) return undefined;
  try {
    const stats = statSync(path);
    return standing(path, stats, stats.isDirectory() ? 'folder' : 'file');
  } catch (thrown) {
    if (!isAway(thrown)) throw thrown;
    return standing(path, found, 'nothing');
  }
};

/** The nearest to a path that is there, on the way up; a folder that may not be looked into is not passed over. Throws as `standingAt`. */
export const nearestTo = (path: string): string => {
  try {
    if (standingAt(path) !== undefined || path === dirname(path)) return path;
  } catch (thrown) {
    if (!isAway(thrown)) throw thrown;
  }
  return nearestTo(dirname(path));
};

const above = (path: string): readonly string[] => (path === dirname(path) ? [path] : [...above(dirname(path)), path]);

/** All that is passed from / to what a path leads to, which is there; undefined where that may not be looked at. */
export const wayTo = (path: string): readonly Standing[] | undefined => {
  try {
    return above(realpathSync(resolve(path))).flatMap((each) => standingAt(each) ?? []);
  } catch {
    return undefined;
  }
};

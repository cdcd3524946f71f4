import { readFileSync, statSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Survey } from '../../../core/doctor/survey.ts';
import { isSameOwner, ownerIn, startIn } from '../../../core/set/lock-owner.ts';
import { textOf } from '../../kernel/text.ts';
import { writabilityOf } from '../folders.ts';
import { entriesOf } from './read.ts';
import { nearestTo, standingAt, wayTo } from './standing.ts';

const setFolders = ['sets', 'sets/sounds', 'sets/current', 'sets/saved', 'sets/bin'] as const;

type Sets = NonNullable<Survey['disk']>['sets'];

const setsIn = (folder: string): Sets => {
  try {
    const at = (name: string) => standingAt(join(folder, name));
    const sets = at('sets');
    if (sets === undefined || sets.kind !== 'folder')
      return { folders: sets === undefined ? [] : [sets], lock: undefined };
    return { folders: setFolders.flatMap((name) => at(name) ?? []), lock: at('sets/lock') };
  } catch {
    return undefined;
  }
};

/** What is in a folder that is not there yet is nothing. */
const below = (folder: string, stateFolder: string): Sets =>
  folder === stateFolder ? setsIn(folder) : { folders: [], lock: undefined };

export const diskOf = async (stateFolder: string): Promise<Survey['disk']> => {
  try {
    const folder = nearestTo(stateFolder);
    const { bavail, bsize } = await statfs(folder);
    return {
      ...{ folder, freeBytes: bavail * bsize, way: wayTo(folder) ?? [], sets: below(folder, stateFolder) },
      ...(await writabilityOf(folder)),
    };
  } catch {
    return undefined;
  }
};

const lastKept = (sets: string): number | undefined => {
  const times = entriesOf(join(sets, 'current')).map((name) => {
    try {
      return statSync(join(sets, 'current', name)).mtimeMs / 1000;
    } catch {
      return 0;
    }
  });
  return times.length === 0 ? undefined : Math.max(...times);
};

const lockIn = (sets: string): string => {
  try {
    return readFileSync(join(sets, 'lock'), 'utf8');
  } catch {
    return '';
  }
};

/** The lock of the sets names who has them; one that has gone has left it behind. */
export const uncleanEndOf = (root: string, stateFolder: string): Survey['uncleanEnd'] => {
  const sets = join(stateFolder, 'sets');
  const owner = ownerIn(lockIn(sets));
  if (owner === undefined) return undefined;
  const start = startIn(textOf(`${root}/proc/${owner.pid}/stat`) ?? '');
  const boot = textOf(`${root}/proc/sys/kernel/random/boot_id`) ?? '';
  return isSameOwner(owner, { ...owner, start, boot }) ? undefined : { lastKeptAt: lastKept(sets) };
};

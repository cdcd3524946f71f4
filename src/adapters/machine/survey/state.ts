import { readFileSync, statSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Survey } from '../../../core/doctor/survey.ts';
import { isSameOwner, ownerIn, startIn } from '../../../core/set/lock-owner.ts';
import { textOf } from '../../kernel/text.ts';
import { thereOf, writabilityOf } from '../folders.ts';
import { entriesOf } from './read.ts';

export const diskOf = async (stateFolder: string): Promise<Survey['disk']> => {
  try {
    const folder = await thereOf(stateFolder);
    const { bavail, bsize } = await statfs(folder);
    return { folder, freeBytes: bavail * bsize, ...(await writabilityOf(folder)) };
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

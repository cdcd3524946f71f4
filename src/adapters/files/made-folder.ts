import { dirname, resolve } from 'node:path';
import { type Disk, realDisk } from './disk.ts';
import { syncFolder } from './write-aside.ts';

/** For nobody but its owner, as the XDG Base Directory Specification has it. */
const ownersOnly = 0o700;

/** Makes a folder where it is missing, with those above it, to outlive a power cut. Blocking; throws what node:fs throws. */
export const makeFolder = (path: string, disk: Disk = realDisk): void => {
  const folder = resolve(path);
  const first = disk.mkdirSync(folder, { recursive: true, mode: ownersOnly });
  if (first === undefined) return;
  for (let made = folder; made.length >= first.length; made = dirname(made)) syncFolder(dirname(made), disk);
};

import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { syncFolder } from './write-aside.ts';

/** For nobody but its owner, as the XDG Base Directory Specification has it. */
const ownersOnly = 0o700;

/** Makes a folder where it is missing, with those above it, to outlive a power cut. Blocking; throws what node:fs throws. */
export const makeFolder = (path: string): void => {
  const folder = resolve(path);
  const first = mkdirSync(folder, { recursive: true, mode: ownersOnly });
  if (first === undefined) return;
  for (let made = folder; made.length >= first.length; made = dirname(made)) syncFolder(dirname(made));
};

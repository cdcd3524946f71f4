import { readFileSync } from 'node:fs';

/** What a file of /proc or /sys says; undefined where it says nothing, or its device has just gone. */
export const textOf = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8').trim() || undefined;
  } catch {
    return undefined;
  }
};

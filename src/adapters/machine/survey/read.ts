import { readdirSync, readlinkSync } from 'node:fs';
import { textOf } from '../../kernel/text.ts';

/** What is in a folder, by name, numbers by their value; nothing where it is not, or may not be looked into. */
export const entriesOf = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder).toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  } catch {
    return [];
  }
};

/** Where a link points to, be it there or not. */
export const linkOf = (path: string): string | undefined => {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
};

/** The lines of a file; none where it cannot be read. */
export const linesOf = (path: string): readonly string[] => textOf(path)?.split('\n') ?? [];

/** The number that a file says. */
export const numberOf = (path: string): number | undefined => {
  const value = Number(textOf(path) ?? 'none');
  return Number.isFinite(value) ? value : undefined;
};

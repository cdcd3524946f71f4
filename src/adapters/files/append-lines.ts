import { closeSync, openSync, writeSync } from 'node:fs';
import { messageOf } from '../../core/errors.ts';
import { writeError } from './write-aside.ts';

/** A text file to be followed while it grows: each line is in the file when `write` returns. */
export type AppendedLines = { write(line: string): void; close(): void };

/**
 * Begins the file anew. Throws the codes of `writeError` when that cannot be. A line that later cannot be written, such
 * as on a full disk, ends the file: `onFailed` is told once, the lines to come are dropped, and nothing is thrown.
 */
export const createAppend = (path: string, onFailed: (reason: string) => void): AppendedLines => {
  const file = openNew(path);
  let failed = false;
  return {
    write: (line) => {
      if (failed) return;
      try {
        writeSync(file, `${line}\n`);
      } catch (error) {
        failed = true;
        onFailed(messageOf(error));
      }
    },
    close: () => closeSync(file),
  };
};

const openNew = (path: string): number => {
  try {
    return openSync(path, 'w');
  } catch (error) {
    throw writeError(path, error);
  }
};

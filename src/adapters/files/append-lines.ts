import { closeSync, openSync, writeSync } from 'node:fs';
import { writeError } from './write-aside.ts';

/** A text file to be followed while it grows: each line is in the file when `write` returns. */
export type AppendedLines = { write(line: string): void; close(): void };

/** Begins the file anew. Throws the codes of `writeError`. */
export const createAppend = (path: string): AppendedLines => {
  const file = open(path);
  return {
    write: (line) => void writeSync(file, `${line}\n`),
    close: () => closeSync(file),
  };
};

const open = (path: string): number => {
  try {
    return openSync(path, 'w');
  } catch (error) {
    throw writeError(path, error);
  }
};

import { closeSync, openSync, writeSync } from 'node:fs';
import { writeError } from './write-aside.ts';

/** A text file to be followed while it grows: each line is in the file when `write` returns. */
export type AppendedLines = { write(line: string): void; close(): void };

/** Begins the file anew. It and `write` throw the codes of `writeError`, such as on a full disk. */
export const createAppend = (path: string): AppendedLines => {
  const file = named(path, () => openSync(path, 'w'));
  return {
    write: (line) => void named(path, () => writeSync(file, `${line}\n`)),
    close: () => closeSync(file),
  };
};

const named = <Value>(path: string, act: () => Value): Value => {
  try {
    return act();
  } catch (error) {
    throw writeError(path, error);
  }
};

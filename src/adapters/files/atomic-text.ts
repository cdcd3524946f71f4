import { openAside } from './write-aside.ts';

/** A text file (UTF-8, each line ended by a line feed) written aside; see `openAside`, whose codes all methods throw. */
export type Lines = {
  write(line: string): void;
  commit(): void;
  /** Leaves nothing behind. Does nothing after a commit or an abort. */
  abort(): void;
};

/** Opens a text file for writing line by line. Throws the codes of `openAside`. */
export const createLines = (path: string): Lines => {
  const aside = openAside(path);
  return {
    write: (line) => aside.append(Buffer.from(`${line}\n`, 'utf8')),
    commit: () => aside.commit(),
    abort: aside.abort,
  };
};

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ConfigError } from '../../src/config/load.ts';

/** A file of the repository, named from its root. */
export const inRepository = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** A folder for a test's own files. */
export class Folder {
  readonly path = mkdtempSync(join(tmpdir(), 'hindsight-config-'));

  write(name: string, content: string | Uint8Array): string {
    const path = join(this.path, name);
    writeFileSync(path, content);
    return path;
  }

  remove(): void {
    rmSync(this.path, { recursive: true });
  }
}

/** The error of a load that must fail. */
export const errorOf = (load: () => unknown): ConfigError => {
  try {
    load();
  } catch (thrown) {
    if (thrown instanceof ConfigError) return thrown;
    throw thrown;
  }
  throw new Error('nothing was thrown');
};

/** The lines of its message, with the folder left out of the file names. */
export const linesOf = (load: () => unknown, folder: string): string[] =>
  errorOf(load).message.replaceAll(`${folder}/`, '').split('\n');

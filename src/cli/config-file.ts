import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadConfig } from '../config/load.ts';
import type { Config } from '../config/schema.ts';

/** The file that comes with the program, there to be edited. */
const shipped = fileURLToPath(new URL('../../config/hindsight.yaml', import.meta.url));

/** The file that holds without `--config`; undefined where it has been removed, and the defaults hold. */
export const defaultConfigFile = (): string | undefined => (existsSync(shipped) ? shipped : undefined);

/** The config of `--config FILE`, or of the file that comes with the program. */
export const configFrom = (file: string | undefined): Config => loadConfig(file ?? defaultConfigFile());

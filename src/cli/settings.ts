import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadSettings, type Settings } from '../config/settings.ts';

/** What comes with the program, there to be edited. */
const shipped = (name: string): string => fileURLToPath(new URL(`../../config/${name}`, import.meta.url));

/** The file that holds without `--config`; undefined where it has been removed, and the defaults hold. */
export const defaultConfigFile = (): string | undefined => {
  const file = shipped('hindsight.yaml');
  return existsSync(file) ? file : undefined;
};

/** The config of `--config FILE`, or of the file that comes with the program, and the controller profiles. */
export const settingsFrom = (file: string | undefined): Settings =>
  loadSettings(file ?? defaultConfigFile(), shipped('controllers'));

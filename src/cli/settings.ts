import { realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { ProfileSource } from '../compose/profiles.ts';
import { mistakeText } from '../config/mistake.ts';
import { ownProfilesFolder, type ProfilesSetting } from '../config/own-folder.ts';
import type { LoadedProfiles } from '../config/profiles.ts';
import type { Config } from '../config/schema.ts';
import { loadSettings, type Shipped } from '../config/settings.ts';
import { errnoOf } from '../core/errors.ts';

/** What comes with the program, there to be edited. */
const shipped = (name: string): string => fileURLToPath(new URL(`../../config/${name}`, import.meta.url));

const shippedProfiles: Shipped = {
  folder: shipped('controllers'),
  compiledFile: fileURLToPath(new URL('../profiles.bin', import.meta.url)),
};

/**
 * The file that holds without `--config`, by its own name: in a package there is a link to the one in /etc. Undefined where it has been
 * removed, and the defaults hold; what cannot be seen is not taken for removed.
 */
export const defaultConfigFile = (file = shipped('hindsight.yaml')): string | undefined => {
  try {
    return realpathSync(file);
  } catch (error) {
    return errnoOf(error) === 'ENOENT' ? undefined : file;
  }
};

export type CommandSettings = { readonly config: Config; readonly source: ProfileSource };

/** The config of `--config FILE`, or of the file that comes with the program, and where the controller profiles are. */
export const settingsFrom = (file: string | undefined): CommandSettings => {
  const ownFolder = (setting: ProfilesSetting): string => ownProfilesFolder(setting, process.env, homedir());
  const { config, profiles } = loadSettings(file ?? defaultConfigFile(), shippedProfiles, ownFolder);
  return { config, source: { load: profiles, ownFolder: ownFolder(config) } };
};

/** Says on standard error which profiles are left out for their mistakes. The others work. */
export const warnOf = ({ mistakes }: LoadedProfiles): void => {
  for (const mistake of mistakes) process.stderr.write(`profile left out: ${mistakeText(mistake)}\n`);
};

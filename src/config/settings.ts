import { existsSync } from 'node:fs';
import { z } from 'zod';
import { type Check, readChecked } from './check.ts';
import { configBy } from './load.ts';
import { ConfigError, fileMistake, type Mistake } from './mistake.ts';
import type { ProfilesSetting } from './own-folder.ts';
import { type LoadedProfiles, loadProfiles, profileNames } from './profiles.ts';
import type { Config } from './schema.ts';

/** All that is set from files. */
export type Settings = {
  readonly config: Config;
  /** Reads the profiles, all or those of some names, as they are now. */
  readonly profiles: (wanted?: readonly string[]) => LoadedProfiles;
};

const profilesSetting = z
  .object({ midi: z.object({ profiles: z.string().nullable().default(null) }).nullish() })
  .transform(({ midi }): ProfilesSetting => ({ midi: midi ?? { profiles: null } }));

/** What the file says of the player's folder, even where it has mistakes elsewhere; undefined where that cannot be told. */
const settingIn = (check: Check | undefined): ProfilesSetting | undefined => {
  if (check === undefined) return { midi: { profiles: null } };
  const checked = check(profilesSetting);
  return 'value' in checked ? checked.value : undefined;
};

/** A folder that is named has to be there; the usual one need not. */
const missingFolder = (setting: ProfilesSetting | undefined, folders: readonly string[]): readonly Mistake[] => {
  const folder = folders[1];
  if (setting?.midi.profiles == null || folder === undefined || existsSync(folder)) return [];
  const text = 'does not exist, but midi.profiles names it; allowed is a folder; make it, or check the path';
  return [fileMistake(folder, 'no-folder', text)];
};

/** What comes with the program: a folder of profiles, and those of them that the build has compiled. */
export type Shipped = { readonly folder: string; readonly compiledFile?: string };

/**
 * The config of a file, or all defaults, and how the profiles of the folder that comes with the program and of the player's own
 * are read. Mistakes in profiles are given back with those that have none: the show goes on without them, also where the config names
 * one. Mistakes in the config are thrown, all in one `ConfigError` together with those of the profiles.
 */
export const loadSettings = (
  configFile: string | undefined,
  shipped: Shipped,
  ownFolder?: (setting: ProfilesSetting) => string,
): Settings => {
  const check = configFile === undefined ? undefined : readChecked(configFile);
  const setting = settingIn(check);
  const folders = [shipped.folder, ...(setting === undefined || ownFolder === undefined ? [] : [ownFolder(setting)])];
  const missing = missingFolder(setting, folders);
  const profiles = (wanted?: readonly string[]): LoadedProfiles => {
    const loaded = loadProfiles(folders, wanted, shipped.compiledFile);
    return { ...loaded, mistakes: [...missing, ...loaded.mistakes] };
  };
  try {
    return { config: configBy(check, setting && profileNames(folders)), profiles };
  } catch (thrown) {
    if (thrown instanceof ConfigError) throw new ConfigError([...thrown.mistakes, ...profiles().mistakes]);
    throw thrown;
  }
};

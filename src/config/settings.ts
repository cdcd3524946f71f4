import { z } from 'zod';
import { checkFile } from './check.ts';
import { loadConfig } from './load.ts';
import type { KnownProfiles } from './midi-schema.ts';
import { ConfigError } from './mistake.ts';
import type { ProfilesSetting } from './own-folder.ts';
import { type LoadedProfiles, loadProfiles, profileNames } from './profiles.ts';
import type { Config } from './schema.ts';

/** All that is set from files. */
export type Settings = {
  readonly config: Config;
  /** Reads the profiles, all or those of some names, as they are now. */
  readonly profiles: (wanted?: readonly string[]) => LoadedProfiles;
};

/** As much of a config as has to be known before it can be checked. */
type Outline = ProfilesSetting & { readonly named: readonly string[] };

const none: Outline = { midi: { profiles: null }, named: [] };

const controller = z
  .object({ profile: z.string() })
  .transform(({ profile }) => [profile])
  .catch([]);

const outline = z
  .object({
    midi: z
      .object({ profiles: z.string().nullable().default(null), controllers: z.array(controller).catch([]) })
      .nullish(),
  })
  .transform(
    ({ midi }): Outline => (midi ? { midi: { profiles: midi.profiles }, named: midi.controllers.flat() } : none),
  );

/** What can be known of a file even where it has mistakes elsewhere; undefined where that cannot be told. */
const outlineOf = (configFile: string | undefined): Outline | undefined => {
  if (configFile === undefined) return none;
  const checked = checkFile(configFile, outline);
  return 'value' in checked ? checked.value : undefined;
};

/** Only the profiles that the config names are read for it: to read all takes as long as all the rest of a start. */
const knownOf = (folders: readonly string[], named: readonly string[]): KnownProfiles => {
  const names = profileNames(folders);
  const whole = new Set(loadProfiles(folders, named).profiles.map(({ profile }) => profile.name));
  const broken = named.filter((name) => names.includes(name) && !whole.has(name));
  return { names: names.filter((name) => !broken.includes(name)), broken };
};

/**
 * The config of a file, or all defaults, and how the profiles of the folder that comes with the program and of the player's own
 * are read. Mistakes in profiles are given back with those that have none. Mistakes in the config are thrown, all in one
 * `ConfigError` together with those of the profiles; one of them is a controller whose profile has mistakes.
 */
export const loadSettings = (
  configFile: string | undefined,
  shippedFolder: string,
  ownFolder?: (setting: ProfilesSetting) => string,
): Settings => {
  const known = outlineOf(configFile);
  const folders = [shippedFolder, ...(known === undefined || ownFolder === undefined ? [] : [ownFolder(known)])];
  const profiles = (wanted?: readonly string[]): LoadedProfiles => loadProfiles(folders, wanted);
  try {
    return { config: loadConfig(configFile, known && knownOf(folders, known.named)), profiles };
  } catch (thrown) {
    if (thrown instanceof ConfigError) throw new ConfigError([...thrown.mistakes, ...profiles().mistakes]);
    throw thrown;
  }
};

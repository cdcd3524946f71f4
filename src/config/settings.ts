import type { Profile } from '../core/controller/profile.ts';
import { loadConfig } from './load.ts';
import { ConfigError, type Mistake } from './mistake.ts';
import { loadProfiles } from './profiles.ts';
import type { Config } from './schema.ts';

/** All that is set from files. */
export type Settings = { readonly config: Config; readonly profiles: readonly Profile[] };

type Loaded<Value> = { readonly value?: Value; readonly mistakes: readonly Mistake[] };

const loaded = <Value>(load: () => Value): Loaded<Value> => {
  try {
    return { value: load(), mistakes: [] };
  } catch (thrown) {
    if (thrown instanceof ConfigError) return { mistakes: thrown.mistakes };
    throw thrown;
  }
};

/** The config of a file, or all defaults, and the profiles of a folder. Throws one `ConfigError` with all mistakes of both. */
export const loadSettings = (configFile: string | undefined, profilesFolder: string): Settings => {
  const profiles = loaded(() => loadProfiles(profilesFolder));
  const names = profiles.value?.map(({ name }) => name);
  const config = loaded(() => loadConfig(configFile, names));
  if (config.value === undefined || profiles.value === undefined) {
    throw new ConfigError([...config.mistakes, ...profiles.mistakes]);
  }
  return { config: config.value, profiles: profiles.value };
};

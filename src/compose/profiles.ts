import { ConfigError } from '../config/mistake.ts';
import type { LoadedProfiles } from '../config/profiles.ts';
import type { Profile } from '../core/controller/profile.ts';

/** Where profiles are read from, all or those of some names, as they are now; and the player's own folder. */
export type ProfileSource = {
  readonly load: (wanted?: readonly string[]) => LoadedProfiles;
  readonly ownFolder: string;
};

/** The profile of a name. Throws a `ConfigError` with all mistakes where it was left out for one. */
export const profileNamed = ({ profiles, mistakes }: LoadedProfiles, name: string): Profile => {
  const found = profiles.find(({ profile }) => profile.name === name);
  if (found === undefined) throw new ConfigError(mistakes);
  return found.profile;
};

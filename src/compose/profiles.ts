import type { LoadedProfile, LoadedProfiles } from '../config/profiles.ts';
import type { Profile } from '../core/controller/profile.ts';

/** Where profiles are read from, all or those of some names, as they are now; and the player's own folder. */
export type ProfileSource = {
  readonly load: (wanted?: readonly string[]) => LoadedProfiles;
  readonly ownFolder: string;
};

/** The profile of a name that has been checked against those that there are. */
export const profileNamed = (profiles: readonly LoadedProfile[], name: string): Profile => {
  const found = profiles.find(({ profile }) => profile.name === name);
  if (found === undefined) throw new Error(`there is no profile "${name}"`);
  return found.profile;
};

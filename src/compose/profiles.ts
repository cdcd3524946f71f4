import type { Profile } from '../core/controller/profile.ts';

/** The profile of a name that has been checked against those that there are. */
export const profileNamed = (profiles: readonly Profile[], name: string): Profile => {
  const found = profiles.find((profile) => profile.name === name);
  if (found === undefined) throw new Error(`there is no profile "${name}"`);
  return found;
};

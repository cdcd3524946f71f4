import { fileURLToPath } from 'node:url';
import { loadProfiles } from '../config/profiles.ts';
import { didYouMean } from '../config/wording.ts';
import type { Profile } from '../core/controller/profile.ts';
import { UserError } from '../core/errors.ts';

/** The profiles that come with the program. */
export const shippedProfiles = (): readonly Profile[] =>
  loadProfiles(fileURLToPath(new URL('../../config/controllers', import.meta.url)));

/** The profile of a name; an unknown one is refused with those that there are. */
export const profileNamed = (profiles: readonly Profile[], name: string): Profile => {
  const found = profiles.find((profile) => profile.name === name);
  if (found !== undefined) return found;
  const names = profiles.map((profile) => profile.name);
  const hint = didYouMean(name, names);
  throw new UserError(
    'profile-unknown',
    `midi.controllers: there is no profile "${name}"; there are ${names.join(', ')}${hint === undefined ? '' : `; ${hint}`}`,
  );
};

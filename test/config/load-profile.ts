import { readChecked } from '../../src/config/check.ts';
import { ConfigError } from '../../src/config/mistake.ts';
import { profileSchema } from '../../src/config/profile/form.ts';
import { profileName } from '../../src/config/profiles.ts';
import type { Profile } from '../../src/core/controller/profile.ts';

/** The profile in a file. Throws a `ConfigError` that tells all its mistakes. */
export const loadProfile = (path: string): Profile => {
  const checked = readChecked(path)(profileSchema(profileName(path)));
  if ('mistakes' in checked) throw new ConfigError(checked.mistakes);
  return checked.value;
};

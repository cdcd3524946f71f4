import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Profile } from '../core/controller/profile.ts';
import { type Checked, checkFile } from './check.ts';
import { ConfigError, fileMistake } from './mistake.ts';
import { profileSchema } from './profile-schema.ts';
import { systemCode } from './source.ts';

const extension = '.yaml';

const check = (path: string): Checked<Profile> => checkFile(path, profileSchema(basename(path, extension)));

/** The controller profile in a file, whose name is the file's. Throws a `ConfigError` that tells all mistakes at once. */
export const loadProfile = (path: string): Profile => {
  const checked = check(path);
  if ('mistakes' in checked) throw new ConfigError(checked.mistakes);
  return checked.value;
};

const namesIn = (folder: string): string[] => {
  try {
    return readdirSync(folder).sort();
  } catch (thrown) {
    const text = `cannot be read (${systemCode(thrown)}); allowed is a folder of profiles; check the path`;
    throw new ConfigError([fileMistake(folder, 'no-folder', text)]);
  }
};

const misnamed = (path: string): Checked<Profile> => ({
  mistakes: [fileMistake(path, 'bad-name', 'ends in .yml; allowed is .yaml; rename it')],
});

/**
 * All profiles (`*.yaml`) of a folder, by name; hidden files and other files are passed over. Throws one `ConfigError`
 * with the mistakes of all of them.
 */
export const loadProfiles = (folder: string): Profile[] => {
  const results = namesIn(folder)
    .filter((name) => !name.startsWith('.'))
    .flatMap((name) => {
      if (name.endsWith('.yml')) return [misnamed(join(folder, name))];
      return name.endsWith(extension) ? [check(join(folder, name))] : [];
    });
  const mistakes = results.flatMap((result) => ('mistakes' in result ? result.mistakes : []));
  if (mistakes.length > 0) throw new ConfigError(mistakes);
  return results.flatMap((result) => ('value' in result ? [result.value] : []));
};

import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Profile } from '../core/controller/profile.ts';
import { type Checked, checkSource, checkText } from './check.ts';
import { type Compiled, compiledIn, compiledKey } from './compiled.ts';
import { fileMistake, type Mistake } from './mistake.ts';
import { profileSchema } from './profile/form.ts';
import { systemCode } from './source.ts';

const extension = '.yaml';

/** The name of the profile in a file. */
export const profileName = (file: string): string => basename(file, extension);

const check = (path: string, compiled: Compiled): Checked<Profile> =>
  checkSource(path, (text) => {
    const name = profileName(path);
    const known = compiled.get(compiledKey(name, text));
    return known === undefined ? checkText(path, text, profileSchema(name)) : { value: known };
  });

/** A profile, whether it is the player's own, and where it was read. */
export type LoadedProfile = { readonly profile: Profile; readonly own: boolean; readonly file: string };

export type LoadedProfiles = {
  readonly profiles: readonly LoadedProfile[];
  /** Of the files that were left out. */
  readonly mistakes: readonly Mistake[];
};

/** Names of profiles; undefined is all. */
type Wanted = readonly string[] | undefined;

type Names = { readonly names: readonly string[]; readonly mistakes: readonly Mistake[] };

/** The player need not have a folder; the program comes with one. */
const namesIn = (folder: string, own: boolean): Names => {
  try {
    return { names: readdirSync(folder).filter((name) => !name.startsWith('.')), mistakes: [] };
  } catch (thrown) {
    const code = systemCode(thrown);
    if (own && code === 'ENOENT') return { names: [], mistakes: [] };
    const text = `cannot be read (${code}); allowed is a folder of profiles; check the path`;
    return { names: [], mistakes: [fileMistake(folder, 'no-folder', text)] };
  }
};

const misnamed = (path: string): Checked<Profile> => ({
  mistakes: [fileMistake(path, 'bad-name', 'ends in .yml; allowed is .yaml; rename it')],
});

const isProfile = (name: string): boolean => name.endsWith(extension);

const loadFolder = (folder: string, own: boolean, wanted: Wanted, compiled: Compiled): LoadedProfiles => {
  const { names, mistakes } = namesIn(folder, own);
  const results = names
    .filter((name) => wanted === undefined || wanted.includes(profileName(name)))
    .sort()
    .flatMap((name) => {
      const file = join(folder, name);
      if (name.endsWith('.yml')) return [{ file, checked: misnamed(file) }];
      return isProfile(name) ? [{ file, checked: check(file, compiled) }] : [];
    });
  return {
    profiles: results.flatMap(({ file, checked }) =>
      'value' in checked ? [{ profile: checked.value, own, file }] : [],
    ),
    mistakes: [...mistakes, ...results.flatMap(({ checked }) => ('mistakes' in checked ? checked.mistakes : []))],
  };
};

/** The names of all profiles of some folders, read or not: what is in the files is not looked at. */
export const profileNames = (folders: readonly string[]): readonly string[] =>
  [...new Set(folders.flatMap((folder) => namesIn(folder, true).names.filter(isProfile).map(profileName)))].sort();

/**
 * All profiles (`*.yaml`) of some folders, by name: first the folder that comes with the program, then the player's own, whose
 * profiles take the place of others of their name. Hidden files and other files are passed over; files with mistakes are left
 * out and told. Only those that are wanted are read, which takes some milliseconds each, but for those that the build has compiled
 * into a file. Never throws.
 */
export const loadProfiles = (folders: readonly string[], wanted?: Wanted, compiledFile?: string): LoadedProfiles => {
  const compiled: Compiled = compiledFile === undefined ? new Map() : compiledIn(compiledFile);
  const loaded = folders.map((folder, at) => loadFolder(folder, at > 0, wanted, compiled));
  const byName = new Map(loaded.flatMap(({ profiles }) => profiles).map((found) => [found.profile.name, found]));
  return {
    profiles: [...byName.keys()].sort().flatMap((name) => byName.get(name) ?? []),
    mistakes: loaded.flatMap(({ mistakes }) => mistakes),
  };
};

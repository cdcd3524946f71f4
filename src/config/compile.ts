import { type Compiled, compiledKey } from './compiled.ts';
import { loadProfiles } from './profiles.ts';
import { readSource } from './source.ts';

/** The profiles of a folder, for the build. Those with mistakes are left out: who starts the looper is told of them. */
export const compileProfiles = (folder: string): Compiled =>
  new Map(
    loadProfiles([folder]).profiles.map(({ profile, file }) => [compiledKey(profile.name, readSource(file)), profile]),
  );

import { join } from 'node:path';
import type { StoredSet } from '../../../core/set/kept-set.ts';
import type { Rate } from '../../../core/time/units.ts';
import { realDisk } from '../disk.ts';
import { Bin } from './bin.ts';
import { setFolders } from './folder-names.ts';
import { generationNames } from './generations.ts';
import { readManifest } from './manifest-file.ts';
import { SavedSets } from './saved-sets.ts';
import { notWhole, openSound, soundPath } from './sound-file.ts';

/** The newest current set that can be read; undefined where there is none. */
const currentIn = (folder: string): StoredSet | undefined => {
  const { current } = setFolders(folder);
  for (const name of generationNames(current, realDisk).toReversed()) {
    const file = readManifest(join(current, name), realDisk);
    if (file.kind === 'sound') return file.set;
  }
  return undefined;
};

/**
 * A set out of a folder that a looper may be writing into: the one of a name, else the current one, which may not be there yet. Changes nothing.
 * Blocking; throws the codes of `SetStore.find`.
 */
export const storedSet = (folder: string, name: string | undefined): StoredSet | undefined => {
  if (name === undefined) return currentIn(folder);
  const { saved, bin } = setFolders(folder);
  return new SavedSets(saved, new Bin(bin, realDisk), realDisk).find(name);
};

/** All of a sound, interleaved stereo, its lead-in first. Blocking; throws `sound-missing`, `sound-damaged` and what the disk throws. */
export const storedSound = (
  folder: string,
  name: string,
): { readonly rate: Rate; readonly samples: Float32Array<ArrayBuffer> } => {
  const { sounds } = setFolders(folder);
  const sound = openSound(sounds, name, realDisk);
  try {
    const samples = new Float32Array(sound.frames * 2);
    let at = 0;
    for (let slice = sound.next(); slice.length > 0; slice = sound.next()) {
      samples.set(slice, at);
      at += slice.length;
    }
    if (!sound.isWhole()) throw notWhole(soundPath(sounds, name));
    return { rate: sound.rate, samples };
  } finally {
    sound.close();
  }
};

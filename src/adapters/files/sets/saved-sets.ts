import { join } from 'node:path';
import { UserError } from '../../../core/errors.ts';
import type { StoredSet } from '../../../core/set/kept-set.ts';
import { setKeyOf, setNameOf } from '../../../core/set/set-name.ts';
import type { SetView } from '../../../ports/set-store.ts';
import type { Disk } from '../disk.ts';
import { setAside } from '../set-aside.ts';
import { syncFolder } from '../write-aside.ts';
import type { Bin } from './bin.ts';
import { fileSlug } from './file-slug.ts';
import { namesIn } from './folder-names.ts';
import { type ManifestFile, readManifest, writeText } from './manifest-file.ts';
import { manifestText } from './manifest-text.ts';
import { viewOf } from './set-view.ts';
import { keepMistaken, troublesOf } from './told-file.ts';

type Listed = { readonly sets: readonly SetView[]; readonly troubles: readonly string[] };

/** Why a set that was asked for cannot be had. */
const refusal = (name: string, path: string, file: Exclude<ManifestFile, { readonly kind: 'sound' }>): UserError => {
  switch (file.kind) {
    case 'missing':
      return new UserError(
        'set-missing',
        `set "${name}": there is none; sets that were saved can be had; see the list`,
      );
    case 'newer':
      return new UserError(
        'set-newer',
        `${path}: is of version ${file.version}, which a newer Hindsight wrote; it is left as it is; update, or move it away`,
      );
    case 'damaged':
      return new UserError('set-damaged', `${path}: ${file.what}; a manifest is needed; mend it, or delete it`);
    case 'unreadable':
      return new UserError('set-damaged', file.what);
  }
};

const silent = (set: StoredSet): StoredSet => ({
  ...set,
  tracks: set.tracks.map((track) => ({ ...track, playing: false })),
});

const nameTaken = (name: string): UserError =>
  new UserError('set-name-taken', `set "${name}": there is one already; a new name is needed; give another`);

/** The sets that were saved under names, a file for each. Blocking; throws the port's codes and what the disk throws. */
export class SavedSets {
  readonly #folder: string;
  readonly #bin: Bin;
  readonly #disk: Disk;

  constructor(folder: string, bin: Bin, disk: Disk) {
    this.#folder = folder;
    this.#bin = bin;
    this.#disk = disk;
  }

  list(): Listed {
    const troubles: string[] = [];
    const sets: SetView[] = [];
    for (const name of namesIn(this.#folder, this.#disk)) {
      if (!name.endsWith('.json') || name.startsWith('.')) continue;
      const path = join(this.#folder, name);
      const file = readManifest(path, this.#disk);
      troubles.push(...troublesOf(path, file, this.#disk));
      if (file.kind !== 'sound') continue;
      const saved = file.set.name;
      if (saved !== null && this.#pathOf(saved) === path) sets.push(viewOf(file.set, saved));
      else troubles.push(`${path}: ${this.#misnamed(saved)}`);
    }
    return { sets: sets.sort((one, other) => (setKeyOf(one.name) < setKeyOf(other.name) ? -1 : 1)), troubles };
  }

  find(text: string): StoredSet {
    return this.#read(text).set;
  }

  /** A set with its text. */
  #read(text: string): Extract<ManifestFile, { readonly kind: 'sound' }> {
    const name = setNameOf(text);
    const path = this.#pathOf(name);
    const file = readManifest(path, this.#disk);
    if (file.kind === 'sound') return file;
    throw refusal(name, path, file);
  }

  /** A set that is about to go from its place. */
  #leaving(text: string): StoredSet {
    const file = this.#read(text);
    keepMistaken(this.#pathOf(setNameOf(text)), file, this.#disk);
    return file.set;
  }

  /** Whether a set is saved under its own name, just as it is but for which tracks play. */
  hasAsItIs(set: StoredSet): boolean {
    const file = set.name === null ? undefined : readManifest(this.#pathOf(set.name), this.#disk);
    return file?.kind === 'sound' && manifestText(silent(file.set)) === manifestText(silent(set));
  }

  /** Saves a set under a name. What had the name is in the bin before it is replaced, so that at no moment it is nowhere. */
  save(text: string, set: StoredSet): void {
    const name = setNameOf(text);
    const path = this.#pathOf(name);
    const saved = { ...set, name };
    const before = readManifest(path, this.#disk);
    if (before.kind === 'newer' || before.kind === 'unreadable') throw refusal(name, path, before);
    if (before.kind === 'damaged') setAside(path, this.#disk);
    if (before.kind === 'sound') {
      if (before.text === manifestText(saved)) {
        syncFolder(this.#folder, this.#disk);
        return;
      }
      keepMistaken(path, before, this.#disk);
      this.#bin.add(before.set);
    }
    writeText(path, manifestText(saved), this.#disk);
  }

  /** Saves a set under a name that no other has. Throws `set-name-taken`. */
  saveNew(name: string, set: StoredSet): void {
    if (readManifest(this.#pathOf(name), this.#disk).kind !== 'missing') throw nameTaken(name);
    this.save(name, set);
  }

  rename(from: string, text: string): void {
    const set = this.#leaving(from);
    const name = setNameOf(text);
    const [old, path] = [this.#pathOf(setNameOf(from)), this.#pathOf(name)];
    const renamed = manifestText({ ...set, name });
    const there = path === old ? undefined : readManifest(path, this.#disk);
    // The very set under the new name is what a rename has left that did not come to its end.
    if (there !== undefined && there.kind !== 'missing' && !(there.kind === 'sound' && there.text === renamed)) {
      throw nameTaken(name);
    }
    writeText(path, renamed, this.#disk);
    if (path !== old) this.#take(old);
  }

  /** Puts a set into the bin. */
  remove(name: string): void {
    this.#bin.add(this.#leaving(name));
    this.#take(this.#pathOf(setNameOf(name)));
  }

  #take(path: string): void {
    this.#disk.rmSync(path, { force: true });
    syncFolder(this.#folder, this.#disk);
  }

  #misnamed(name: string | null): string {
    if (name === null) return 'has no name; a saved set needs one; write one into it';
    return `is called as another set than "${name}", which it holds; it is left out; rename it to ${fileSlug(name)}.json`;
  }

  #pathOf(name: string): string {
    return join(this.#folder, `${fileSlug(name)}.json`);
  }
}

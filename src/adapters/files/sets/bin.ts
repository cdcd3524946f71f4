import { join } from 'node:path';
import { UserError } from '../../../core/errors.ts';
import type { StoredSet } from '../../../core/set/kept-set.ts';
import type { SetView } from '../../../ports/set-store.ts';
import type { Disk } from '../disk.ts';
import { fileSlug } from './file-slug.ts';
import { namesIn } from './folder-names.ts';
import { readManifest, writeText } from './manifest-file.ts';
import { manifestText } from './manifest-text.ts';
import { viewOf } from './set-view.ts';

/** Enough for a day's mistakes; their sounds take the room. */
export const mostBinned = 32;

type Binned = { readonly path: string; readonly number: number };

/** Sets that were removed or replaced, numbered as they came. Blocking; throws what the disk throws. */
export class Bin {
  readonly #folder: string;
  readonly #disk: Disk;

  constructor(folder: string, disk: Disk) {
    this.#folder = folder;
    this.#disk = disk;
  }

  /** Puts a set into the bin, unless it is the one that came last; what is too old goes. */
  add(set: StoredSet): void {
    const binned = this.#binned();
    const last = binned.at(-1);
    const text = manifestText(set);
    const newest = last && readManifest(last.path, this.#disk);
    if (newest?.kind === 'sound' && newest.text === text) return;
    const path = join(this.#folder, `${fileSlug(set.name)}.${(last?.number ?? 0) + 1}.json`);
    writeText(path, text, this.#disk);
    for (const { path: old } of binned.slice(0, Math.max(0, binned.length + 1 - mostBinned))) this.#give(old);
  }

  /** The newest first. What cannot be read is passed over. */
  list(): readonly SetView[] {
    return this.#sets().map((set) => viewOf(set, set.name ?? 'without a name'));
  }

  /** The set at a place in the list, from 1. Throws `set-missing`. */
  at(place: number): StoredSet {
    const set = this.#sets()[place - 1];
    if (set !== undefined) return set;
    throw new UserError('set-missing', `bin: there is nothing at place ${place}; see the list of what is in the bin`);
  }

  #sets(): readonly StoredSet[] {
    return this.#binned()
      .toReversed()
      .flatMap(({ path }) => {
        const file = readManifest(path, this.#disk);
        return file.kind === 'sound' ? [file.set] : [];
      });
  }

  /** Gives the oldest set up; false where there is none. */
  dropOldest(): boolean {
    const [oldest] = this.#binned();
    if (oldest === undefined) return false;
    this.#disk.rmSync(oldest.path, { force: true });
    return true;
  }

  #give(path: string): void {
    try {
      this.#disk.rmSync(path, { force: true });
    } catch {
      // The set that came is in the bin, which is what was asked. The next one finds the old ones again.
    }
  }

  #binned(): readonly Binned[] {
    return namesIn(this.#folder, this.#disk)
      .flatMap((name) => {
        const [, digits] = /\.(\d{1,15})\.json$/.exec(name) ?? [];
        return digits === undefined || name.startsWith('.')
          ? []
          : [{ path: join(this.#folder, name), number: Number(digits) }];
      })
      .sort((one, other) => one.number - other.number);
  }
}

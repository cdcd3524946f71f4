import { join } from 'node:path';
import type { StoredSet } from '../../../core/set/kept-set.ts';
import type { Disk } from '../disk.ts';
import { syncFolder } from '../write-aside.ts';
import { namesIn } from './folder-names.ts';
import { readManifest, writeText } from './manifest-file.ts';
import { manifestText } from './manifest-text.ts';
import { troublesOf } from './told-file.ts';

const digits = 8;
/** One stands by, should the newest not survive what the disk does to it. */
const kept = 2;

/** The names of the generations in a folder, the oldest first. Blocking; throws what node:fs throws. */
export const generationNames = (folder: string, disk: Disk): readonly string[] =>
  namesIn(folder, disk)
    .filter((name) => /^\d{8}\.json$/.test(name))
    .toSorted();

type Newest = { readonly path: string; readonly text: string; readonly set: StoredSet };

/** The current set: each state of it a file with the next number, of which the last two stay. Blocking; throws what the disk throws. */
export class Generations {
  readonly #folder: string;
  readonly #disk: Disk;
  #newest: Newest | undefined;
  #lastNumber = 0;
  /** What a newer Hindsight wrote, or what could not be read, is not ours to remove. */
  readonly #strange = new Set<number>();

  constructor(folder: string, disk: Disk) {
    this.#folder = folder;
    this.#disk = disk;
  }

  /** The set as it was written last. */
  get set(): StoredSet | undefined {
    return this.#newest?.set;
  }

  /** Finds the newest set that can be read, and tells of those that cannot. */
  recover(tell: (trouble: string) => void): StoredSet | undefined {
    for (const number of this.#numbers().toReversed()) {
      const path = this.#pathOf(number);
      const file = readManifest(path, this.#disk);
      if (file.kind === 'newer' || file.kind === 'unreadable') this.#strange.add(number);
      troublesOf(path, file, this.#disk).forEach(tell);
      if (file.kind !== 'sound') continue;
      // Whoever wrote it may have been killed before its name was on disk.
      syncFolder(this.#folder, this.#disk);
      this.#newest = { path, text: file.text, set: file.set };
      return file.set;
    }
    return undefined;
  }

  /** Whether the set had to be written: it is the current one now, and on disk. */
  write(set: StoredSet): boolean {
    const text = manifestText(set);
    if (this.#newest?.text === text && this.#isNewestThere()) return false;
    this.#lastNumber = Math.max(this.#lastNumber, ...this.#numbers()) + 1;
    const path = this.#pathOf(this.#lastNumber);
    writeText(path, text, this.#disk);
    this.#newest = { path, text, set };
    this.#prune();
    return true;
  }

  #isNewestThere(): boolean {
    const size = this.#newest && this.#disk.statSync(this.#newest.path, { throwIfNoEntry: false })?.size;
    return size === Buffer.byteLength(this.#newest?.text ?? '');
  }

  /** Gives up what stands by, whose sounds take room; false where there is none. The newest has to be there. */
  dropOld(): boolean {
    const old = this.#isNewestThere() ? this.#old(1) : [];
    for (const number of old) this.#disk.rmSync(this.#pathOf(number), { force: true });
    return old.length > 0;
  }

  /** All but the newest `count` of ours. */
  #old(count: number): readonly number[] {
    return this.#numbers()
      .filter((number) => !this.#strange.has(number))
      .slice(0, -count);
  }

  #prune(): void {
    try {
      for (const number of this.#old(kept)) this.#disk.rmSync(this.#pathOf(number), { force: true });
    } catch {
      // The set is on disk, which is what was asked. The next one finds the old ones again.
    }
  }

  #numbers(): readonly number[] {
    return generationNames(this.#folder, this.#disk).map((name) => Number.parseInt(name, 10));
  }

  #pathOf(number: number): string {
    return join(this.#folder, `${String(number).padStart(digits, '0')}.json`);
  }
}

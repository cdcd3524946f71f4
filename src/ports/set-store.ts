import type { HeldLoop, HeldSet, StoredSet } from '../core/set/kept-set.ts';
import type { Frame, Rate } from '../core/time/units.ts';
import type { LoopSound } from './audio-engine.ts';

/** Why nothing can be kept: a stable code, and words. */
export type StorageFailure = { readonly code: string; readonly reason: string };

/**
 * What was found on disk at the start, in words what was wrong with it, with the disk and with what room it has, and why nothing can be kept
 * where that is so.
 */
export type Recovered = {
  readonly set: StoredSet | undefined;
  readonly troubles: readonly string[];
  readonly failure: StorageFailure | undefined;
};

/** A set that was saved under a name. */
export type SetView = {
  readonly name: string;
  readonly bpm: number;
  readonly beatsPerBar: number;
  readonly tracks: number;
  /** Of all its loops together. */
  readonly seconds: number;
  /** On disk. Sounds that it shares with other sets are counted in each. */
  readonly bytes: number;
};

/** What the store has done since the start: flash wears out by it. */
export type StoreFigures = {
  readonly filesWritten: number;
  readonly bytesWritten: number;
  /** What is left on the disk. */
  readonly freeBytes: number;
};

/** A WAV file to become a loop: what it holds, at the session's rate. */
export type ImportedSound = { readonly frames: Frame };

/**
 * Keeps sets, on a thread of its own. All methods reject with a `UserError` whose code is stable, and harm nothing that was
 * there; what resolves outlives a power cut. Calls are done in their order, but `keep` goes before the rest of long reads and writes.
 */
export interface SetStore {
  /**
   * To be called first. What is damaged is set aside and told, the rest is there. Reads no samples. Rejects `sets-in-use` where another
   * process has the folder.
   */
  recover(): Promise<Recovered>;
  /**
   * Makes sure that sets can be kept, and writes none. A set that `recover` could not get at goes to the bin, since what is played by now is to
   * take its place. Rejects with why nothing can be kept.
   */
  ready(): Promise<void>;
  /**
   * Keeps the current set in place of what it was. A loop that is not on disk, or no longer, is written from `sounds`, by loop id; those of
   * `undoable` loops that are on disk stay there, though no set has them. Where all is on disk already nothing is written. Rejects
   * `sound-missing` for a loop that is neither on disk nor in `sounds`, and `disk-full` where a sound would take what is reserved.
   */
  keep(set: HeldSet, sounds: ReadonlyMap<number, LoopSound>, undoable: readonly HeldLoop[]): Promise<void>;
  /**
   * Reads a sound of a stored set into a loop's memory, which has as many frames as `framesAt` says. One of another rate is
   * converted: that is a new sound, which the next `keep` needs to be given. Rejects `sound-damaged` where it is not what was written, `sound-missing`, `sound-misfit` for memory of another length; the memory is to be thrown away then.
   */
  read(sound: string, into: LoopSound): Promise<void>;
  /** The frames that a sound of some frames at a rate has at the session's. */
  framesAt(frames: Frame, rate: Rate): Frame;
  /** In the order of their names. Those that cannot be read are left out and told. */
  list(): Promise<{ readonly sets: readonly SetView[]; readonly troubles: readonly string[] }>;
  /**
   * Saves the current set, as kept last, under a name (see `setNameOf`, whose code is rejected); a set that had it goes to the bin. Names that
   * differ in capitals only are one. Rejects `set-none` where none was kept.
   */
  save(name: string): Promise<void>;
  /** Rejects `set-missing`; `set-damaged` and `set-newer` for what cannot be read. So do `rename` and, but for damage, `remove`. */
  find(name: string): Promise<StoredSet>;
  /** Rejects `set-name-taken` where another set has the name. */
  rename(name: string, to: string): Promise<void>;
  /** Into the bin, whose oldest sets go when there are many or the disk is full. */
  remove(name: string): Promise<void>;
  /** What is in the bin, the newest first. */
  listBin(): Promise<readonly SetView[]>;
  /**
   * Saves the set at a place in the bin's list, from 1, under a name, else its own; gives that. It stays in the bin. Rejects `set-missing`,
   * `set-name-taken`.
   */
  recoverFromBin(place: number, name: string | undefined): Promise<string>;
  /** Puts the current set, as kept last, into the bin: it is about to be replaced. Does nothing where it is empty or is saved as it is. */
  binCurrent(): Promise<void>;
  /** Looks at a WAV file that is to be imported. */
  inspect(path: string): Promise<ImportedSound>;
  /** Reads a WAV file into a loop's memory, at the session's rate; what the file is too short for is silence. */
  importInto(path: string, into: LoopSound): Promise<void>;
  /** Writes a WAV file, at the session's rate, of what `next` gives, interleaved stereo piece by piece, until it gives nothing more. */
  write(path: string, next: () => Float32Array | undefined): Promise<void>;
  figures(): Promise<StoreFigures>;
  /** Ends what was asked, and lets go of the folder. Later calls reject `sets-closed`. */
  close(): Promise<void>;
}

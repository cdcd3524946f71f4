import { constants } from 'node:fs';
import { errnoOf, messageOf, UserError } from '../../../core/errors.ts';
import type { HeldLoop, HeldSet, KeptTrack, StoredSet } from '../../../core/set/kept-set.ts';
import { setNameOf } from '../../../core/set/set-name.ts';
import type { Frame, Rate } from '../../../core/time/units.ts';
import type { LoopSound } from '../../../ports/audio-engine.ts';
import type { ImportedSound, Recovered, SetView, StorageFailure, StoreFigures } from '../../../ports/set-store.ts';
import { type Disk, realDisk } from '../disk.ts';
import { makeFolder } from '../made-folder.ts';
import { openWav } from '../wav-reader.ts';
import { createWav, type WavWriter } from '../wav-writer.ts';
import { writeError } from '../write-aside.ts';
import { Bin } from './bin.ts';
import { countedDisk, type Wear } from './counted-disk.ts';
import { FolderLock } from './folder-lock.ts';
import { type SetFolders, setFolders } from './folder-names.ts';
import { Generations } from './generations.ts';
import { framesAt, type Pause, pour } from './pour.ts';
import { freeBytesAt, makeRoom, roomTrouble } from './room.ts';
import { SavedSets } from './saved-sets.ts';
import { Sounds } from './sounds.ts';
import { sweepLeftovers, sweepSounds } from './sweep.ts';
import { wavSource } from './wav-source.ts';

export type SetFolderOptions = {
  /** Made where it is missing. */
  readonly folder: string;
  /** The session's. */
  readonly rate: Rate;
  /** What new loops leave free on the disk. */
  readonly reserveBytes: number;
};

type HeldTrack = KeptTrack<HeldLoop>;
type StoredTrack = KeptTrack<{ readonly sound: string }>;

/**
 * What the port `SetStore` promises, done at once by whoever calls, in whose thread it blocks. What reads for long pauses between slices, and
 * other calls may be made then. Throws the port's codes, those of `openAside` and of `openInput`; a call that threw can be made again.
 */
export class SetFolder {
  readonly #folders: SetFolders;
  readonly #rate: Rate;
  readonly #reserveBytes: number;
  readonly #disk: Disk;
  readonly #wear: Wear = { filesWritten: 0, bytesWritten: 0 };
  readonly #lock: FolderLock;
  readonly #generations: Generations;
  readonly #saved: SavedSets;
  readonly #bin: Bin;
  readonly #sounds: Sounds;
  /** What there was on disk is known, so that what is kept takes the place of nothing that nobody has seen. */
  #isKnown = false;

  constructor({ folder, rate, reserveBytes }: SetFolderOptions, disk: Disk = realDisk) {
    this.#folders = setFolders(folder);
    this.#rate = rate;
    this.#reserveBytes = reserveBytes;
    this.#disk = countedDisk(disk, this.#wear);
    this.#lock = new FolderLock(folder, this.#disk);
    this.#sounds = new Sounds(this.#folders.sounds, rate, this.#disk);
    this.#generations = new Generations(this.#folders.current, this.#disk);
    this.#bin = new Bin(this.#folders.bin, this.#disk);
    this.#saved = new SavedSets(this.#folders.saved, this.#bin, this.#disk);
  }

  /** Throws `sets-in-use` and nothing else: whatever can still be read is. */
  recover(): Recovered {
    // A disk that is gone says the same at each step.
    const troubles = new Set<string>();
    let failure: StorageFailure | undefined;
    const tell = (trouble: string | undefined): void => {
      if (trouble !== undefined) troubles.add(trouble);
    };
    const fail = (thrown: unknown): void => {
      failure ??= { code: String(errnoOf(thrown) ?? 'storage-failed'), reason: messageOf(thrown) };
    };
    const attempt = <Value>(
      act: () => Value,
      told = (thrown: unknown) => tell(messageOf(thrown)),
    ): Value | undefined => {
      try {
        return this.#guarded(act);
      } catch (thrown) {
        if (thrown instanceof UserError && thrown.code === 'sets-in-use') throw thrown;
        told(thrown);
        return undefined;
      }
    };
    attempt(() => this.#hold(), fail);
    attempt(() => this.#checkRights(), fail);
    if (this.#lock.held) attempt(() => sweepLeftovers(this.#folders, this.#disk));
    const set = attempt(() => this.#look(tell), fail);
    const whole = set && { ...set, tracks: set.tracks.filter((track) => attempt(() => this.#hasSound(track, tell))) };
    this.#sounds.await((set?.tracks ?? []).map(({ loop }) => loop.sound));
    // What is left out would be gone with the next set that is kept, though it may be had back by hand.
    if (this.#lock.held && set !== undefined && whole?.tracks.length !== set.tracks.length)
      attempt(() => this.#bin.add(set));
    if (this.#lock.held) tell(this.#sweep());
    tell(attempt(() => roomTrouble(this.#folders.root, this.#freeBytes(), this.#reserveBytes)));
    // Said once, however many steps have met it.
    if (failure !== undefined) troubles.delete(failure.reason);
    return { set: whole, troubles: [...troubles], failure };
  }

  ready(): void {
    this.#guarded(() => {
      this.#prepare();
      this.#checkRights();
    });
  }

  keep(set: HeldSet, sounds: ReadonlyMap<number, LoopSound>, undoable: readonly HeldLoop[]): void {
    this.#guarded(() => {
      this.#prepare();
      // Before anything is written: what nobody wants any more leaves its room to the new ones.
      const forgot = this.#sounds.settle(
        set.tracks.map(({ loop }) => loop),
        undoable,
      );
      const tracks = set.tracks.map((track) => this.#storedTrack(track, sounds));
      const wrote = this.#generations.write({ ...set, rate: this.#rate, tracks });
      if (wrote || forgot) this.#sweep();
    });
  }

  async read(sound: string, into: LoopSound, pause: Pause): Promise<void> {
    try {
      await this.#sounds.read(sound, into, pause);
    } catch (thrown) {
      throw this.#told(thrown);
    }
  }

  framesAt(frames: Frame, rate: Rate): Frame {
    return framesAt(frames, rate, this.#rate);
  }

  list(): { readonly sets: readonly SetView[]; readonly troubles: readonly string[] } {
    return this.#guarded(() => this.#saved.list());
  }

  save(name: string): void {
    this.#change(() => this.#saved.save(name, this.#current()));
  }

  find(name: string): StoredSet {
    return this.#guarded(() => this.#saved.find(name));
  }

  rename(name: string, to: string): void {
    this.#change(() => this.#saved.rename(name, to));
  }

  remove(name: string): void {
    this.#change(() => this.#saved.remove(name));
  }

  listBin(): readonly SetView[] {
    return this.#guarded(() => this.#bin.list());
  }

  recoverFromBin(place: number, name: string | undefined): string {
    const set = this.#guarded(() => this.#bin.at(place));
    const wanted = setNameOf(name ?? set.name ?? `Set ${place} of the bin`);
    this.#change(() => this.#saved.saveNew(wanted, set));
    return wanted;
  }

  binCurrent(): void {
    this.#change(() => this.#binNewest());
  }

  inspect(path: string): ImportedSound {
    const wav = openWav(path, this.#disk);
    const { frames, rate } = wav;
    wav.close();
    return { frames: this.framesAt(frames, rate) };
  }

  async importInto(path: string, into: LoopSound, pause: Pause): Promise<void> {
    const wav = openWav(path, this.#disk);
    try {
      await pour(wavSource(wav), into, this.#rate, pause);
    } finally {
      wav.close();
    }
  }

  /** A WAV file at the session's rate, to be written piece by piece. */
  openOut(path: string): WavWriter {
    return createWav(path, this.#rate, undefined, this.#disk);
  }

  figures(): StoreFigures {
    return this.#guarded(() => ({ ...this.#wear, freeBytes: this.#freeBytes() }));
  }

  close(): void {
    this.#guarded(() => this.#lock.release());
  }

  #freeBytes(): number {
    return freeBytesAt(this.#folders.root, this.#disk);
  }

  #current(): StoredSet {
    const set = this.#generations.set;
    if (set !== undefined) return set;
    throw new UserError('set-none', 'sets: no set was kept yet; a set that was played can be saved; play one');
  }

  #binNewest(): void {
    const set = this.#generations.set;
    if (set !== undefined && set.tracks.length > 0 && !this.#saved.hasAsItIs(set)) this.#bin.add(set);
  }

  #hold(): void {
    for (const folder of Object.values(this.#folders)) makeFolder(folder, this.#disk);
    this.#lock.hold();
  }

  /** Each folder is read, and written into, sooner or later. */
  #checkRights(): void {
    const { R_OK, W_OK, X_OK } = constants;
    for (const folder of Object.values(this.#folders)) {
      try {
        this.#disk.accessSync(folder, R_OK | W_OK | X_OK);
      } catch (thrown) {
        throw writeError(folder, thrown);
      }
    }
  }

  /** Where the folder is not to be had, as on a disk that is not there yet, nothing found means nothing. */
  #look(tell: (trouble: string) => void): StoredSet | undefined {
    const set = this.#generations.recover(tell);
    this.#isKnown = this.#lock.held || set !== undefined;
    return set;
  }

  /** Before anything is written: the folders may have been removed meanwhile, or be there only now, with a set that would be replaced. */
  #prepare(): void {
    this.#hold();
    if (this.#isKnown) return;
    this.#look(() => undefined);
    this.#binNewest();
  }

  #change(act: () => void): void {
    this.#guarded(() => {
      this.#prepare();
      act();
      this.#sweep();
    });
  }

  #sweep(): string | undefined {
    return sweepSounds(this.#folders, this.#sounds.wanted(), this.#disk);
  }

  #hasSound({ track, loop }: StoredTrack, tell: (trouble: string) => void): boolean {
    if (this.#sounds.isThere(loop.sound, loop.frames)) return true;
    const path = this.#sounds.pathOf(loop.sound);
    tell(`${path}: is not there, or not in its full length; the loop of track ${track} is left out; record it again`);
    return false;
  }

  #storedTrack({ track, playing, loop }: HeldTrack, sounds: ReadonlyMap<number, LoopSound>): StoredTrack {
    const { loopId, stored: _, ...form } = loop;
    const room = (bytes: number): void =>
      makeRoom(this.#folders.sounds, bytes, this.#reserveBytes, this.#disk, () => this.#giveUpBinned());
    const sound = this.#sounds.soundFor(loop, loop.frames, sounds.get(loopId), room);
    return { track, playing, loop: { ...form, sound } };
  }

  /** Without a sweep nothing becomes free, and what is in the bin stays. */
  #giveUpBinned(): boolean {
    if (this.#sweep() !== undefined) return false;
    return (this.#generations.dropOld() || this.#bin.dropOldest()) && this.#sweep() === undefined;
  }

  #told(thrown: unknown): unknown {
    const isOfSystem = !(thrown instanceof UserError) && typeof errnoOf(thrown) === 'string';
    return isOfSystem ? writeError(this.#folders.root, thrown) : thrown;
  }

  #guarded<Value>(act: () => Value): Value {
    try {
      return act();
    } catch (thrown) {
      throw this.#told(thrown);
    }
  }
}

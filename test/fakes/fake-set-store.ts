import { createHash } from 'node:crypto';
import { UserError } from '../../src/core/errors.ts';
import type { HeldLoop, HeldSet, KeptTrack, StoredSet } from '../../src/core/set/kept-set.ts';
import { setKeyOf, setNameOf } from '../../src/core/set/set-name.ts';
import { pieceFrames } from '../../src/core/sound/span.ts';
import type { Frame, Rate } from '../../src/core/time/units.ts';
import type { LoopSound } from '../../src/ports/audio-engine.ts';
import type { ImportedSound, Recovered, SetStore, SetView, StoreFigures } from '../../src/ports/set-store.ts';
import { storageFailure } from '../../src/streams/storage-failure.ts';

type Kept = { readonly rate: Rate; readonly samples: Float32Array };

const refused = (code: string, what: string): UserError => new UserError(code, `${what}; see the code; try another`);

/** The samples of a loop in one array. */
const gathered = ({ samples, pieces, frames }: LoopSound): Float32Array => {
  const all = new Float32Array(pieces.length * pieceFrames * 2);
  pieces.forEach((piece, at) => {
    all.set(samples.subarray(piece * pieceFrames * 2, (piece + 1) * pieceFrames * 2), at * pieceFrames * 2);
  });
  return all.subarray(0, frames * 2);
};

/** Puts frames into a loop's memory; what they are too few for is silence. */
const scatter = (from: Float32Array, into: LoopSound): void => {
  for (let sample = 0; sample < into.frames * 2; sample += 1) {
    const piece = into.pieces[Math.floor(sample / 2 / pieceFrames)] ?? 0;
    into.samples[piece * pieceFrames * 2 + (sample % (pieceFrames * 2))] = from[sample] ?? 0;
  }
};

/** What a disk keeps when the store on it ends: give it to the next store. */
export type FakeDisk = {
  current: StoredSet | undefined;
  readonly sets: Map<string, StoredSet>;
  readonly bin: StoredSet[];
  readonly sounds: Map<string, Kept>;
  /** WAV files beside the sets, by path: to be imported, or written. */
  readonly files: Map<string, Kept>;
};

export const fakeDisk = (): FakeDisk => ({
  current: undefined,
  sets: new Map(),
  bin: [],
  sounds: new Map(),
  files: new Map(),
});

/** Sets in memory. It throws nothing away, and converts rates by the nearest frame. */
export class FakeSetStore implements SetStore {
  readonly disk: FakeDisk;
  /** Told by the next `recover` and `list`. */
  troubles: readonly string[] = [];
  /** What the next calls reject with, while it is set: a disk that fails. */
  failure: Error | undefined;
  readonly #rate: Rate;
  readonly #known = new Map<number, string>();
  #figures = { filesWritten: 0, bytesWritten: 0 };
  #closed = false;

  constructor(rate: Rate, disk: FakeDisk = fakeDisk()) {
    this.#rate = rate;
    this.disk = disk;
  }

  recover(): Promise<Recovered> {
    if (this.failure !== undefined)
      return Promise.resolve({ set: undefined, troubles: [], failure: storageFailure(this.failure) });
    return this.#do(() => ({ set: this.disk.current, troubles: this.troubles, failure: undefined }));
  }

  ready(): Promise<void> {
    return this.#do(() => undefined);
  }

  keep(set: HeldSet, sounds: ReadonlyMap<number, LoopSound>, _undoable: readonly HeldLoop[]): Promise<void> {
    return this.#do(() => {
      const tracks = set.tracks.map((track) => this.#keptTrack(track, sounds));
      const { name, bpm, beatsPerBar, bars, click } = set;
      const stored = { name, rate: this.#rate, bpm, beatsPerBar, bars, click, tracks };
      if (JSON.stringify(stored) === JSON.stringify(this.disk.current)) return;
      this.disk.current = stored;
      this.#wrote(1000);
    });
  }

  read(sound: string, into: LoopSound): Promise<void> {
    return this.#do(() => {
      const kept = this.disk.sounds.get(sound);
      if (kept === undefined) throw refused('sound-missing', `${sound}: no such sound`);
      if (into.frames !== this.#framesOf(kept)) throw refused('sound-misfit', `${sound}: has another length`);
      scatter(this.#converted(kept), into);
    });
  }

  framesAt(frames: Frame, rate: Rate): Frame {
    return Math.round((frames * this.#rate) / rate);
  }

  list(): Promise<{ readonly sets: readonly SetView[]; readonly troubles: readonly string[] }> {
    return this.#do(() => ({
      sets: [...this.disk.sets.values()]
        .map(viewOf)
        .sort((one, other) => (setKeyOf(one.name) < setKeyOf(other.name) ? -1 : 1)),
      troubles: this.troubles,
    }));
  }

  save(text: string): Promise<void> {
    return this.#do(() => {
      const name = setNameOf(text);
      if (this.disk.current === undefined) throw refused('set-none', 'no set was kept yet');
      const before = this.disk.sets.get(setKeyOf(name));
      const saved = { ...this.disk.current, name };
      if (JSON.stringify(before) === JSON.stringify(saved)) return;
      if (before !== undefined) this.disk.bin.push(before);
      this.disk.sets.set(setKeyOf(name), saved);
      this.#wrote(1000);
    });
  }

  find(name: string): Promise<StoredSet> {
    return this.#do(() => this.#saved(name));
  }

  rename(from: string, to: string): Promise<void> {
    return this.#do(() => {
      const saved = this.#saved(from);
      const name = setNameOf(to);
      if (setKeyOf(name) !== setKeyOf(from) && this.disk.sets.has(setKeyOf(name))) {
        throw refused('set-name-taken', `${name}: another set has this name`);
      }
      this.disk.sets.delete(setKeyOf(from));
      this.disk.sets.set(setKeyOf(name), { ...saved, name });
    });
  }

  remove(name: string): Promise<void> {
    return this.#do(() => {
      this.disk.bin.push(this.#saved(name));
      this.disk.sets.delete(setKeyOf(name));
    });
  }

  binCurrent(): Promise<void> {
    return this.#do(() => {
      const { current, sets, bin } = this.disk;
      if (current === undefined || current.tracks.length === 0) return;
      const text = (set: StoredSet | undefined): string =>
        JSON.stringify(set, (key, value) => (key === 'playing' ? 0 : value));
      if ([...sets.values(), bin.at(-1)].some((set) => text(set) === text(current))) return;
      bin.push(current);
    });
  }

  listBin(): Promise<readonly SetView[]> {
    return this.#do(() => this.disk.bin.toReversed().map(viewOf));
  }

  recoverFromBin(place: number, name: string | undefined): Promise<string> {
    return this.#do(() => {
      const set = this.disk.bin.toReversed()[place - 1];
      if (set === undefined) throw refused('set-missing', `bin: nothing at place ${place}`);
      const wanted = setNameOf(name ?? set.name ?? `Set ${place} of the bin`);
      if (this.disk.sets.has(setKeyOf(wanted))) throw refused('set-name-taken', `${wanted}: another set has this name`);
      this.disk.sets.set(setKeyOf(wanted), { ...set, name: wanted });
      return wanted;
    });
  }

  inspect(path: string): Promise<ImportedSound> {
    return this.#do(() => ({ frames: this.#framesOf(this.#file(path)) }));
  }

  importInto(path: string, into: LoopSound): Promise<void> {
    return this.#do(() => scatter(this.#converted(this.#file(path)), into));
  }

  write(path: string, next: () => Float32Array | undefined): Promise<void> {
    return this.#do(() => {
      const samples: number[] = [];
      for (let piece = next(); piece !== undefined; piece = next()) samples.push(...piece);
      this.disk.files.set(path, { rate: this.#rate, samples: Float32Array.from(samples) });
      this.#wrote(samples.length * 4);
    });
  }

  figures(): Promise<StoreFigures> {
    return this.#do(() => ({ ...this.#figures, freeBytes: 1e9 }));
  }

  async close(): Promise<void> {
    this.#closed = true;
  }

  async #do<Value>(act: () => Value): Promise<Value> {
    if (this.#closed) throw refused('sets-closed', 'the store is closed');
    if (this.failure !== undefined) throw this.failure;
    return act();
  }

  #keptTrack(
    { track, playing, loop }: KeptTrack<HeldLoop>,
    sounds: ReadonlyMap<number, LoopSound>,
  ): KeptTrack<{ readonly sound: string }> {
    const { loopId, stored, ...form } = loop;
    const known = this.#known.get(loopId) ?? stored;
    const isThere = known !== undefined && this.disk.sounds.has(known);
    const sound = isThere ? known : this.#soundOf(loopId, sounds);
    return { track, playing, loop: { ...form, sound } };
  }

  #soundOf(loopId: number, sounds: ReadonlyMap<number, LoopSound>): string {
    const memory = sounds.get(loopId);
    if (memory === undefined) throw refused('sound-missing', `loop ${loopId}: is not on disk, nor given`);
    const samples = gathered(memory);
    const sound = createHash('sha256').update(String(this.#rate)).update(samples).digest('hex').slice(0, 32);
    if (!this.disk.sounds.has(sound)) this.#wrote(samples.byteLength);
    this.disk.sounds.set(sound, { rate: this.#rate, samples });
    this.#known.set(loopId, sound);
    return sound;
  }

  #saved(name: string): StoredSet {
    const saved = this.disk.sets.get(setKeyOf(setNameOf(name)));
    if (saved === undefined) throw refused('set-missing', `${name}: no such set`);
    return saved;
  }

  #file(path: string): Kept {
    const file = this.disk.files.get(path);
    if (file === undefined) throw refused('file-missing', `${path}: no such file`);
    return file;
  }

  #framesOf({ samples, rate }: Kept): Frame {
    return this.framesAt(samples.length / 2, rate);
  }

  #converted(kept: Kept): Float32Array {
    const frames = this.#framesOf(kept);
    return Float32Array.from({ length: frames * 2 }, (_, sample) => {
      const frame = Math.floor(((sample >> 1) * kept.rate) / this.#rate);
      return kept.samples[frame * 2 + (sample & 1)] ?? 0;
    });
  }

  #wrote(bytes: number): void {
    const { filesWritten, bytesWritten } = this.#figures;
    this.#figures = { filesWritten: filesWritten + 1, bytesWritten: bytesWritten + bytes };
  }
}

const viewOf = ({ name, bpm, beatsPerBar, rate, tracks }: StoredSet): SetView => {
  const frames = tracks.reduce((sum, { loop }) => sum + loop.frames, 0);
  return {
    name: name ?? '',
    bpm,
    beatsPerBar,
    tracks: tracks.length,
    seconds: frames / rate,
    bytes: frames * 8,
  };
};

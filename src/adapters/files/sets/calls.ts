import type { HeldLoop, HeldSet, StoredSet } from '../../../core/set/kept-set.ts';
import type { LoopSound } from '../../../ports/audio-engine.ts';
import type { ImportedSound, Recovered, SetView, StoreFigures } from '../../../ports/set-store.ts';

/** What the store's thread can be asked for: the port, but that a file is written by calls of its own, piece by piece. */
export type Calls = {
  recover(): Recovered;
  ready(): void;
  keep(set: HeldSet, sounds: ReadonlyMap<number, LoopSound>, undoable: readonly HeldLoop[]): void;
  read(sound: string, into: LoopSound): void;
  list(): { readonly sets: readonly SetView[]; readonly troubles: readonly string[] };
  save(name: string): void;
  find(name: string): StoredSet;
  rename(name: string, to: string): void;
  remove(name: string): void;
  binCurrent(): void;
  listBin(): readonly SetView[];
  recoverFromBin(place: number, name: string | undefined): string;
  inspect(path: string): ImportedSound;
  importInto(path: string, into: LoopSound): void;
  /** Gives the number under which the file is written. */
  openOut(path: string): number;
  addOut(out: number, piece: Float32Array): void;
  commitOut(out: number): void;
  abortOut(out: number): void;
  figures(): StoreFigures;
  close(): void;
};

export type Method = keyof Calls;

/** A call as it crosses to the thread, answered under its id. */
export type Call = {
  readonly [M in Method]: { readonly id: number; readonly method: M; readonly args: Parameters<Calls[M]> };
}[Method];

/** What comes back. An error without a code is a fault of the program. */
export type Answer =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly code: string | undefined; readonly message: string };

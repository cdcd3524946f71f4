import { types } from 'node:util';
import { Worker } from 'node:worker_threads';
import { messageOf, UserError } from '../../../core/errors.ts';
import type { HeldLoop, HeldSet, StoredSet } from '../../../core/set/kept-set.ts';
import type { Frame, Rate } from '../../../core/time/units.ts';
import type { LoopSound } from '../../../ports/audio-engine.ts';
import type { ImportedSound, Recovered, SetStore, SetView, StoreFigures } from '../../../ports/set-store.ts';
import type { Answer, Calls, Method } from './calls.ts';
import { framesAt } from './pour.ts';
import type { SetFolderOptions } from './set-folder.ts';

type Pending = { resolve(value: unknown): void; reject(error: Error): void };

/** A loop's sound as it crosses: its samples are shared, the list of its pieces is copied, since the arena's owner goes on with its own. */
const shared = ({ samples, pieces, frames }: LoopSound): LoopSound => {
  if (types.isSharedArrayBuffer(samples.buffer)) return { samples, pieces: Int32Array.from(pieces), frames };
  throw new TypeError('sets: the samples of a loop need to be in shared memory');
};

const errorOf = ({ code, message }: Extract<Answer, { readonly ok: false }>): Error =>
  code === undefined ? new Error(message) : new UserError(code, message);

/** Sets in a folder, on a thread of their own. All is blocking there, and nothing here. */
export class WorkerSetStore implements SetStore {
  readonly #rate: Rate;
  readonly #worker: Worker;
  readonly #ended: Promise<void>;
  readonly #pending = new Map<number, Pending>();
  #lastId = 0;
  /** Why nothing more is done. */
  #over: UserError | undefined;

  constructor({ folder, rate, reserveBytes }: SetFolderOptions) {
    this.#rate = rate;
    this.#worker = new Worker(new URL('./worker.js', import.meta.url), {
      workerData: { folder, rate, reserveBytes },
      // What node was started with is meant for the main program.
      execArgv: [],
    });
    this.#worker.on('message', (answer: Answer) => this.#settle(answer));
    this.#worker.on('error', (error) => this.#end(`failed (${messageOf(error)})`));
    this.#ended = new Promise((resolve) => {
      this.#worker.once('exit', (code) => {
        this.#end(`ended by itself (code ${code})`);
        resolve();
      });
    });
  }

  recover(): Promise<Recovered> {
    return this.#ask('recover', []);
  }

  ready(): Promise<void> {
    return this.#ask('ready', []);
  }

  async keep(set: HeldSet, sounds: ReadonlyMap<number, LoopSound>, undoable: readonly HeldLoop[]): Promise<void> {
    const crossing = new Map([...sounds].map(([loopId, sound]) => [loopId, shared(sound)]));
    return this.#ask('keep', [set, crossing, undoable]);
  }

  async read(sound: string, into: LoopSound): Promise<void> {
    return this.#ask('read', [sound, shared(into)]);
  }

  framesAt(frames: Frame, rate: Rate): Frame {
    return framesAt(frames, rate, this.#rate);
  }

  list(): Promise<{ readonly sets: readonly SetView[]; readonly troubles: readonly string[] }> {
    return this.#ask('list', []);
  }

  save(name: string): Promise<void> {
    return this.#ask('save', [name]);
  }

  find(name: string): Promise<StoredSet> {
    return this.#ask('find', [name]);
  }

  rename(name: string, to: string): Promise<void> {
    return this.#ask('rename', [name, to]);
  }

  remove(name: string): Promise<void> {
    return this.#ask('remove', [name]);
  }

  listBin(): Promise<readonly SetView[]> {
    return this.#ask('listBin', []);
  }

  recoverFromBin(place: number, name: string | undefined): Promise<string> {
    return this.#ask('recoverFromBin', [place, name]);
  }

  binCurrent(): Promise<void> {
    return this.#ask('binCurrent', []);
  }

  inspect(path: string): Promise<ImportedSound> {
    return this.#ask('inspect', [path]);
  }

  async importInto(path: string, into: LoopSound): Promise<void> {
    return this.#ask('importInto', [path, shared(into)]);
  }

  async write(path: string, next: () => Float32Array | undefined): Promise<void> {
    const out = await this.#ask('openOut', [path]);
    try {
      for (let piece = next(); piece !== undefined; piece = next()) await this.#ask('addOut', [out, piece]);
      await this.#ask('commitOut', [out]);
    } catch (thrown) {
      // Where the thread is gone its file is too, or is a leftover that nobody takes for the whole one.
      await this.#ask('abortOut', [out]).catch(() => undefined);
      throw thrown;
    }
  }

  figures(): Promise<StoreFigures> {
    return this.#ask('figures', []);
  }

  async close(): Promise<void> {
    if (this.#over === undefined) {
      const closed = this.#ask('close', []);
      this.#over = new UserError('sets-closed', 'sets: the store is closed; an open one can be asked; start anew');
      // What a lock that stays behind means is for the next one to find out.
      await closed.catch(() => undefined);
    }
    await this.#ended;
  }

  /** The answer has the type that its method gives: both ends are compiled from `Calls`. */
  #ask<M extends Method>(method: M, args: Parameters<Calls[M]>): Promise<ReturnType<Calls[M]>> {
    return new Promise<ReturnType<Calls[M]>>((resolve, reject) => {
      if (this.#over !== undefined) throw this.#over;
      this.#lastId += 1;
      this.#pending.set(this.#lastId, { resolve: (value) => resolve(value as ReturnType<Calls[M]>), reject });
      this.#worker.postMessage({ id: this.#lastId, method, args });
    });
  }

  #settle(answer: Answer): void {
    const pending = this.#pending.get(answer.id);
    this.#pending.delete(answer.id);
    if (answer.ok) pending?.resolve(answer.value);
    else pending?.reject(errorOf(answer));
  }

  #end(what: string): void {
    this.#over ??= new UserError(
      'sets-gone',
      `sets: their thread ${what}; nothing more is kept; start the looper anew`,
    );
    for (const { reject } of this.#pending.values()) reject(this.#over);
    this.#pending.clear();
  }
}

import { asyncScheduler, type SchedulerLike, Subscription } from 'rxjs';
import { UserError } from '../core/errors.ts';
import { heldLoops, usedFrames } from '../core/session/held.ts';
import { loopsIn } from '../core/session/history.ts';
import type { SessionState } from '../core/session/state.ts';
import { heldLoop, heldSet, isComplete } from '../core/set/held-set.ts';
import type { HeldSet } from '../core/set/kept-set.ts';
import { memoryFrames } from '../core/sound/span.ts';
import { isComingIn } from '../core/track/state.ts';
import type { LentSound, LoopSound } from '../ports/audio-engine.ts';
import type { SetStore, StorageFailure } from '../ports/set-store.ts';
import type { Stage } from './controller.ts';
import type { Moment } from './session.ts';
import { storageFailure } from './storage-failure.ts';

/** What is neither loop nor name may change often, such as a fader's volume or a track that starts: it is written once it has settled. */
const settleMs = 2000;
/** A disk that could not be written to is tried again. */
const retryMs = 5000;

/** A loop of two minutes takes as long to come off the tape. */
const wholeMs = 2000;

type Job = { readonly type: 'keep'; readonly set: HeldSet } | { readonly type: 'bin' } | { readonly type: 'ready' };

const textOf = (set: HeldSet): string => JSON.stringify(set);
const loopIdsOf = ({ tracks }: HeldSet): readonly number[] => tracks.map(({ loop }) => loop.loopId);
const isSame = (one: readonly number[], other: readonly number[]): boolean => one.join() === other.join();

type Seen = Pick<SessionState, 'tracks' | 'grid' | 'bars' | 'click' | 'setName'>;

const isUnchanged = (one: Seen, other: Seen): boolean =>
  one.tracks === other.tracks &&
  one.grid === other.grid &&
  one.bars === other.bars &&
  one.click === other.click &&
  one.setName === other.setName;

/** Whether another set has taken the place of the one before. */
const isReplaced = ({ events, wishes = [] }: Moment): boolean =>
  wishes.some(({ type }) => type === 'bin') || events.some((event) => event.type === 'set' && event.phase === 'loaded');

/** Loops that are on disk for the first time: what came from there was there before. */
const newIn = (set: HeldSet, before: HeldSet): readonly number[] => {
  const known = new Set(loopIdsOf(before));
  return set.tracks.flatMap(({ loop }) => (loop.stored === undefined && !known.has(loop.loopId) ? [loop.loopId] : []));
};

/**
 * Keeps the set that is played on disk: each loop as soon as it is whole, all else once it has settled. The sounds stay in memory until they are
 * written, whatever becomes of their loops. What cannot be written is told once and tried again.
 */
export class SetKeeper {
  readonly #stage: Stage;
  readonly #store: SetStore;
  readonly #scheduler: SchedulerLike;
  readonly #running = new Subscription();
  readonly #lent = new Map<number, LentSound>();
  #looked: Seen;
  /** The set as it is, and as it is on disk. */
  #wanted: HeldSet;
  #kept: HeldSet;
  /** Before the first `keep` there may be another set on disk. */
  #isKnown = false;
  #queue: readonly Job[] = [];
  #hasBegun = false;
  #busy = false;
  #settling: Subscription | undefined;
  #retrying: Subscription | undefined;
  #trouble = '';
  #idle: (() => void)[] = [];

  /** Looks on from now on, and writes nothing until `begin`. */
  constructor(stage: Stage, store: SetStore) {
    const { session, scheduler = asyncScheduler } = stage;
    this.#stage = stage;
    this.#store = store;
    this.#scheduler = scheduler;
    this.#looked = session.state;
    this.#wanted = heldSet(session.state);
    this.#kept = this.#wanted;
    this.#running.add(session.moments$.subscribe((moment) => this.#look(moment)));
  }

  /**
   * What there was on disk is read, or is to go to the bin: from now on what is played is kept in its place. Where nothing could be kept at the start,
   * it is tried again whether something is played or not.
   */
  begin(failure?: StorageFailure): void {
    this.#hasBegun = true;
    if (failure === undefined) this.#next();
    else this.#failed({ type: 'ready' }, failure);
  }

  /** The set that is on disk goes to the bin, and what is played takes its place. */
  startAnew(): void {
    this.#enqueue();
    this.putAway();
  }

  /** The set that is on disk goes to the bin before another one is kept. */
  putAway(): void {
    this.#queue = [{ type: 'bin' }, ...this.#queue];
    this.#next();
  }

  /** Resolves once no loop is still coming in that can be heard already, or after a while in which none came to its end. */
  whole(): Promise<void> {
    const { session } = this.#stage;
    const isComing = (): boolean => session.state.tracks.some(isComingIn);
    if (!isComing()) return Promise.resolve();
    return new Promise((resolve) => {
      const waiting = new Subscription(() => resolve());
      waiting.add(this.#scheduler.schedule(() => waiting.unsubscribe(), wholeMs));
      waiting.add(session.moments$.subscribe(() => isComing() || waiting.unsubscribe()));
    });
  }

  /** Resolves once the set as it is now is on disk. Rejects with why it cannot be written there. */
  async flushed(): Promise<void> {
    const { session } = this.#stage;
    if (!this.#isKnown && isComplete(session.state)) this.#enqueue();
    this.#settle();
    await this.#whenIdle();
    const { storage } = session.state;
    if (storage.state === 'trouble') throw new UserError(storage.code, storage.reason);
    if (!this.#hasBegun) throw new UserError('sets-not-read', 'sets: they are still being looked at; wait a moment');
  }

  /** Writes what is still to be written; what cannot be is given up. */
  async close(): Promise<void> {
    this.#running.unsubscribe();
    this.#settle();
    await this.#whenIdle();
    this.#retrying?.unsubscribe();
    for (const { giveBack } of this.#lent.values()) giveBack();
    this.#lent.clear();
  }

  #look(moment: Moment): void {
    const { session } = moment;
    const isNew = isReplaced(moment);
    if (this.#trouble !== '' && !this.#busy) this.#makeRoom(session);
    if ((!isNew && isUnchanged(this.#looked, session)) || !isComplete(session)) return;
    this.#looked = session;
    const set = heldSet(session);
    if (isNew) {
      this.#settle();
      this.#queue = [...this.#queue, { type: 'bin' }];
    }
    if (!isNew && textOf(set) === textOf(this.#wanted)) return;
    const isUrgent = isNew || set.name !== this.#wanted.name || !isSame(loopIdsOf(set), loopIdsOf(this.#wanted));
    this.#wanted = set;
    this.#borrow(set);
    if (isUrgent) this.#settle();
    else this.#settling ??= this.#scheduler.schedule(() => this.#settle(), settleMs);
  }

  /** The loops that are to be written stay in memory. */
  #borrow(set: HeldSet): void {
    const { audio } = this.#stage;
    const known = new Set(loopIdsOf(this.#kept));
    for (const { loop } of set.tracks) {
      const { loopId, stored } = loop;
      const isThere = stored !== undefined || known.has(loopId) || this.#lent.has(loopId);
      const lent = isThere ? undefined : audio.lend(loopId);
      if (lent !== undefined) this.#lent.set(loopId, lent);
    }
  }

  /** What was on disk is not there any more: all that is in memory is given along. Whether that is more than before. */
  #borrowAll(): boolean {
    const { audio, session } = this.#stage;
    const before = this.#lent.size;
    for (const { id, sound } of heldLoops(session.state).values()) {
      const lent = sound !== 'here' || this.#lent.has(id) ? undefined : audio.lend(id);
      if (lent !== undefined) this.#lent.set(id, lent);
    }
    return this.#lent.size > before;
  }

  /**
   * While nothing can be written, what was replaced keeps its memory only until the music needs that: a loop that waits for memory has
   * all that comes after it wait. What is on disk of it still goes to the bin.
   */
  #makeRoom(state: SessionState): void {
    const held = heldLoops(state);
    const over = [...this.#lent].filter(([id]) => !held.has(id)).map(([, { sound }]) => memoryFrames(sound.frames));
    if (over.length === 0 || over.reduce((sum, frames) => sum + frames, usedFrames(state)) <= state.budgetFrames)
      return;
    const last = this.#queue.at(-1);
    this.#queue = this.#queue.filter((job) => job.type !== 'keep' || job === last);
    this.#giveBack();
  }

  /** What is wanted now is to be written. */
  #settle(): void {
    this.#settling?.unsubscribe();
    this.#settling = undefined;
    if (this.#queue.some(({ type }) => type !== 'ready') || textOf(this.#kept) !== textOf(this.#wanted))
      this.#enqueue();
    this.#next();
  }

  #enqueue(): void {
    const job: Job = { type: 'keep', set: this.#wanted };
    const before = this.#queue.at(-1)?.type === 'keep' ? this.#queue.slice(0, -1) : this.#queue;
    this.#queue = [...before, job];
  }

  #next(): void {
    const [job] = this.#queue;
    if (this.#busy || !this.#hasBegun) return;
    if (job === undefined) {
      for (const tell of this.#idle.splice(0)) tell();
      return;
    }
    this.#busy = true;
    this.#queue = this.#queue.slice(1);
    this.#retrying?.unsubscribe();
    this.#do(job).then(
      () => this.#succeeded(job),
      (error: unknown) => this.#failed(job, storageFailure(error)),
    );
  }

  #do(job: Job): Promise<void> {
    if (job.type === 'ready') return this.#store.ready();
    if (job.type === 'bin') return this.#store.binCurrent();
    const sounds = new Map<number, LoopSound>();
    for (const [id, { sound }] of this.#lent) sounds.set(id, sound);
    const undoable = loopsIn(this.#stage.session.state.history).map(heldLoop);
    return this.#store.keep(job.set, sounds, undoable);
  }

  #succeeded(job: Job): void {
    this.#busy = false;
    const { session } = this.#stage;
    if (this.#trouble !== '') session.report({ type: 'storage', storage: { state: 'well' } });
    this.#trouble = '';
    if (job.type === 'keep') {
      const loopIds = newIn(job.set, this.#kept);
      this.#kept = job.set;
      this.#isKnown = true;
      this.#giveBack();
      session.report({ type: 'setKept', loopIds });
    }
    this.#next();
  }

  #failed(job: Job, { code, reason }: StorageFailure): void {
    this.#busy = false;
    if (this.#trouble !== code) {
      this.#trouble = code;
      this.#stage.session.report({ type: 'storage', storage: { state: 'trouble', code, reason } });
    }
    // Where something newer is to be kept, what failed is of no use any more; what is replaced is still to go to the bin.
    const isOld = job.type === 'keep' && this.#queue[0]?.type === 'keep';
    if (!isOld) this.#queue = [job, ...this.#queue];
    this.#giveBack();
    // What is replaced is nowhere any more, which no retry brings back.
    const isHopeless = code === 'sound-missing' && !this.#borrowAll();
    if (isHopeless && this.#queue[0] === job && this.#queue.length > 1) this.#queue = this.#queue.slice(1);
    this.#makeRoom(this.#stage.session.state);
    this.#retrying = this.#scheduler.schedule(() => this.#next(), retryMs);
    for (const tell of this.#idle.splice(0)) tell();
  }

  /** Sounds that are on disk, or wanted no more, need not stay. */
  #giveBack(): void {
    const kept = new Set(loopIdsOf(this.#kept));
    const sets = [this.#wanted, ...this.#queue.flatMap((job) => (job.type === 'keep' ? [job.set] : []))];
    const wanted = new Set(sets.flatMap(loopIdsOf));
    for (const [id, { giveBack }] of this.#lent) {
      if (wanted.has(id) && !kept.has(id)) continue;
      giveBack();
      this.#lent.delete(id);
    }
  }

  #whenIdle(): Promise<void> {
    if (!this.#hasBegun || (!this.#busy && this.#queue.length === 0)) return Promise.resolve();
    return new Promise((resolve) => this.#idle.push(resolve));
  }
}

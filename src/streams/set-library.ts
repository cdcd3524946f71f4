import { mergeMap, Subscription } from 'rxjs';
import { messageOf, UserError } from '../core/errors.ts';
import { modulo } from '../core/modulo.ts';
import type { StoreWish } from '../core/session/outcome.ts';
import { allEmpty, limits, trackOf } from '../core/session/state.ts';
import type { HeldSet, KeptTrack, StoredSet } from '../core/set/kept-set.ts';
import { setNameOf } from '../core/set/set-name.ts';
import { framesBetween, type Grid } from '../core/time/grid.ts';
import type { Beat, Bpm, Frame } from '../core/time/units.ts';
import type { SetStore, SetView } from '../ports/set-store.ts';
import type { Stage } from './controller.ts';
import { refusalOf } from './refusal.ts';
import type { SetKeeper } from './set-keeper.ts';
import { storageFailure } from './storage-failure.ts';

type Found = KeptTrack<{ readonly sound: string }>;

/** A tempo that was taken from a file has many places. */
export const bpmText = (bpm: Bpm): string => String(Math.round(bpm * 100) / 100);

/** A file may be so much longer or shorter than whole bars, in beats: it is cut, or filled with silence. */
const tolerance = 0.25;

/** The set of a place among all, counted from 1, or so many places after the one that is played, round and round. Throws `UserError`. */
const nameAt = (
  sets: readonly SetView[],
  current: string | null,
  { place, by = 1 }: { readonly place?: number; readonly by?: number },
): string => {
  const count = sets.length;
  if (count === 0) throw new UserError('no-such-set', 'there is no saved set; save this one first');
  const now = sets.findIndex(({ name }) => name === current);
  // From a set that was never saved the first step leads to the first set, or back to the last.
  const from = now < 0 && by < 0 ? 0 : now;
  const index = place === undefined ? modulo(from + by, count) : place - 1;
  const { name } = sets[index] ?? {};
  if (name !== undefined) return name;
  throw new UserError('no-such-set', `there is no set at place ${place}; there are ${count} of them`);
};

/** A name that no set has yet. */
const freshName = (sets: readonly SetView[]): string => {
  const taken = new Set(sets.map(({ name }) => name));
  let number = 1;
  while (taken.has(`Set ${number}`)) number += 1;
  return `Set ${number}`;
};

/** The beats that a file of so many frames has on a grid, and their frames. Throws `UserError`. */
const fitted = (
  path: string,
  frames: Frame,
  grid: Grid,
  wished: number | undefined,
): { readonly beats: Beat; readonly length: Frame } => {
  const perBeat = (60 * grid.rate) / grid.bpm;
  const bars = wished ?? Math.max(1, Math.round(frames / perBeat / grid.beatsPerBar));
  const beats = bars * grid.beatsPerBar;
  const length = framesBetween({ ...grid, origin: 0 }, 0, beats);
  const { min, max } = limits.bars;
  const seconds = (count: Frame): string => `${(count / grid.rate).toFixed(2)} s`;
  const what = `${path}: lasts ${seconds(frames)}, and ${bars} ${bars === 1 ? 'bar' : 'bars'} at ${bpmText(grid.bpm)} BPM last ${seconds(length)}`;
  if (bars < min || bars > max) {
    throw new UserError(
      'loop-does-not-fit',
      `${what}; a loop has ${min} to ${max} bars; cut the file, or set the tempo`,
    );
  }
  if (Math.abs(frames - length) <= perBeat * tolerance) return { beats, length };
  throw new UserError(
    'loop-does-not-fit',
    `${what}; whole bars fit; set the tempo, or give the bars to an empty set, which takes its tempo from the file`,
  );
};

/** The sets on disk, and how they come into the session and out of it. */
export class SetLibrary {
  readonly #stage: Stage;
  readonly #store: SetStore;
  readonly #keeper: SetKeeper;
  readonly #running = new Subscription();
  /** Loops from disk count down, so that they are none that was captured. */
  #nextLoopId = -1;

  constructor(stage: Stage, store: SetStore, keeper: SetKeeper) {
    this.#stage = stage;
    this.#store = store;
    this.#keeper = keeper;
    const wishes$ = stage.session.moments$.pipe(mergeMap(({ wishes = [] }) => wishes));
    this.#running.add(wishes$.subscribe((wish) => void this.#grant(wish)));
  }

  close(): void {
    this.#running.unsubscribe();
  }

  /**
   * Brings back the set of last time; its loops are read afterwards. To be called before the keeper begins: what has no place here, or cannot
   * be read, stays in the bin. Gives what is to be said of that.
   */
  restore(set: StoredSet, plays: boolean): string | undefined {
    const { session } = this.#stage;
    const held = this.#heldOf(set);
    const refused = refusalOf(session, () => session.report({ type: 'setRestored', set: held, plays }));
    const isWhole = refused === undefined && set.tracks.every(({ track }) => track <= session.state.tracks.length);
    if (!isWhole) this.#keeper.putAway();
    void this.#readAll(set.tracks, held, () => this.#keeper.putAway());
    if (isWhole) return undefined;
    const why = refused?.reason ?? `there are only ${session.state.tracks.length} tracks here`;
    return `the set of last time is not back as it was: ${why}; what is not here is in the bin, or saved`;
  }

  /** Makes a file the loop of an empty track. Without `bars` it has as many as come nearest. Rejects with `UserError`. */
  async importLoop(path: string, track: number, bars: number | undefined): Promise<void> {
    const { session, audio } = this.#stage;
    const { frames } = await this.#store.inspect(path);
    const bpm = bars === undefined || !allEmpty(session.state) ? undefined : this.#tempoOf(path, frames, bars);
    const grid = { ...session.state.grid, ...(bpm !== undefined && { bpm }) };
    const { beats, length } = fitted(path, frames, grid, bars);
    const loopId = this.#takeId();
    const loop = {
      ...{ loopId, frames: length, leadFrames: 0, beats },
      ...{ phaseBeats: 0, latencyFrames: 0, nudgeFrames: 0, lostFrames: 0 },
    };
    const refused = refusalOf(session, () => {
      if (bpm !== undefined && trackOf(session.state, track) !== undefined) session.setBpm(bpm);
      session.report({ type: 'loopFound', track, loop });
    });
    if (refused !== undefined) throw new UserError(refused.code, refused.reason);
    const lent = await audio.lendSoon(loopId);
    if (lent === undefined) throw new UserError('loop-gone', `${path}: track ${track} was cleared, or had no memory`);
    try {
      await this.#store.importInto(path, lent.sound);
      session.report({ type: 'loopRead', loopId });
    } catch (error) {
      session.report({ type: 'loopUnreadable', loopId, reason: messageOf(error) });
      throw error;
    } finally {
      lent.giveBack();
    }
  }

  async #grant(wish: StoreWish): Promise<void> {
    try {
      if (wish.type === 'load') await this.#load(wish);
      else if (wish.type === 'save') await this.#save(wish.name);
    } catch (error) {
      this.#stage.session.report({ type: 'setFailed', ...storageFailure(error) });
    }
  }

  async #load(wish: Extract<StoreWish, { type: 'load' }>): Promise<void> {
    const { session } = this.#stage;
    const name = wish.name ?? nameAt((await this.#store.list()).sets, session.state.setName, wish);
    const found = await this.#store.find(name);
    const held = this.#heldOf(found);
    const refused = refusalOf(session, () => session.report({ type: 'setFound', set: held }));
    if (refused === undefined) await this.#readAll(found.tracks, held);
    else session.report({ type: 'setFailed', ...refused });
  }

  async #save(wished: string | undefined): Promise<void> {
    const { session } = this.#stage;
    const name = setNameOf(wished ?? session.state.setName ?? freshName((await this.#store.list()).sets));
    await this.#keeper.whole();
    await this.#keeper.flushed();
    await this.#store.save(name);
    session.report({ type: 'setSaved', name });
  }

  /** A set with ids for its loops, at the session's rate. */
  #heldOf(set: StoredSet): HeldSet {
    const { rate, tracks, ...form } = set;
    const here = (frames: Frame): Frame => this.#store.framesAt(frames, rate);
    return {
      ...form,
      tracks: tracks.map(({ loop: { sound, ...loop }, ...track }) => ({
        ...track,
        loop: {
          ...loop,
          loopId: this.#takeId(),
          // Converted it is another sound.
          ...(rate === this.#stage.session.state.grid.rate && { stored: sound }),
          frames: here(loop.frames),
          leadFrames: here(loop.leadFrames),
          latencyFrames: here(loop.latencyFrames),
          nudgeFrames: Math.sign(loop.nudgeFrames) * here(Math.abs(loop.nudgeFrames)),
          lostFrames: here(loop.lostFrames),
        },
      })),
    };
  }

  #takeId(): number {
    const id = this.#nextLoopId;
    this.#nextLoopId -= 1;
    return id;
  }

  /** Reads the loops of a set, as far as the session still wants them. */
  async #readAll(found: readonly Found[], held: HeldSet, onUnreadable: () => void = () => undefined): Promise<void> {
    await Promise.all(
      found.map(({ loop: { sound } }, index) => {
        const loopId = held.tracks[index]?.loop.loopId;
        return loopId === undefined ? undefined : this.#read(sound, loopId, onUnreadable);
      }),
    );
  }

  async #read(sound: string, loopId: number, onUnreadable: () => void): Promise<void> {
    const { session, audio } = this.#stage;
    const lent = await audio.lendSoon(loopId);
    if (lent === undefined) return;
    try {
      await this.#store.read(sound, lent.sound);
      session.report({ type: 'loopRead', loopId });
    } catch (error) {
      onUnreadable();
      session.report({ type: 'loopUnreadable', loopId, reason: messageOf(error) });
    } finally {
      lent.giveBack();
    }
  }

  /** With all tracks empty the file says the tempo. */
  #tempoOf(path: string, frames: Frame, bars: number): Bpm {
    const { beatsPerBar, rate } = this.#stage.session.state.grid;
    const bpm = (bars * beatsPerBar * 60 * rate) / frames;
    if (bpm >= limits.bpm.min && bpm <= limits.bpm.max) return bpm;
    throw new UserError(
      'loop-does-not-fit',
      `${path}: ${bars} bars of it would be at ${bpm.toFixed(1)} BPM; ${limits.bpm.min} to ${limits.bpm.max} are possible; give another number of bars`,
    );
  }
}

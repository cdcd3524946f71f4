import type { SoundCommand } from '../../../src/core/sound/command.ts';
import type { SoundFact } from '../../../src/core/sound/fact.ts';
import { frameOfBeat, type Grid } from '../../../src/core/time/grid.ts';

/** What a track plays: a loop on a grid, in passes of which one begins on `atBeat`. */
export type Sounding = { readonly loopId: number; readonly grid: Grid; readonly atBeat: number };

type Due = { readonly frame: number; readonly does: () => readonly SoundFact[]; readonly takenBack?: () => SoundFact };
type Waiting = Due & { readonly track: number; readonly loopId?: number; readonly order: number };

/**
 * What the engine promises, without any sound: it does what it is asked when that is due, and says so. What is due at one moment is
 * done in the order in which it was asked, and takes the place of what was asked of the track before and would come later. A loop that is not there, or is given or released twice, is an error.
 */
export class ModelEngine {
  readonly sounding = new Map<number, Sounding>();
  readonly loops = new Set<number>();
  readonly #ever = new Set<number>();
  readonly #released = new Set<number>();
  #waiting: readonly Waiting[] = [];
  #others: readonly Due[] = [];
  #grid: { readonly due: Due; readonly grid: Grid } | undefined;
  #says: SoundFact[] = [];
  #order = 0;
  now: number;
  grid: Grid;

  constructor(now: number, grid: Grid) {
    this.now = now;
    this.grid = grid;
  }

  apply(command: SoundCommand): void {
    switch (command.type) {
      case 'capture': {
        this.#give(command.loopId);
        const { track, loopId, grid, endBeat } = command;
        const end = frameOfBeat(grid, endBeat);
        this.#say({ type: 'captureStarted', frame: this.now, track, loopId });
        this.#plan(
          track,
          { frame: Math.max(this.now, end), ...this.#start({ track, loopId, grid, atBeat: endBeat }) },
          loopId,
        );
        this.#commit(command, end);
        return;
      }
      case 'cut':
        this.#give(command.loopId);
        this.#commit(command, frameOfBeat(command.grid, command.endBeat));
        return;
      case 'hold':
        this.#give(command.loopId);
        return;
      case 'start': {
        this.#demand(command.loopId);
        const { track, loopId, grid, atBeat, fromFrame = frameOfBeat(grid, atBeat) } = command;
        const takenBack = (): SoundFact => ({ type: 'startTakenBack', frame: this.now, track, loopId });
        const start = this.#start({ track, loopId, grid, atBeat });
        this.#plan(track, { frame: Math.max(this.now, fromFrame), ...start, takenBack }, loopId);
        return;
      }
      case 'stop': {
        const { track, loopId, atBeat } = command;
        this.#demand(loopId);
        this.#plan(
          track,
          {
            frame: frameOfBeat(this.grid, atBeat),
            does: () => {
              this.sounding.delete(track);
              return [{ type: 'loopStopped', frame: this.now, track, loopId }];
            },
            takenBack: () => ({ type: 'stopTakenBack', frame: this.now, track, loopId }),
          },
          loopId,
        );
        return;
      }
      case 'takeBack': {
        const { track, loopId } = command;
        const due = this.#waiting.findLast((one) => one.track === track && one.loopId === loopId);
        if (due === undefined) {
          this.#say({ type: 'tooLate', frame: this.now, track, loopId });
          return;
        }
        this.#waiting = this.#waiting.filter((one) => one !== due);
        this.#say(due.takenBack?.() ?? { type: 'captureDropped', frame: this.now, track, loopId });
        return;
      }
      case 'clear': {
        const { track, atFrame = this.now } = command;
        const silence = () => {
          this.sounding.delete(track);
          return [];
        };
        this.#plan(track, { frame: Math.max(this.now, atFrame), does: silence });
        return;
      }
      case 'release':
        this.#demand(command.loopId);
        this.#released.add(command.loopId);
        this.loops.delete(command.loopId);
        return;
      case 'setGrid': {
        const { grid, at } = command;
        if (at === undefined) {
          this.#grid = undefined;
          this.grid = grid;
          return;
        }
        const does = (): readonly SoundFact[] => {
          this.grid = grid;
          this.#grid = undefined;
          return [{ type: 'gridSet', frame: this.now, id: at.id }];
        };
        this.#grid = { grid, due: { frame: at.frame, does } };
        return;
      }
      case 'setClick':
      case 'measure':
      case 'stopMeasuring':
    }
  }

  /** A loop could not be cut: nothing is heard of it. */
  fail(loopId: number): void {
    this.#waiting = this.#waiting.filter((one) => one.loopId !== loopId);
    for (const [track, sounding] of this.sounding) if (sounding.loopId === loopId) this.sounding.delete(track);
  }

  /** All that is said up to a frame, one by one: what comes of it is known before the next is done. */
  next(until: number): SoundFact | undefined {
    for (;;) {
      const said = this.#says.shift();
      if (said !== undefined) return said;
      const all: (Due | Waiting)[] = [...this.#waiting, ...this.#others, ...(this.#grid ? [this.#grid.due] : [])];
      const due = all.sort((one, other) => one.frame - other.frame)[0];
      if (due === undefined || due.frame > until) {
        this.now = Math.max(this.now, until);
        return undefined;
      }
      this.now = Math.max(this.now, due.frame);
      const isReplaced = (one: Waiting): boolean => 'track' in due && one.track === due.track && one.order <= due.order;
      this.#waiting = this.#waiting.filter((one) => !isReplaced(one));
      this.#others = this.#others.filter((one) => one !== due);
      this.#says.push(...due.does());
    }
  }

  #start({ track, loopId, grid, atBeat }: Sounding & { readonly track: number }): Pick<Due, 'does'> {
    return {
      does: () => {
        this.sounding.set(track, { loopId, grid, atBeat });
        return [{ type: 'loopStarted', frame: this.now, track, loopId }];
      },
    };
  }

  #plan(track: number, due: Due, loopId?: number): void {
    const order = this.#order;
    this.#order += 1;
    this.#waiting = [...this.#waiting, { ...due, track, order, ...(loopId !== undefined && { loopId }) }];
  }

  #commit({ track, loopId }: Extract<SoundCommand, { type: 'capture' | 'cut' }>, end: number): void {
    const does = (): readonly SoundFact[] =>
      this.loops.has(loopId) ? [{ type: 'captureCommitted', frame: this.now, track, loopId }] : [];
    this.#others = [...this.#others, { frame: Math.max(this.now, end) + 20_000, does }];
  }

  #say(fact: SoundFact): void {
    this.#says.push(fact);
  }

  #give(loopId: number): void {
    if (this.#ever.has(loopId)) throw new Error(`loop ${loopId} is given twice`);
    this.#ever.add(loopId);
    this.loops.add(loopId);
  }

  #demand(loopId: number): void {
    if (!this.loops.has(loopId)) throw new Error(`loop ${loopId} is not there: ${this.#released.has(loopId)}`);
  }
}

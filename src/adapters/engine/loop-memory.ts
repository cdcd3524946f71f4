import type { SoundCommand } from '../../core/sound/command.ts';
import type { SoundFact } from '../../core/sound/fact.ts';
import { loopFrames } from '../../core/sound/span.ts';
import type { Frame } from '../../core/time/units.ts';
import { Arena } from '../../engine/arena.ts';
import type { LentSound } from '../../ports/audio-engine.ts';

/** A loop that has memory. */
type Kept = {
  readonly pieces: Int32Array;
  readonly frames: Frame;
  /** How many have borrowed it. */
  lenders: number;
  /** Nobody wants it any more, but it may still fade. */
  isReleased: boolean;
  /** The engine has done with it. */
  released: SoundFact | undefined;
};

/** Who waits for a loop to have its memory. */
type Asker = { readonly loopId: number; readonly resolve: (lent: LentSound | undefined) => void };

export type LoopMemoryParts = {
  /** The memory of all loops, which the engine has too. */
  readonly samples: Float32Array;
  /** Has the engine do a command, with the memory of the loop that it brings. */
  readonly pass: (command: SoundCommand, pieces: Int32Array | undefined) => void;
  /** Hands a fact on to the session. */
  readonly tell: (fact: SoundFact) => void;
};

/**
 * Stands between session and engine, and gives each loop its memory: from the command that brings it until the engine has done
 * with it and all who borrowed it have given it back. Not realtime-safe: it belongs to the session's thread.
 */
export class LoopMemory {
  readonly #parts: LoopMemoryParts;
  readonly #arena: Arena;
  readonly #kept = new Map<number, Kept>();
  /** One whose loop found no room, and those that have to come after it. */
  readonly #waiting: SoundCommand[] = [];
  #askers: readonly Asker[] = [];

  constructor(parts: LoopMemoryParts) {
    this.#parts = parts;
    this.#arena = new Arena(parts.samples);
  }

  /**
   * Passes a command on. One whose loop finds no room waits for the memory of loops that were released before, and behind it those that
   * are about its track or its loop or bring a loop themselves; where there is none to come it goes without, which the engine answers with
   * `captureFailed`. All others pass, so that tracks can be stopped however long a disk holds on to memory.
   */
  send(command: SoundCommand): void {
    const mayPass = framesOf(command) === undefined && !this.#waiting.some((waiting) => isAboutSame(waiting, command));
    if (this.#waiting.length > 0 && mayPass) {
      this.#hand(command, undefined);
      return;
    }
    this.#waiting.push(command);
    if (this.#waiting.length === 1) this.#passOn();
  }

  /** Hands a fact on; `loopReleased` only when the memory is free indeed, which may be later. */
  hear(fact: SoundFact): void {
    const kept = 'loopId' in fact ? this.#kept.get(fact.loopId) : undefined;
    if (kept !== undefined && fact.type === 'loopReleased') {
      kept.released = fact;
      this.#freeIfDone(fact.loopId, kept);
      return;
    }
    // The engine lets go of a loop that has failed without being told to.
    if (kept !== undefined && fact.type === 'captureFailed') kept.isReleased = true;
    this.#parts.tell(fact);
  }

  /** See `AudioEngine`. A loop whose command still waits for memory has none yet. */
  lend(loopId: number): LentSound | undefined {
    const kept = this.#kept.get(loopId);
    if (kept === undefined || kept.isReleased) return undefined;
    kept.lenders += 1;
    let isLent = true;
    return {
      sound: { samples: this.#arena.samples, pieces: kept.pieces, frames: kept.frames },
      giveBack: () => {
        if (!isLent) return;
        isLent = false;
        kept.lenders -= 1;
        this.#freeIfDone(loopId, kept);
      },
    };
  }

  /** See `AudioEngine`. */
  lendSoon(loopId: number): Promise<LentSound | undefined> {
    const waits = this.#waiting.some((command) => framesOf(command) !== undefined && isOf(command, loopId));
    if (!waits) return Promise.resolve(this.lend(loopId));
    return new Promise((resolve) => {
      this.#askers = [...this.#askers, { loopId, resolve }];
    });
  }

  #freeIfDone(loopId: number, kept: Kept): void {
    if (kept.released === undefined || kept.lenders > 0) return;
    this.#arena.giveBack(kept.pieces);
    this.#kept.delete(loopId);
    this.#parts.tell(kept.released);
    this.#passOn();
  }

  /** Passes on all that need not wait. */
  #passOn(): void {
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      const frames = framesOf(next);
      const pieces = frames === undefined ? undefined : this.#arena.take(frames);
      if (frames !== undefined && pieces === undefined && this.#isSomeToCome()) return;
      this.#waiting.shift();
      this.#hand(next, pieces, frames);
      if (frames !== undefined && 'loopId' in next) this.#answer(next.loopId);
    }
  }

  #hand(command: SoundCommand, pieces: Int32Array | undefined, frames: Frame = 0): void {
    if ('loopId' in command) this.#note(command, frames, pieces);
    this.#parts.pass(command, pieces);
  }

  /** A loop has its memory now, or there was none for it. */
  #answer(loopId: number): void {
    const asking = this.#askers.filter((asker) => asker.loopId === loopId);
    this.#askers = this.#askers.filter((asker) => asker.loopId !== loopId);
    for (const { resolve } of asking) resolve(this.lend(loopId));
  }

  #note(
    { type, loopId }: Extract<SoundCommand, { loopId: number }>,
    frames: Frame,
    pieces: Int32Array | undefined,
  ): void {
    if (pieces !== undefined) {
      this.#kept.set(loopId, { pieces, frames, lenders: 0, isReleased: false, released: undefined });
    }
    const kept = this.#kept.get(loopId);
    if (type === 'release' && kept !== undefined) kept.isReleased = true;
  }

  /** Whether memory will come back: a loop is released that has not faded, or was borrowed. */
  #isSomeToCome(): boolean {
    for (const { isReleased } of this.#kept.values()) if (isReleased) return true;
    return false;
  }
}

const isAboutSame = (one: SoundCommand, other: SoundCommand): boolean =>
  ('track' in one && 'track' in other && one.track === other.track) ||
  ('loopId' in one && 'loopId' in other && one.loopId === other.loopId);

const isOf = (command: SoundCommand, loopId: number): boolean => 'loopId' in command && command.loopId === loopId;

/** The frames of the loop that a command brings, lead-in and all; undefined for a command that brings none. */
const framesOf = (command: SoundCommand): Frame | undefined => {
  switch (command.type) {
    case 'capture':
    case 'cut':
      return loopFrames(command);
    case 'hold':
      return command.frames;
    default:
      return undefined;
  }
};

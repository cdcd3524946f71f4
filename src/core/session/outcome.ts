import type { Measurement } from '../calibration/measurement.ts';
import type { Warning } from '../health/warning.ts';
import type { HeldSet } from '../set/kept-set.ts';
import type { SoundCommand } from '../sound/command.ts';
import type { SoundFact } from '../sound/fact.ts';
import type { Frame } from '../time/units.ts';
import type { SessionCommand } from './command.ts';
import type { SessionEvent } from './event.ts';
import type { LatencySource } from './latency.ts';
import type { Refusal, RefusalCode } from './refusal.ts';
import type { UnreadLoop } from './sets.ts';
import type { SessionState, Storage } from './state.ts';

/**
 * All that can happen to a session: a wish of the player at a frame, a fact from the engine, word of the latency, of health or
 * of the storage.
 */
export type SessionInput =
  | { readonly type: 'command'; readonly frame: Frame; readonly command: SessionCommand }
  | { readonly type: 'fact'; readonly fact: SoundFact }
  /** What the analysis of a measurement says; undefined where it could not be made. */
  | {
      readonly type: 'measured';
      readonly frame: Frame;
      readonly id: number;
      readonly measurement: Measurement | undefined;
    }
  /** What was known of the rig before. */
  | { readonly type: 'latencyKnown'; readonly frame: Frame; readonly frames: Frame; readonly source: LatencySource }
  /** All that is not well now. */
  | { readonly type: 'health'; readonly frame: Frame; readonly warnings: readonly Warning[] }
  | StoreWord;

export const frameOf = (input: SessionInput): Frame => (input.type === 'fact' ? input.fact.frame : input.frame);

/** What the storage has to say. */
export type StoreWord = { readonly frame: Frame } /** The set of last time is there, to play or not. */ & (
  | { readonly type: 'setRestored'; readonly set: HeldSet; readonly plays: boolean }
  /** The set that was asked for is there; its loops are not read yet. */
  | { readonly type: 'setFound'; readonly set: HeldSet }
  /** A file is there that is to become a loop. */
  | { readonly type: 'loopFound'; readonly track: number; readonly loop: UnreadLoop }
  | { readonly type: 'loopRead'; readonly loopId: number }
  | { readonly type: 'loopUnreadable'; readonly loopId: number; readonly reason: string }
  | { readonly type: 'setSaved'; readonly name: string }
  /** The set as it is now is on disk, with these loops that were not before. */
  | { readonly type: 'setKept'; readonly loopIds: readonly number[] }
  /** The current set cannot be kept, or can again. */
  | { readonly type: 'storage'; readonly storage: Storage }
  /** What was asked for could not be done. */
  | { readonly type: 'setFailed'; readonly code: string; readonly reason: string }
);

/** What is asked of the storage. */
export type StoreWish =
  /** Find the set of a name, of a place among all names, or so many places after the one that is played. */
  | { readonly type: 'load'; readonly name?: string; readonly place?: number; readonly by?: number }
  | { readonly type: 'save'; readonly name?: string }
  /** Put what is kept of the current set into the bin. */
  | { readonly type: 'bin' };

/** The session after an input, what is asked of engine and storage, and why a command was refused if it was. */
export type Reduced = {
  readonly session: SessionState;
  readonly effects: readonly SoundCommand[];
  readonly refused?: Refusal;
  readonly wishes?: readonly StoreWish[];
  /** What an observer could not tell from the states before and after. */
  readonly told?: readonly SessionEvent[];
};

export const done = (session: SessionState, ...effects: readonly SoundCommand[]): Reduced => ({ session, effects });

export const refuse = (session: SessionState, code: RefusalCode, reason: string): Reduced => ({
  session,
  effects: [],
  refused: { code, reason },
});

import type { Measurement } from '../calibration/measurement.ts';
import type { SoundCommand } from '../sound/command.ts';
import type { SoundFact } from '../sound/fact.ts';
import type { Frame } from '../time/units.ts';
import type { SessionCommand } from './command.ts';
import type { SessionEvent } from './event.ts';
import type { LatencySource } from './latency.ts';
import type { Refusal, RefusalCode } from './refusal.ts';
import type { SessionState } from './state.ts';

/** All that can happen to a session: a wish of the player at a frame, a fact from the engine, word of the latency. */
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
  | { readonly type: 'latencyKnown'; readonly frame: Frame; readonly frames: Frame; readonly source: LatencySource };

/** The session after an input, what is asked of the engine, and why a command was refused if it was. */
export type Reduced = {
  readonly session: SessionState;
  readonly effects: readonly SoundCommand[];
  readonly refused?: Refusal;
  /** What an observer could not tell from the states before and after. */
  readonly told?: readonly SessionEvent[];
};

export const done = (session: SessionState, ...effects: readonly SoundCommand[]): Reduced => ({ session, effects });

export const refuse = (session: SessionState, code: RefusalCode, reason: string): Reduced => ({
  session,
  effects: [],
  refused: { code, reason },
});

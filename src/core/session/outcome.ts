import type { SoundCommand } from '../sound/command.ts';
import type { SoundFact } from '../sound/fact.ts';
import type { Frame } from '../time/units.ts';
import type { SessionCommand } from './command.ts';
import type { Refusal, RefusalCode } from './refusal.ts';
import type { SessionState } from './state.ts';

/** All that can happen to a session: a wish of the player at a frame, or a fact from the engine. */
export type SessionInput =
  | { readonly type: 'command'; readonly frame: Frame; readonly command: SessionCommand }
  | { readonly type: 'fact'; readonly fact: SoundFact };

/** The session after an input, what is asked of the engine, and why a command was refused if it was. */
export type Reduced = {
  readonly session: SessionState;
  readonly effects: readonly SoundCommand[];
  readonly refused?: Refusal;
};

export const done = (session: SessionState, ...effects: readonly SoundCommand[]): Reduced => ({ session, effects });

export const refuse = (session: SessionState, code: RefusalCode, reason: string): Reduced => ({
  session,
  effects: [],
  refused: { code, reason },
});

import type { SoundCommand } from '../sound/command.ts';
import type { SoundFact } from '../sound/fact.ts';
import type { Frame } from '../time/units.ts';
import type { SessionCommand } from './command.ts';
import { onCommand } from './on-command.ts';
import { onFact } from './on-fact.ts';
import type { Refusal } from './refusal.ts';
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

/** The only way a session changes. Pure and total: any input in any state gives a session within the table of states. */
export const reduce = (session: SessionState, input: SessionInput): Reduced =>
  input.type === 'command' ? onCommand(session, input.frame, input.command) : onFact(session, input.fact);

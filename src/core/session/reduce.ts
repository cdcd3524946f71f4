import { onCommand } from './on-command.ts';
import { onFact } from './on-fact.ts';
import type { Reduced, SessionInput } from './outcome.ts';
import type { SessionState } from './state.ts';

/** The only way a session changes. Pure and total: any input in any state gives a session within the table of states. */
export const reduce = (session: SessionState, input: SessionInput): Reduced =>
  input.type === 'command' ? onCommand(session, input.frame, input.command) : onFact(session, input.fact);

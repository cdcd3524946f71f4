import { onMeasured } from './calibration.ts';
import { knownLatency } from './latency.ts';
import { onCommand } from './on-command.ts';
import { onFact } from './on-fact.ts';
import type { Reduced, SessionInput } from './outcome.ts';
import type { SessionState } from './state.ts';

/** The only way a session changes. Pure and total: any input in any state gives a session within the table of states. */
export const reduce = (session: SessionState, input: SessionInput): Reduced => {
  switch (input.type) {
    case 'command':
      return onCommand(session, input.frame, input.command);
    case 'fact':
      return onFact(session, input.fact);
    case 'measured':
      return onMeasured(session, input.frame, input.id, input.measurement);
    case 'latencyKnown':
      return knownLatency(session, input.frames, input.source);
  }
};

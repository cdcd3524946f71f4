import type { SoundCommand } from '../sound/command.ts';
import { onMeasured } from './calibration.ts';
import { onHealth } from './health.ts';
import { releases, trimmed } from './held.ts';
import { knownLatency } from './latency.ts';
import { onCommand } from './on-command.ts';
import { onFact } from './on-fact.ts';
import { onStore } from './on-store.ts';
import { frameOf, type Reduced, type SessionInput } from './outcome.ts';
import { goneOn } from './sets.ts';
import type { SessionState } from './state.ts';

/** Whether the same loops are held, at a glance. */
const isSame = (one: SessionState, other: SessionState): boolean =>
  one.tracks === other.tracks && one.history === other.history && one.incoming === other.incoming;

const answer = (session: SessionState, input: SessionInput): Reduced => {
  switch (input.type) {
    case 'command':
      return onCommand(session, input.frame, input.command);
    case 'fact':
      return onFact(session, input.fact);
    case 'measured':
      return onMeasured(session, input.frame, input.id, input.measurement);
    case 'latencyKnown':
      return knownLatency(session, input.frames, input.source);
    case 'health':
      return onHealth(session, input.frame, input.warnings);
    default:
      return onStore(session, input);
  }
};

const brings = ({ type }: SoundCommand): boolean => type === 'capture' || type === 'cut' || type === 'hold';

/**
 * Loops that nobody holds any more are released before others come, which may need their room; else after what silences them, since
 * what waits for room waits for these to be silent.
 */
const inOrder = (released: readonly SoundCommand[], effects: readonly SoundCommand[]): readonly SoundCommand[] =>
  effects.some(brings) ? [...released, ...effects] : [...effects, ...released];

/**
 * The only way a session changes. Pure and total: any input in any state gives a session within the table of states and within its
 * memory.
 */
export const reduce = (before: SessionState, input: SessionInput): Reduced => {
  const answered = answer(before, input);
  if (isSame(before, answered.session)) return answered;
  const reduced = goneOn(answered, frameOf(input));
  const { session, told } = trimmed(reduced.session, frameOf(input));
  const effects = inOrder(releases(before, session), reduced.effects);
  const events = [...told, ...(reduced.told ?? [])];
  return { ...reduced, session, effects, ...(events.length > 0 && { told: events }) };
};

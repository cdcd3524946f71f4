import type { SessionCommand } from '../../../src/core/session/command.ts';
import { eventsOf, type SessionEvent } from '../../../src/core/session/event.ts';
import type { SessionInput } from '../../../src/core/session/outcome.ts';
import { reduce } from '../../../src/core/session/reduce.ts';
import type { Refusal } from '../../../src/core/session/refusal.ts';
import type { SessionState } from '../../../src/core/session/state.ts';
import type { SoundCommand } from '../../../src/core/sound/command.ts';
import type { SoundFact } from '../../../src/core/sound/fact.ts';
import type { Loop } from '../../../src/core/track/state.ts';

export const asked = (frame: number, command: SessionCommand): SessionInput => ({ type: 'command', frame, command });
export const happened = (fact: SoundFact): SessionInput => ({ type: 'fact', fact });

/** A session through some inputs: where it ends, and all that was told, asked of the engine and refused on the way. */
export const course = (from: SessionState, ...inputs: readonly SessionInput[]) => {
  let session = from;
  const events: SessionEvent[] = [];
  const effects: SoundCommand[] = [];
  const refused: Refusal[] = [];
  for (const input of inputs) {
    const reduced = reduce(session, input);
    events.push(...eventsOf(session, input, reduced));
    effects.push(...reduced.effects);
    if (reduced.refused !== undefined) refused.push(reduced.refused);
    session = reduced.session;
  }
  return { session, events, effects, refused, codes: refused.map(({ code }) => code) };
};

export const loopOf = (session: SessionState, id = 2): Loop | undefined => {
  const track = session.tracks[id - 1];
  return track === undefined || track.state === 'EMPTY' ? undefined : track.loop;
};

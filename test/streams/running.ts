import type { SessionEvent } from '../../src/core/session/event.ts';
import { newSession, type SessionSettings } from '../../src/core/session/state.ts';
import { type Moment, Session } from '../../src/streams/session.ts';
import { settings } from '../engine/rig.ts';
import { FakeAudioEngine } from '../fakes/fake-audio-engine.ts';

/** A session that runs on a fake engine, in bar 2 and before the threshold: frame 200,000. */
export const running = (
  answers: ConstructorParameters<typeof FakeAudioEngine>[0] | FakeAudioEngine,
  changed: Partial<SessionSettings> = {},
) => {
  const audio = answers instanceof FakeAudioEngine ? answers : new FakeAudioEngine(answers);
  audio.time = 200_000 / 48;
  const session = new Session(newSession({ ...settings, tracks: 3, ...changed }), audio, audio);
  const moments: Moment[] = [];
  const events: SessionEvent[] = [];
  session.moments$.subscribe((moment) => {
    moments.push(moment);
    events.push(...moment.events);
  });
  session.run();
  return { session, audio, moments, events };
};

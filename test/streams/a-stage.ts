import { newSession, type SessionSettings } from '../../src/core/session/state.ts';
import type { Stage } from '../../src/streams/controller.ts';
import { PlayedTime } from '../../src/streams/played-time.ts';
import { Session } from '../../src/streams/session.ts';
import { settings } from '../engine/rig.ts';
import { promptly } from '../fakes/engine-answers.ts';
import { FakeAudioEngine } from '../fakes/fake-audio-engine.ts';

/**
 * What controllers are joined to, with a session of three tracks that is still to be run. Time passes when it is told to, from
 * frame 200,000 on: in bar 2 and before the threshold.
 */
export const aRestingStage = (
  answers: ConstructorParameters<typeof FakeAudioEngine>[0] = promptly,
  changed: Partial<SessionSettings> = {},
) => {
  const audio = new FakeAudioEngine(answers);
  audio.time = 200_000 / 48;
  const session = new Session(newSession({ ...settings, tracks: 3, ...changed }), audio, audio);
  const time = new PlayedTime();
  const began = audio.time;
  const clock = { now: () => began + time.scheduler.now() };
  const stage: Stage = { session, audio, clock, scheduler: time.scheduler };
  const pass = (ms: number): void => {
    time.advanceTo(time.scheduler.now() + ms);
    audio.time = clock.now();
  };
  const states = (): string[] => session.state.tracks.map(({ state }) => state);
  return { stage, session, audio, clock, time, pass, states };
};

/** The same with the session running. */
export const aStage = (...made: Parameters<typeof aRestingStage>) => {
  const on = aRestingStage(...made);
  on.session.run();
  return on;
};

import { mergeMap, Subscription } from 'rxjs';
import type { AudioEngine } from '../ports/audio-engine.ts';
import type { Clock } from '../ports/clock.ts';
import type { EventLog } from '../ports/event-log.ts';
import { type Controller, joined } from './controller.ts';
import type { Session } from './session.ts';

/**
 * Starts the session with its controllers and tells the log all that happens. Returns what ends it: lamps go dark, the
 * session closes.
 */
export const startShow = (
  session: Session,
  controllers: readonly Controller[],
  audio: AudioEngine,
  clock: Clock,
  log: EventLog,
): (() => void) => {
  const running = new Subscription();
  const tell = log.write.bind(log);
  running.add(session.moments$.pipe(mergeMap(({ events }) => events)).subscribe(tell));
  for (const controller of controllers) running.add(joined(controller, session, audio, clock).subscribe(tell));
  session.run();
  return () => {
    running.unsubscribe();
    session.close();
  };
};

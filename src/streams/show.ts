import { mergeMap, type Observable, Subscription } from 'rxjs';
import type { AudioEngine } from '../ports/audio-engine.ts';
import type { Clock } from '../ports/clock.ts';
import type { EventLog, ShowEvent } from '../ports/event-log.ts';
import { type Controller, joined } from './controller.ts';
import type { Session } from './session.ts';

/** An event log that throws is given no more: it must not end the show. */
const guarded = (logs: readonly EventLog[], onFailed: (error: unknown) => void): ((event: ShowEvent) => void) => {
  const listening = new Set(logs);
  return (event) => {
    for (const log of listening) {
      try {
        log.write(event);
      } catch (error) {
        listening.delete(log);
        onFailed(error);
      }
    }
  };
};

/**
 * Starts the session with its controllers and tells the logs all that happens. Returns what ends it: lamps go dark, the
 * session closes. The session looks first, so that the engine has heard of a stomp before lamps and logs are seen to. A log that fails is told of
 * once, in `onFailed`, and gets no more.
 */
export const startShow = (
  session: Session,
  controllers: readonly Controller[],
  audio: AudioEngine,
  clock: Clock,
  logs: readonly EventLog[],
  onFailed: (error: unknown) => void,
): (() => void) => {
  session.run();
  const running = new Subscription();
  const tell = guarded(logs, onFailed);
  const look = (events$: Observable<ShowEvent>): void => running.add(events$.subscribe(tell));
  look(session.moments$.pipe(mergeMap((moment) => moment.events)));
  for (const controller of controllers) look(joined(controller, session, audio, clock));
  return () => {
    running.unsubscribe();
    session.close();
  };
};

import { mergeMap, type Observable, Subject, Subscription } from 'rxjs';
import type { EventLog, ShowEvent } from '../ports/event-log.ts';
import type { Trace } from '../ports/trace.ts';
import { type Controller, JoinedController, type SeatedController, type Stage } from './controller.ts';

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
 * The session with its controllers, telling the logs all that happens. The session looks first, so that the engine has heard of
 * a stomp before lamps and logs are seen to. A log that fails is told of once, in `onFailed`, and gets no more.
 */
export class Show {
  /** All that controllers say and are told, while somebody looks. */
  readonly traces$ = new Subject<Trace>();
  /** A controller that asks to be learnt. */
  readonly learn$ = new Subject<JoinedController>();
  readonly #stage: Stage;
  readonly #tell: (event: ShowEvent) => void;
  readonly #running = new Subscription();
  readonly #controllers = new Set<JoinedController>();

  constructor(stage: Stage, logs: readonly EventLog[], onFailed: (error: unknown) => void) {
    this.#stage = stage;
    this.#tell = guarded(logs, onFailed);
    stage.session.run();
    this.#listen(stage.session.moments$.pipe(mergeMap((moment) => moment.events)));
  }

  get controllers(): readonly JoinedController[] {
    return [...this.#controllers];
  }

  /** Of its controllers those that say themselves how they are: they are on no sequencer. */
  get seats(): readonly SeatedController[] {
    return this.controllers.flatMap(({ seat }) => seat?.() ?? []);
  }

  /** Brings a controller in; it may leave again at any time. */
  join(controller: Controller): JoinedController {
    const joined = new JoinedController(controller, this.#stage, this.traces$);
    this.#controllers.add(joined);
    this.#listen(joined.events$);
    this.#running.add(joined.learn$.subscribe(() => this.learn$.next(joined)));
    return joined;
  }

  /** Resolves once its lamps are dark. */
  leave(controller: JoinedController): Promise<void> {
    this.#controllers.delete(controller);
    return controller.leave();
  }

  /** The session closes; resolves once all lamps are dark. */
  async close(): Promise<void> {
    const left = this.controllers.map((controller) => this.leave(controller));
    this.#running.unsubscribe();
    this.#stage.session.close();
    await Promise.all(left);
  }

  #listen(events$: Observable<ShowEvent>): void {
    this.#running.add(events$.subscribe(this.#tell));
  }
}

import { map, merge, Observable, type SchedulerLike, Subscription, takeWhile, timer } from 'rxjs';
import { UserError } from '../core/errors.ts';
import type { SessionEvent } from '../core/session/event.ts';
import { latencyText } from '../core/session/saying.ts';
import { refusalOf } from './refusal.ts';
import type { Session } from './session.ts';

/** About as long as the probe takes. */
const probeSeconds = 10;

const isOver = (event: SessionEvent): boolean => event.type === 'calibration' && event.phase === 'succeeded';

/**
 * A measurement of the latency, told line by line. Completes with its end; errors with why it was refused or failed. Whoever lets
 * go of it before cancels it.
 */
export const calibrateWork = (
  session: Session,
  mute: boolean,
  notes$: Observable<string>,
  scheduler?: SchedulerLike,
): Observable<string> =>
  new Observable((listener) => {
    const { rate } = session.state.grid;
    const running = new Subscription();
    const tell = (event: SessionEvent): void => {
      const line = latencyText(event, rate);
      if (event.type === 'calibration' && event.phase === 'cancelled') {
        listener.error(new UserError('cancelled', 'it was cancelled; all is as it was'));
      } else if (event.type === 'calibration' && event.phase === 'failed') {
        listener.error(new UserError(event.code, `${event.reason} (${event.code})`));
      } else if (line !== undefined) listener.next(line);
    };
    // The end of a measurement is not the last thing that its moment has to tell: the latency comes with it.
    running.add(
      session.moments$.subscribe(({ events }) => {
        events.forEach(tell);
        if (events.some(isOver)) listener.complete();
      }),
    );
    const seconds$ = timer(1000, 1000, scheduler).pipe(
      takeWhile((second) => second < probeSeconds - 1),
      map((second) => `${second + 1} of ${probeSeconds} s`),
    );
    running.add(merge(seconds$, notes$).subscribe((line) => listener.next(line)));
    const refused = refusalOf(session, () => session.calibrate(mute));
    if (refused !== undefined) listener.error(new UserError(refused.code, `${refused.reason} (${refused.code})`));
    return () => {
      running.unsubscribe();
      if (refused === undefined && session.state.calibration.phase !== 'idle') session.cancelCalibration();
    };
  });

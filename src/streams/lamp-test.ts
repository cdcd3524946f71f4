import {
  asyncScheduler,
  concatMap,
  EMPTY,
  finalize,
  from,
  map,
  type Observable,
  type SchedulerLike,
  Subject,
  startWith,
  takeUntil,
  tap,
  timer,
} from 'rxjs';
import { UserError } from '../core/errors.ts';
import { halfBeatMs, lampTest } from '../core/lamps/lamp-test.ts';
import type { JoinedController } from './controller.ts';

/** Shows each colour, state and lamp of a controller, which plays nothing meanwhile; gives the title of each step as it begins. */
export const lampTestOn = (
  controller: JoinedController,
  scheduler: SchedulerLike = asyncScheduler,
): Observable<string> => {
  const steps = lampTest(controller.profile);
  if (controller.profile.lamps.length === 0) return EMPTY;
  let show: () => void = () => undefined;
  const gone$ = new Subject<never>();
  const visit = controller.receive({
    onMessage: () => undefined,
    onConnected: () => show(),
    onGone: (why) => gone$.error(new UserError('controller-gone', why)),
  });
  return from(steps).pipe(
    concatMap((step) =>
      timer(halfBeatMs, halfBeatMs, scheduler).pipe(
        map((count) => count + 1),
        startWith(0),
        takeUntil(timer(step.forMs, scheduler)),
        tap((halfBeat) => {
          show = () => visit.show(step.tasks(halfBeat));
          show();
        }),
        concatMap((halfBeat) => (halfBeat === 0 ? [step.title] : [])),
      ),
    ),
    takeUntil(gone$),
    finalize(() => visit.leave()),
  );
};

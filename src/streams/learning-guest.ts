import {
  asyncScheduler,
  filter,
  finalize,
  interval,
  map,
  merge,
  type Observable,
  ReplaySubject,
  type SchedulerLike,
  Subject,
  startWith,
  switchMap,
  takeUntil,
  tap,
} from 'rxjs';
import { meets, signalOf } from '../core/controller/signal.ts';
import { UserError } from '../core/errors.ts';
import { warnMs } from '../core/gesture/gesture.ts';
import { darkness, type Task } from '../core/lamps/task.ts';
import type { LearningLamp } from '../core/learn/lamps.ts';
import type { LearnCommand } from '../core/learn/learn.ts';
import type { Clock } from '../ports/clock.ts';
import type { MidiMessage } from '../ports/midi-port.ts';
import type { JoinedController } from './controller.ts';
import { type LearnStep, learning } from './learn.ts';

const statusOf = { note: 0x90, cc: 0xb0 };

/** Most devices light what is under a switch by the message that the switch itself sends. */
const lampTask = ({ trigger, as }: LearningLamp, isLit: boolean): readonly Task[] => {
  if (trigger.kind !== 'note' && trigger.kind !== 'cc') return [];
  const status = statusOf[trigger.kind] + (trigger.channel ?? 1) - 1;
  const value = as === 'lit' || (as === 'blinking' && isLit) ? 127 : 0;
  return [{ id: `${status} ${trigger.number}`, messages: [[status, trigger.number, value]] }];
};

/** Leads through the learning of a controller, which plays nothing meanwhile: its lamps show how it goes. */
export const learningOf = (
  controller: JoinedController,
  commands$: Observable<LearnCommand>,
  tracks: number,
  clock: Clock,
  scheduler: SchedulerLike = asyncScheduler,
): Observable<LearnStep> => {
  const messages$ = new Subject<MidiMessage>();
  const lamps$ = new ReplaySubject<readonly LearningLamp[]>(1);
  const dark: Task = { id: 'dark', messages: darkness(controller.profile) };
  const gone$ = new Subject<never>();
  let shown: readonly LearningLamp[] = [];
  let redraw: () => void = () => undefined;
  const visit = controller.receive({
    onMessage: (message) => messages$.next(message),
    onConnected: () => redraw(),
    onGone: (why) => gone$.error(new UserError('controller-gone', why)),
  });
  const draw = (lamps: readonly LearningLamp[], isLit: boolean): void => {
    shown = lamps;
    redraw = () => visit.show([dark, ...lamps.flatMap((lamp) => lampTask(lamp, isLit))]);
    redraw();
  };
  draw([], true);
  const flicker$ = lamps$.pipe(
    switchMap((lamps) => {
      const isBlinking = lamps.some(({ as }) => as === 'blinking');
      const halves$ = isBlinking
        ? interval(warnMs, scheduler).pipe(
            map((count) => count % 2 === 1),
            startWith(true),
          )
        : [true];
      return merge(halves$).pipe(tap((isLit) => draw(lamps, isLit)));
    }),
  );
  const flickering = flicker$.subscribe();
  /** What was lit for the learning is not the profile's, and would stay lit. */
  const leave = (): void => {
    flickering.unsubscribe();
    draw(
      shown.map(({ trigger }) => ({ trigger, as: 'dark' })),
      false,
    );
    visit.leave();
  };
  const isIgnored = (bytes: readonly number[]): boolean => {
    const signal = signalOf(bytes);
    return signal !== undefined && controller.profile.ignore.some((trigger) => meets(trigger, signal));
  };
  return learning(
    messages$.pipe(
      filter(({ bytes }) => !isIgnored(bytes)),
      map(({ bytes, time }) => ({ bytes, at: time })),
    ),
    commands$,
    { tracks, now: () => clock.now() },
    scheduler,
  ).pipe(
    tap((step) => {
      lamps$.next(step.lamps);
      // Whoever hears of the end may put another profile in the place of this one.
      if (step.learning.over) leave();
    }),
    takeUntil(gone$),
    finalize(leave),
  );
};

import {
  asyncScheduler,
  defer,
  distinctUntilChanged,
  EMPTY,
  filter,
  map,
  merge,
  type Observable,
  of,
  type SchedulerLike,
  Subject,
  scan,
  switchMap,
  takeWhile,
  tap,
  timer,
} from 'rxjs';
import { type LearningLamp, learningLamps, sameLamps } from '../core/learn/lamps.ts';
import { type LearnCommand, type LearnInput, type Learnt, learn } from '../core/learn/learn.ts';
import { type Learning, newLearning } from '../core/learn/learning.ts';
import type { LearnSaying } from '../core/learn/saying.ts';
import type { Millis } from '../core/time/units.ts';

/** What was said and how the lamps are from now on; `learning` is where it stands, for the profile once it has finished. */
export type LearnStep = {
  readonly said: readonly LearnSaying[];
  readonly lamps: readonly LearningLamp[];
  readonly learning: Learning;
};

type LearnMessage = { readonly bytes: readonly number[]; readonly at: Millis };
type LearnOptions = { readonly tracks: number; now(): Millis };
type Seen = Learnt & { readonly before: Learning };

const wakeUps = (nextAt$: Observable<Millis | undefined>, now: () => Millis, scheduler: SchedulerLike) =>
  nextAt$.pipe(
    distinctUntilChanged(),
    switchMap((at) => {
      if (at === undefined) return EMPTY;
      // A timer may ring a little early: then it is the time that it was set for.
      return timer(Math.max(0, at - now()), scheduler).pipe(
        map(() => ({ type: 'time', at: Math.max(at, now()) }) as const),
      );
    }),
  );

/**
 * Leads through a learning, begun by subscribing: gives a step whenever there is something to say or a lamp changes, and
 * completes when it is finished or given up, which the last step says.
 */
export const learning = (
  messages$: Observable<LearnMessage>,
  commands$: Observable<LearnCommand>,
  { tracks, now }: LearnOptions,
  scheduler: SchedulerLike = asyncScheduler,
): Observable<LearnStep> =>
  defer(() => {
    const nextAt$ = new Subject<Millis | undefined>();
    const first = newLearning({ tracks });
    return merge<LearnInput[]>(
      wakeUps(nextAt$, now, scheduler),
      of({ type: 'time', at: now() } as const),
      messages$.pipe(map(({ bytes, at }) => ({ type: 'message', bytes, at }) as const)),
      commands$.pipe(map((type) => ({ type, at: now() }))),
    ).pipe(
      scan<LearnInput, Seen>((seen, input) => ({ ...learn(seen.learning, input), before: seen.learning }), {
        learning: first,
        before: first,
        said: [],
      }),
      tap(({ nextAt }) => nextAt$.next(nextAt)),
      takeWhile((seen) => !seen.learning.over, true),
      filter((seen) => seen.said.length > 0 || !sameLamps(seen.before, seen.learning)),
      map((seen) => ({ said: seen.said, lamps: learningLamps(seen.learning), learning: seen.learning })),
    );
  });

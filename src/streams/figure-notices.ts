import {
  asyncScheduler,
  distinctUntilChanged,
  interval,
  map,
  merge,
  type Observable,
  type SchedulerLike,
  share,
} from 'rxjs';
import { type Figures, figuresText } from '../core/sound/figures.ts';
import type { Notice } from './midi-routes.ts';

const everyMs = 10_000;

/** What is told anyhow, and every ten seconds how the sound has fared, where that has changed. */
export const withFigures = (
  notices$: Observable<Notice>,
  figures: () => Figures,
  scheduler: SchedulerLike = asyncScheduler,
): Observable<Notice> =>
  merge(
    notices$,
    interval(everyMs, scheduler).pipe(
      map(() => figuresText(figures())),
      distinctUntilChanged(),
      map((text): Notice => ({ text, level: 'debug' })),
    ),
  ).pipe(share());

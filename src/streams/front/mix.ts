import {
  asyncScheduler,
  filter,
  finalize,
  map,
  type Observable,
  type SchedulerLike,
  Observable as Stream,
  share,
  timer,
} from 'rxjs';
import type { MixPiece } from '../../ports/front-of-house.ts';
import type { MixReader, MixWindow } from '../../ports/mix-window.ts';

/** How often what was mixed is handed on. */
const everyMs = 20;

const fullScale = 32_767;

const piecesOf = (reader: MixReader): MixPiece => {
  const { frame, samples } = reader.read();
  return { frame, samples: Int16Array.from(samples, (sample) => Math.round(sample * fullScale)) };
};

/** The mix as it goes out, for any number of listeners; while there is none it is not made. */
export const mixOf = (window: MixWindow, scheduler: SchedulerLike = asyncScheduler): Observable<MixPiece> =>
  new Stream<MixPiece>((listener) => {
    const reader = window.open();
    return timer(everyMs, everyMs, scheduler)
      .pipe(
        map(() => piecesOf(reader)),
        filter(({ samples }) => samples.length > 0),
        finalize(() => reader.close()),
      )
      .subscribe(listener);
  }).pipe(share());

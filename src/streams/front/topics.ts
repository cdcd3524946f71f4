import {
  asyncScheduler,
  bufferTime,
  distinctUntilChanged,
  filter,
  map,
  mergeMap,
  type Observable,
  type SchedulerLike,
  Observable as Stream,
  share,
  timer,
} from 'rxjs';
import type { Frame } from '../../core/time/units.ts';
import type { Backstage } from '../../ports/backstage.ts';
import type { Levels } from '../../ports/mix-window.ts';
import type { ControllerPicture, Health, Streamed, Topic } from '../../protocol/hindsight-v1.ts';
import { mostHz } from '../../protocol/versions.ts';

/** What topics are made of. */
export type TopicParts = {
  /** The frame that is heard now. */
  readonly heard: () => Frame;
  readonly levels: () => Levels;
  readonly controllers: () => readonly ControllerPicture[];
  readonly health: () => Health;
  readonly backstage: Pick<Backstage, 'monitor'>;
};

export type Topics = { readonly [T in Topic]: Observable<Streamed<T>> };

const positionMs = 1000 / mostHz;
const lampsMs = 100;
const healthMs = 1000;
const monitorMs = 100;
/** More lines than this in a tenth of a second nobody reads. */
const mostLines = 40;

const thinned = (lines: readonly string[]): readonly string[] =>
  lines.length <= mostLines ? lines : [...lines.slice(0, mostLines), `... ${lines.length - mostLines} more lines`];

const monitorLines = ({ monitor }: { monitor: Backstage['monitor'] }): Observable<string> =>
  new Stream((listener) => {
    const work = monitor({ line: (line) => listener.next(line), end: () => listener.complete() });
    return () => work.stop();
  });

/** What is streamed to those who watch, one stream for all of them; nothing is made of what nobody watches. */
export const topicsOf = (parts: TopicParts, scheduler: SchedulerLike = asyncScheduler): Topics => ({
  position: timer(0, positionMs, scheduler).pipe(
    map(() => ({ type: 'position' as const, frame: parts.heard() })),
    share(),
  ),
  levels: timer(0, positionMs, scheduler).pipe(
    map(() => ({ type: 'levels' as const, frame: parts.heard(), ...copied(parts.levels()) })),
    share(),
  ),
  lamps: timer(0, lampsMs, scheduler).pipe(
    map(() => parts.controllers()),
    distinctUntilChanged((one, other) => JSON.stringify(one) === JSON.stringify(other)),
    map((controllers) => ({ type: 'lamps' as const, controllers })),
    share(),
  ),
  monitor: monitorLines({ monitor: (listener) => parts.backstage.monitor(listener) }).pipe(
    bufferTime(monitorMs, undefined, scheduler),
    filter((lines) => lines.length > 0),
    mergeMap(thinned),
    map((line) => ({ type: 'monitor' as const, line })),
    share(),
  ),
  health: timer(0, healthMs, scheduler).pipe(
    map(() => ({ type: 'health' as const, health: parts.health() })),
    share(),
  ),
});

const copied = ({ input, output }: Levels) => ({
  input: [input[0], input[1]] as const,
  output: [output[0], output[1]] as const,
});

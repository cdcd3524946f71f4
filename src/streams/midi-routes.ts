import { filter, map, merge, Observable, share } from 'rxjs';
import type { ThruRoute } from '../core/controller/thru-route.ts';
import type { TransportMode } from '../core/time/ticks.ts';
import type { ClockTarget } from '../ports/clock-target.ts';
import type { JoinedController, Stage } from './controller.ts';
import { type ClockReport, midiClock } from './midi-clock.ts';
import type { Show } from './show.ts';
import { type ThruPassed, thru } from './thru.ts';

/** What goes out beside lamps: the clock, to ports and to controllers that blink by it; and what is passed through. */
export type MidiRoutes = {
  readonly clocked: readonly ClockTarget[];
  readonly transport: TransportMode;
  readonly thru: readonly (ThruRoute & {
    readonly send: (bytes: readonly number[]) => boolean;
    readonly listen: (hear: (bytes: readonly number[]) => void) => void;
  })[];
};

/** Something to be told that is no event of the music. */
export type Notice = { readonly text: string; readonly level: 'info' | 'debug' };

const clockText = ({ span, ticks, skipped, p50Ms, p99Ms, maxMs }: ClockReport): string => {
  const over = span === 'whole' ? 'in all' : 'the last 10 s';
  const jitter = `jitter ${p50Ms.toFixed(2)} ms p50, ${p99Ms.toFixed(2)} ms p99, ${maxMs.toFixed(2)} ms at most`;
  return `clock: ${over}: ${ticks} ticks, ${jitter}${skipped > 0 ? `; ${skipped} left out` : ''}`;
};

const thruText = ({ from, to, bytes, sent }: ThruPassed): string =>
  `thru ${from} -> ${to}: ${bytes.length} bytes${sent ? '' : ', lost: it is away'}`;

/** One target for each controller that blinks by the clock: the same for as long as it is joined. */
const blinking = (show: Show) => {
  const targets = new WeakMap<JoinedController, ClockTarget>();
  return (): readonly ClockTarget[] =>
    show.controllers
      .filter(({ profile }) => profile.clock)
      .map((controller) => {
        const known = targets.get(controller);
        if (known !== undefined) return known;
        const { name } = controller;
        const target = { name, transport: false, send: (bytes: readonly number[]) => controller.sendClock(bytes) };
        targets.set(controller, target);
        return target;
      });
};

/** Runs clock and thru while subscribed to, and tells of them in words. Ends as the session closes. */
export const routeMidi = (routes: MidiRoutes, stage: Stage, show: Show): Observable<Notice> => {
  const ofControllers = blinking(show);
  const { session, audio, clock, scheduler } = stage;
  const clock$ = midiClock({
    session,
    audio,
    clock,
    targets: () => [...routes.clocked, ...ofControllers()],
    transport: routes.transport,
    ...(scheduler && { scheduler }),
  });
  const thru$ = thru(
    routes.thru.map(({ from, to, send, listen }) => ({
      from,
      to,
      send,
      messages$: new Observable<readonly number[]>((observer) => listen((bytes) => observer.next(bytes))),
    })),
  );
  return merge(
    clock$.pipe(
      filter(({ ticks }) => ticks > 0),
      map((report): Notice => ({ text: clockText(report), level: report.span === 'whole' ? 'info' : 'debug' })),
    ),
    thru$.pipe(map((passed): Notice => ({ text: thruText(passed), level: 'debug' }))),
  ).pipe(share());
};

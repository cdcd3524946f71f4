import { asyncScheduler, Observable, type OperatorFunction, type SchedulerLike, type Subscription } from 'rxjs';
import type { Millis } from '../core/time/units.ts';
import type { Clock } from '../ports/clock.ts';
import type { TimedMove } from './gestures.ts';

/** Nobody hears more than two hundred places of a fader in a second. */
const settleMs = 5;

type Turn = Extract<TimedMove, { type: 'turn' }>;

/** A fader that moves faster than that: when its last place went through, and the place that waits. */
type Pending = { readonly passedAt: Millis; readonly waits?: Turn; readonly timer?: Subscription };

/**
 * Thins out the places of each fader: the first one goes through at once, of those that follow too soon only the last, once it is time.
 * A fader that floods thus costs no more than one that is moved. All other moves pass as they are, after the places that were before
 * them: a stomp means the bars that the fader says.
 */
export const settledTurns =
  (clock: Clock, scheduler: SchedulerLike = asyncScheduler): OperatorFunction<TimedMove, TimedMove> =>
  (moves$) =>
    new Observable((observer) => {
      const faders = new Map<string, Pending>();
      const pass = (turn: Turn): void => {
        faders.set(turn.control, { passedAt: clock.now() });
        observer.next(turn);
      };
      const settle = (control: string): void => {
        const { waits, timer } = faders.get(control) ?? {};
        timer?.unsubscribe();
        if (waits !== undefined) pass(waits);
      };
      const take = (turn: Turn): void => {
        const before = faders.get(turn.control);
        const soon = before === undefined ? 0 : before.passedAt + settleMs - clock.now();
        if (before === undefined || (soon <= 0 && before.waits === undefined)) {
          pass(turn);
          return;
        }
        const timer = before.timer ?? scheduler.schedule(() => settle(turn.control), Math.max(0, soon));
        faders.set(turn.control, { ...before, waits: turn, timer });
      };
      const moved = moves$.subscribe({
        next: (move) => {
          if (move.type === 'turn') {
            take(move);
            return;
          }
          for (const control of faders.keys()) settle(control);
          observer.next(move);
        },
        error: (error) => observer.error(error),
        complete: () => observer.complete(),
      });
      return () => {
        moved.unsubscribe();
        for (const { timer } of faders.values()) timer?.unsubscribe();
      };
    });

import { asyncScheduler, Observable, type OperatorFunction, type SchedulerLike, type Subscription } from 'rxjs';
import type { Played } from '../core/controller/play.ts';
import type { Profile } from '../core/controller/profile.ts';
import type { Move } from '../core/controller/read.ts';
import { type GestureSettings, type Hand, restingHand } from '../core/gesture/gesture.ts';
import { type HandInput, handle } from '../core/gesture/hand.ts';
import type { Millis } from '../core/time/units.ts';
import type { Clock } from '../ports/clock.ts';

/** A move at the time of its message. */
export type TimedMove = Move & { readonly at: Millis };

/** A timer that rings later than this has been held up. */
const lateMs = 20;

/** What a profile says of its switches. */
export const gestureSettings = ({ times, controls, pages, chords }: Profile): GestureSettings => ({
  ...times,
  momentary: new Set(controls.filter(({ release }) => release === true || release === 'auto').map(({ id }) => id)),
  proving: new Set(controls.filter(({ release }) => release === 'auto').map(({ id }) => id)),
  chords: chords.map((chord) => chord.controls),
  warned: new Set([
    ...controls.filter(({ bindings }) => bindings.longHold !== undefined).map(({ id }) => id),
    ...pages.flatMap((page) =>
      [...page.bindings].filter(([, { longHold }]) => longHold !== undefined).map(([id]) => id),
    ),
  ]),
});

/**
 * The gestures of the switches that are moved; faders and encoders pass as they are. Holds and the like come by themselves, by the
 * scheduler; each carries the time that it means, whenever the scheduler got round to it.
 */
export const gestures =
  (
    settings: GestureSettings,
    clock: Clock,
    scheduler: SchedulerLike = asyncScheduler,
  ): OperatorFunction<TimedMove, Played> =>
  (moves$) =>
    new Observable((observer) => {
      let hand: Hand = restingHand;
      let timer: Subscription | undefined;
      const take = (input: HandInput): void => {
        const handled = handle(hand, input, settings);
        hand = handled.hand;
        timer?.unsubscribe();
        timer =
          handled.nextAt === undefined
            ? undefined
            : scheduler.schedule(wake(handled.nextAt), Math.max(0, handled.nextAt - clock.now()));
        for (const gesture of handled.gestures) observer.next(gesture);
      };
      const wake = (at: Millis) => (): void => {
        // The program stood still: what came meanwhile, such as the release that makes it no hold, is to be heard first.
        if (clock.now() - at > lateMs) timer = scheduler.schedule(() => take({ type: 'time', at }), 1);
        else take({ type: 'time', at });
      };
      const moved = moves$.subscribe({
        next: (move) => {
          if (move.type === 'turn' || move.type === 'step') observer.next(move);
          else take({ type: move.type, control: move.control, at: move.at });
        },
        error: (error) => observer.error(error),
        complete: () => observer.complete(),
      });
      return () => {
        moved.unsubscribe();
        timer?.unsubscribe();
      };
    });

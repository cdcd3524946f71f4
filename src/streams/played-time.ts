import { VirtualAction, VirtualTimeScheduler } from 'rxjs';
import type { Millis } from '../core/time/units.ts';

/** Time that passes as it is played, for shows from files: what is due is done when it is due, and no wall clock is looked at. */
export class PlayedTime {
  readonly scheduler = new VirtualTimeScheduler(VirtualAction, 0);

  /** When the next thing is due; undefined while nothing is. */
  get nextAt(): Millis | undefined {
    return this.scheduler.actions[0]?.delay;
  }

  /** Does what is due by then. */
  advanceTo(time: Millis): void {
    this.scheduler.maxFrames = time;
    this.scheduler.flush();
    this.scheduler.frame = time;
  }
}

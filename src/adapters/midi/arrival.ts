import type { Millis } from '../../core/time/units.ts';

/** Later than this is no jitter: the program stood still, and the sequencer's word is better than ours. */
const jitterMs = 20;
/** After a longer rest the two clocks may have parted by as much as the jitter that is to be taken out. */
const longestDeltaMs = 5000;
/** How fast our own clock is followed, a tenth of the way with each message. */
const followShare = 0.1;

/**
 * When messages arrived at the sequencer, from the times between them that RtMidi tells, and our own clock at the moment at which we
 * get to know of them. A press and its release keep their distance however late the program gets round to both, so that a tap never
 * becomes a hold.
 */
export class Arrivals {
  #last: Millis | undefined;

  /** The time of a message that came `deltaSeconds` after the last one and is heard of `now`; never after `now`. */
  next(deltaSeconds: number, now: Millis): Millis {
    const time = this.#estimate(deltaSeconds * 1000, now);
    this.#last = time;
    return time;
  }

  #estimate(deltaMs: Millis, now: Millis): Millis {
    if (this.#last === undefined || deltaMs > longestDeltaMs) return now;
    const told = this.#last + deltaMs;
    const late = now - told;
    if (late <= 0) return now;
    return late > jitterMs ? told : told + late * followShare;
  }
}

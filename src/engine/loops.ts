import type { Cut } from '../core/sound/command.ts';
import { seamFrames } from '../core/sound/span.ts';
import type { Frame, Rate } from '../core/time/units.ts';
import type { FactQueue } from './fact-queue.ts';
import { type Hold, Loop } from './loop.ts';
import type { Playhead } from './playhead.ts';
import { type SeamTables, seamTables } from './seam.ts';
import type { Tape } from './tape.ts';

/**
 * Copied per frame of sound that passes, by all loops together: a two-minute loop is in its own memory after two seconds. Each copies at least
 * the lesser number, so that none falls off the tape while others are copied.
 */
const copiesPerFrame = 64;
const leastPerFrame = 8;

/**
 * All loops of the engine, whoever plays them: each from the command that brings it until it is released and has faded.
 * Copies those that were cut off the tape, whatever the tracks do.
 */
export class Loops {
  readonly #samples: Float32Array;
  readonly #facts: FactQueue;
  readonly #seam: SeamTables;
  /** In no order. */
  readonly #loops: Loop[] = [];

  /** `samples` is the memory of which each loop gets pieces. */
  constructor(samples: Float32Array, rate: Rate, facts: FactQueue) {
    this.#samples = samples;
    this.#facts = facts;
    this.#seam = seamTables(seamFrames(rate));
  }

  /** A new loop to be copied from the tape, or undefined, which is said, where there is no memory or no tape for it. Allocates. */
  cut(cut: Cut, pieces: Int32Array | undefined, now: Frame, tape: Tape): Loop | undefined {
    const loop = pieces && Loop.cut(cut, { samples: this.#samples, pieces }, this.#seam);
    if (loop?.reachable(tape)) {
      this.#loops.push(loop);
      return loop;
    }
    this.#facts.push('captureFailed', now, cut.track, cut.loopId);
    if (loop !== undefined) this.#facts.push('loopReleased', now, cut.loopId);
    return undefined;
  }

  /** A new loop whose memory is filled by somebody else. Says so where there is none for it. Allocates. */
  hold(hold: Hold, pieces: Int32Array | undefined, now: Frame): void {
    if (pieces === undefined) {
      this.#facts.push('captureFailed', now, hold.track, hold.loopId);
      return;
    }
    const { leadFrames } = hold;
    // A lead-in that was made at another rate may be longer or shorter by a frame.
    const seam = leadFrames === this.#seam.fadeIn.length ? this.#seam : seamTables(leadFrames);
    this.#loops.push(Loop.hold(hold, { samples: this.#samples, pieces }, seam));
  }

  /** A loop that is not released, or undefined. */
  find(id: number): Loop | undefined {
    return this.#loops.find((loop) => loop.id === id && !loop.isReleased);
  }

  /** Lets go of a loop as soon as nobody plays it; one that is not there, or was released, is left alone. */
  release(id: number, now: Frame): void {
    this.find(id)?.release(now);
    this.sweep();
  }

  /** Copies what the next `frames` frames allow, all of which the tape has. Realtime-safe; the work is that of the loops being copied. */
  copy(playhead: Playhead, frames: number, tape: Tape): void {
    const { length } = this.#loops;
    let copying = 0;
    for (let index = 0; index < length; index += 1) if (isCopying(this.#loops[index])) copying += 1;
    if (copying === 0) return;
    const limit = frames * Math.max(leastPerFrame, Math.floor(copiesPerFrame / copying));
    for (let index = 0; index < length; index += 1) {
      const loop = this.#loops[index];
      if (!isCopying(loop)) continue;
      if (loop.reachable(tape)) this.#copyOne(loop, playhead, limit, tape);
      else this.#fail(loop, playhead.frame);
    }
  }

  /** Lets go of the loops that were released and have faded. Realtime-safe. */
  sweep(): void {
    for (let index = this.#loops.length - 1; index >= 0; index -= 1) {
      const loop = this.#loops[index];
      // Memory of which nobody is told is lost for good: it is told with the next block.
      if (loop?.isFree !== true || this.#facts.isFull) continue;
      this.#facts.push('loopReleased', loop.freeFrom, loop.id);
      const last = this.#loops.pop();
      if (last !== undefined && last !== loop) this.#loops[index] = last;
    }
  }

  #copyOne(loop: Loop, { frame }: Playhead, limit: number, tape: Tape): void {
    loop.copyFrom(tape, limit);
    if (loop.committed && !loop.isReleased) this.#facts.push('captureCommitted', frame, loop.track, loop.id);
  }

  #fail(loop: Loop, frame: Frame): void {
    loop.hasFailed = true;
    if (loop.isReleased) return;
    this.#facts.push('captureFailed', frame, loop.track, loop.id);
    loop.release(frame);
  }
}

const isCopying = (loop: Loop | undefined): loop is Loop => loop !== undefined && !loop.committed && !loop.hasFailed;

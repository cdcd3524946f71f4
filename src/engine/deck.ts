import type { Frame, Millis } from '../core/time/units.ts';
import type { BlockTimes } from './block-times.ts';
import type { Mishap } from './devices/device.ts';
import type { Engine } from './engine.ts';
import type { SharedFigures } from './figures.ts';
import type { SharedClock } from './frame-clock.ts';
import { LatelyMost } from './lately.ts';
import type { LevelMeter } from './levels.ts';
import type { MixTap } from './mix-tap.ts';
import { monotonicNow } from './monotonic.ts';

/** How often the spread of the block times is worked out. */
const spreadMs = 1000;

export type DeckParts = {
  readonly engine: Engine;
  readonly times: BlockTimes;
  readonly clock: SharedClock;
  readonly figures: SharedFigures;
  readonly levels: LevelMeter;
  readonly mix: MixTap;
  readonly blockFrames: number;
};

/**
 * Runs the engine on the blocks of a device, and on time alone while there is none: the grid goes on whatever is lost. Frames
 * that the device lost are played through in silence, so that all that sounds afterwards is where it would have been.
 * `take` is realtime-safe; so is `pass`, whose work is that of the blocks that are due.
 */
export class Deck {
  readonly #parts: DeckParts;
  #isAway = false;
  /** The device has just begun: what passed since the last block is lost. */
  #isFresh = false;
  #spreadAt: Millis = 0;
  readonly #lately = new LatelyMost();

  constructor(parts: DeckParts) {
    this.#parts = parts;
  }

  /** Whether time goes on without a device. */
  get isAway(): boolean {
    return this.#isAway;
  }

  /** A device begins. */
  begin(): void {
    this.#isFresh = true;
    this.#parts.times.begin();
  }

  /** A block of a device: see `Process`. */
  take(input: Float32Array, output: Float32Array, frames: number, time: Millis, mishap: Mishap): void {
    const { engine, times, figures, levels, mix } = this.#parts;
    const before = times.time;
    const lost = times.update(time, frames, this.#isFresh || mishap === 'xrun');
    if (this.#isFresh) this.#comeBack(lost);
    else this.#count(mishap, lost, time - before);
    const began = monotonicNow();
    figures.most('worstWakeUpMs', began - time);
    engine.process(input, output, frames);
    levels.take(input, output, frames);
    mix.take(output, frames, engine.playhead);
    this.#note(monotonicNow() - began, began);
    this.#tell(frames, time);
  }

  /** The device is gone. */
  leave(): void {
    const { engine, times, figures } = this.#parts;
    if (this.#isAway) return;
    this.#isAway = true;
    // What was never there is waited for, not lost.
    if (!Number.isNaN(times.time)) figures.add('interfaceLosses', 1);
    // Nothing is computed in time or late until it is back.
    this.#lately.forget();
    figures.set('worstBlockLatelyMs', 0);
    engine.interfaceLost();
  }

  /** Without a device: plays what is due by `now`, a block behind, so that a device that comes back is never too early. */
  pass(now: Millis): void {
    const { engine, times, mix, blockFrames } = this.#parts;
    if (Number.isNaN(times.time)) times.update(now, blockFrames, false);
    while (times.expected + blockFrames * times.msPerFrame <= now) {
      times.pass(blockFrames);
      engine.lose(blockFrames);
      mix.pass(blockFrames, engine.playhead);
      this.#parts.clock.write(engine.playhead, blockFrames, times);
    }
  }

  #comeBack(lost: Frame): void {
    const { engine } = this.#parts;
    this.#isFresh = false;
    engine.lose(lost);
    if (this.#isAway) engine.interfaceBack();
    this.#isAway = false;
  }

  #count(mishap: Mishap, lost: Frame, sinceMs: Millis): void {
    const { engine, figures } = this.#parts;
    figures.most('longestStallMs', sinceMs);
    if (mishap === 'late') {
      figures.add('lateBlocks', 1);
      engine.late();
    }
    if (mishap !== 'xrun' && lost === 0) return;
    figures.add('xruns', 1);
    figures.add('framesLost', lost);
    engine.gap(lost);
  }

  /** How long a block took. */
  #note(tookMs: Millis, now: Millis): void {
    const { figures } = this.#parts;
    figures.add('computingMs', tookMs);
    figures.most('worstBlockMs', tookMs);
    figures.set('worstBlockLatelyMs', this.#lately.take(tookMs, now));
  }

  #tell(frames: number, time: Millis): void {
    const { engine, times, clock, figures } = this.#parts;
    clock.write(engine.playhead, frames, times);
    if (time - this.#spreadAt < spreadMs) return;
    this.#spreadAt = time;
    figures.set('jitterMs', times.jitter.percentile(0.5));
    figures.set('jitterP99Ms', times.jitter.percentile(0.99));
    figures.set('clippedSamples', engine.clippedSamples);
  }
}

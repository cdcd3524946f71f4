import { type MeasureEnd, measureEnds } from '../core/sound/fact.ts';
import { addProbe, type Probe } from '../core/sound/probe.ts';
import type { Frame } from '../core/time/units.ts';
import type { FactQueue } from './fact-queue.ts';
import type { FeedbackWatch } from './feedback-watch.ts';
import type { Playhead } from './playhead.ts';
import type { Pair } from './protocol.ts';

/** Plays the probe that measures the latency, and ends it where it must not go on. Realtime-safe. */
export class Prober {
  readonly #probe: Probe;
  readonly #watch: FeedbackWatch;
  readonly #facts: FactQueue;
  #id = 0;
  #start: Frame = 0;
  #isOn = false;

  constructor(probe: Probe, watch: FeedbackWatch, facts: FactQueue) {
    this.#probe = probe;
    this.#watch = watch;
    this.#facts = facts;
  }

  /** How many of the next `frames` frames the probe has for itself: the first ones. */
  framesIn({ frame }: Playhead, frames: number): number {
    return this.#isOn ? Math.min(frames, this.#start + this.#probe.frames - frame) : 0;
  }

  start(id: number, now: Frame): void {
    if (this.#isOn) this.end('stopped', now);
    this.#id = id;
    this.#start = now;
    this.#isOn = true;
    this.#watch.reset();
    this.#facts.push('measureStarted', now, id);
  }

  stop(id: number, now: Frame): void {
    if (this.#isOn && this.#id === id) this.end('stopped', now);
  }

  end(how: MeasureEnd, now: Frame): void {
    if (!this.#isOn) return;
    this.#isOn = false;
    this.#facts.push('measureEnded', now, this.#id, measureEnds.indexOf(how));
  }

  /** Looks at what came in and adds what goes out, in the next `frames` frames. */
  mix(bus: Float32Array, input: Float32Array, channels: number, pair: Pair, { frame }: Playhead, frames: number): void {
    if (!this.#isOn) return;
    if (this.#watch.hears(input, channels, pair, frames)) {
      this.end('feedback', frame);
      return;
    }
    addProbe(this.#probe, bus, frame - this.#start, frames);
    if (frame + frames >= this.#start + this.#probe.frames) this.end('done', this.#start + this.#probe.frames);
  }
}

import { frameOfBeat } from '../core/time/grid.ts';
import type { Beat, Frame } from '../core/time/units.ts';
import type { Loop } from './loop.ts';
import type { SeamTables } from './seam.ts';
import type { Tape } from './tape.ts';

const never = Number.POSITIVE_INFINITY;

/** What a call of `mix` has brought about. */
export type VoiceEvents = { started: Frame; stopped: Frame };

/**
 * Plays one loop on its grid: each pass from the frame of its own beat, its end blended into what was played before its
 * start, its starts and stops in short ramps. What it gives does not depend on how time is cut into blocks.
 * Realtime-safe: all of it.
 */
export class Voice {
  loop: Loop | undefined = undefined;
  startFrame: Frame = never;
  stopFrame: Frame = never;
  sounding = false;
  #passBeat: Beat = 0;
  #passStart: Frame = 0;
  #passEnd: Frame = 0;
  /** The ramp's height in frames, 0 to `#ramp`. Counted, not multiplied, so that block sizes leave no trace. */
  #level = 0;
  #released = false;
  readonly #ramp: Frame;
  readonly #seam: SeamTables;

  constructor(ramp: Frame, seam: SeamTables) {
    this.#ramp = ramp;
    this.#seam = seam;
  }

  /** Sets the loop to begin a pass on `beat`; it sounds from `now` at the earliest, then in phase. */
  start(loop: Loop, beat: Beat, now: Frame): void {
    this.loop = loop;
    this.#passBeat = beat;
    this.#setPass();
    this.startFrame = Math.max(now, this.#passStart);
    this.stopFrame = never;
  }

  /** Sets the frame from which all is silent: that of `beat`, or as soon as a ramp allows. */
  stop(beat: Beat, now: Frame): void {
    if (this.loop === undefined) return;
    this.stopFrame = Math.max(now + this.#ramp, frameOfBeat(this.loop.grid, beat));
  }

  keepOn(): void {
    this.stopFrame = never;
  }

  keepSilent(): void {
    this.startFrame = never;
  }

  /** Lets go of the loop with a ramp; the voice is free when that has faded. */
  release(now: Frame): void {
    this.#released = true;
    this.startFrame = never;
    this.stopFrame = now + this.#ramp;
    if (!this.sounding) this.#end();
  }

  /** Lets go of the loop at once. */
  silence(): void {
    this.#released = true;
    this.#end();
  }

  /** Adds the frames from `frame` on to the interleaved stereo `bus`, and tells in `events` what happened. */
  mix(bus: Float32Array, frame: Frame, frames: number, tape: Tape, events: VoiceEvents): void {
    events.started = never;
    events.stopped = never;
    const loop = this.loop;
    const end = frame + frames;
    if (loop === undefined) return;
    if (!this.sounding) {
      if (this.startFrame >= end) return;
      this.sounding = true;
      events.started = this.startFrame;
    }
    let at = Math.max(frame, this.startFrame === never ? frame : this.startFrame);
    while (at < end && at < this.stopFrame) at += this.#mixRun(loop, bus, at, frame, end, tape);
    if (at < end) {
      events.stopped = at;
      this.#end();
    }
  }

  /** Mixes the longest run from `at` in which neither pass, seam nor ramp changes; returns its length. */
  #mixRun(loop: Loop, bus: Float32Array, at: Frame, frame: Frame, end: Frame, tape: Tape): number {
    while (at >= this.#passEnd) this.#nextPass(loop);
    const position = at - this.#passStart;
    const seamStart = this.#passEnd - this.#passStart - loop.seam;
    const falling = at >= this.stopFrame - this.#ramp;
    let until = Math.min(end, position < seamStart ? this.#passStart + seamStart : this.#passEnd);
    until = Math.min(until, falling ? this.stopFrame : this.stopFrame - this.#ramp);
    const ramping = falling || this.#level < this.#ramp;
    if (ramping && !falling) until = Math.min(until, at + this.#ramp - this.#level);
    const run = until - at;
    const busAt = (at - frame) * 2;
    if (!ramping && position < seamStart) this.#addPlain(loop, bus, busAt, position, run, tape);
    else this.#addShaped(loop, bus, busAt, position, run, falling ? -1 : 1, tape);
    return run;
  }

  #addPlain(loop: Loop, bus: Float32Array, busAt: number, position: Frame, run: number, tape: Tape): void {
    let place = position + loop.seam;
    let left = run;
    let to = busAt;
    while (left > 0) {
      const own = place < loop.copied;
      const at = own ? loop.indexOf(place) : tape.indexOf(loop.source + place);
      const some = Math.min(left, own ? loop.runFrom(place) : tape.capacity - at);
      addSamples(own ? loop.memory : tape.samples, at * 2, bus, to, some * 2);
      place += some;
      to += some * 2;
      left -= some;
    }
  }

  /** A run in a ramp, a seam or both: sample by sample. `step` is the way in which the ramp goes. */
  #addShaped(
    loop: Loop,
    bus: Float32Array,
    busAt: number,
    position: Frame,
    run: number,
    step: 1 | -1,
    tape: Tape,
  ): void {
    const length = this.#passEnd - this.#passStart;
    const { fadeOut, fadeIn } = this.#seam;
    for (let index = 0; index < run; index += 1) {
      this.#level = Math.min(this.#ramp, Math.max(0, this.#level + step));
      const gain = this.#level / this.#ramp;
      const place = position + index;
      const blend = place - (length - loop.seam);
      for (let side = 0; side < 2; side += 1) {
        let sample = sampleOf(loop, tape, place, side);
        if (blend >= 0) {
          sample = sample * (fadeOut[blend] ?? 0) + sampleOf(loop, tape, place - length, side) * (fadeIn[blend] ?? 0);
        }
        const to = busAt + index * 2 + side;
        bus[to] = (bus[to] ?? 0) + sample * gain;
      }
    }
  }

  #nextPass(loop: Loop): void {
    this.#passBeat += loop.beats;
    this.#setPass();
  }

  #setPass(): void {
    if (this.loop === undefined) return;
    this.#passStart = frameOfBeat(this.loop.grid, this.#passBeat);
    this.#passEnd = frameOfBeat(this.loop.grid, this.#passBeat + this.loop.beats);
  }

  #end(): void {
    this.sounding = false;
    this.#level = 0;
    this.startFrame = never;
    this.stopFrame = never;
    if (this.#released) {
      this.loop?.free();
      this.loop = undefined;
    }
    this.#released = false;
  }
}

/** A sample at a position of the loop, from its own memory or, not yet copied, from the tape. */
const sampleOf = (loop: Loop, tape: Tape, position: Frame, side: number): number => {
  const place = Math.min(position + loop.seam, loop.frames - 1);
  return place < loop.copied
    ? (loop.memory[loop.indexOf(place) * 2 + side] ?? 0)
    : (tape.samples[tape.indexOf(loop.source + place) * 2 + side] ?? 0);
};

const addSamples = (from: Float32Array, fromAt: number, to: Float32Array, toAt: number, count: number): void => {
  for (let index = 0; index < count; index += 1) {
    to[toAt + index] = (to[toAt + index] ?? 0) + (from[fromAt + index] ?? 0);
  }
};

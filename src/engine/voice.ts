import { beatAt, frameOfBeat, type Grid } from '../core/time/grid.ts';
import type { Beat, Frame } from '../core/time/units.ts';
import { addBlended, addSamples } from './kernels.ts';
import type { Loop } from './loop.ts';
import type { Playhead } from './playhead.ts';
import { Stretch } from './stretch.ts';
import type { Tape } from './tape.ts';

const never = Number.POSITIVE_INFINITY;

/** Used by whichever voice is mixed: found anew each time. */
const sound = new Stretch();
const leadIn = new Stretch();

/** What a call of `mix` has brought about. */
export type VoiceEvents = { started: Frame; stopped: Frame };

/** On which lines the passes of a loop begin: one on `beat`, the others whole passes from it. */
export type Passes = { readonly grid: Grid; readonly beat: Beat };

/**
 * Plays one loop on a grid: each pass from the frame of its own beat, its end blended into what was played before its
 * start, its starts and stops in short ramps. What it gives does not depend on how time is cut into blocks.
 * Realtime-safe: all of it.
 */
export class Voice {
  loop: Loop | undefined = undefined;
  /** Where its ramp rises, and where it has fallen: all is silent before the one and from the other on. */
  startFrame: Frame = never;
  stopFrame: Frame = never;
  sounding = false;
  /** Its end is settled: it neither comes earlier nor later for what the track plays next. */
  isSettled = false;
  #grid: Grid | undefined;
  #passBeat: Beat = 0;
  #passStart: Frame = 0;
  #passEnd: Frame = 0;
  /** The ramp's height in frames, 0 to `#ramp`. Counted, not multiplied, so that block sizes leave no trace. */
  #level = 0;
  readonly #ramp: Frame;

  constructor(ramp: Frame) {
    this.#ramp = ramp;
  }

  /** Has an idle voice play a loop from `startFrame` on, which may be in the midst of a pass. */
  start(loop: Loop, { grid, beat }: Passes, startFrame: Frame): void {
    loop.take();
    this.loop = loop;
    this.startFrame = startFrame;
    this.#grid = grid;
    const passed = Math.floor((beatAt(grid, startFrame) - beat) / loop.beats);
    this.#setPass(loop, grid, beat + passed * loop.beats);
  }

  /** Sets the frame from which all is silent: that of `beat`, or as soon as a ramp allows. */
  stop(beat: Beat, now: Frame): void {
    if (this.#grid === undefined) return;
    this.stopFrame = Math.max(now + this.#ramp, frameOfBeat(this.#grid, beat));
  }

  keepOn(): void {
    this.stopFrame = never;
  }

  /** The frame from which its last ramp falls; infinite where none is due. */
  get fallFrame(): Frame {
    return this.stopFrame - this.#ramp;
  }

  /** Has it fall from a frame on. */
  fallFrom(frame: Frame): void {
    this.stopFrame = frame + this.#ramp;
  }

  /** Has it fall from a frame on, if it does not fall earlier. */
  fallBy(frame: Frame): void {
    if (frame < this.fallFrame) this.fallFrom(frame);
  }

  /** Lets go of the loop at once, with whatever step that makes; idle from `at` on. */
  end(at: Frame): void {
    this.loop?.letGo(at);
    this.loop = undefined;
    this.#grid = undefined;
    this.startFrame = never;
    this.stopFrame = never;
    this.sounding = false;
    this.isSettled = false;
    this.#level = 0;
  }

  /**
   * Adds the next `frames` frames to the interleaved stereo `bus`, and tells in `events` what happened. A voice that has
   * fallen silent lets go of its loop.
   */
  mix(bus: Float32Array, { frame }: Playhead, frames: number, tape: Tape, events: VoiceEvents): void {
    events.started = never;
    events.stopped = never;
    const loop = this.loop;
    const grid = this.#grid;
    const end = frame + frames;
    if (loop === undefined || grid === undefined || this.startFrame >= end) return;
    if (!this.sounding) {
      this.sounding = true;
      events.started = this.startFrame;
    }
    let at = Math.max(frame, this.startFrame);
    while (at < end && at < this.stopFrame) at += this.#mixRun(loop, grid, bus, at, frame, end, tape);
    if (at < end) {
      events.stopped = at;
      this.end(at);
    }
  }

  /** Mixes the longest run from `at` in which neither pass, seam nor ramp changes, nor what the loop has ends; returns its length. */
  #mixRun(loop: Loop, grid: Grid, bus: Float32Array, at: Frame, frame: Frame, end: Frame, tape: Tape): number {
    while (at >= this.#passEnd) this.#setPass(loop, grid, this.#passBeat + loop.beats);
    const position = at - this.#passStart;
    const ownFrames = loop.frames - loop.lead;
    const plainFrames = Math.min(this.#passEnd - this.#passStart - loop.lead, ownFrames);
    const falling = at >= this.fallFrame;
    let until = Math.min(end, this.#passEnd, falling ? this.stopFrame : this.fallFrame);
    if (position < plainFrames) until = Math.min(until, this.#passStart + plainFrames);
    else if (position < ownFrames) until = Math.min(until, this.#passStart + ownFrames);
    const ramping = falling || this.#level < this.#ramp;
    if (ramping && !falling) until = Math.min(until, at + this.#ramp - this.#level);
    const run = until - at;
    const busAt = (at - frame) * 2;
    // A pass may be a frame longer than the loop, which its memory does not have.
    if (ramping || position >= ownFrames) this.#addShaped(loop, bus, busAt, position, run, falling ? -1 : 1, tape);
    else if (position < plainFrames) this.#addPlain(loop, bus, busAt, position, run, tape);
    else this.#addSeam(loop, bus, busAt, position, run, tape);
    return run;
  }

  #addPlain(loop: Loop, bus: Float32Array, busAt: number, position: Frame, run: number, tape: Tape): void {
    for (let done = 0; done < run; ) {
      const some = Math.min(run - done, sound.find(loop, tape, loop.lead + position + done));
      addSamples(sound.samples, sound.at * 2, bus, busAt + done * 2, some * 2);
      done += some;
    }
  }

  /** A run in the seam, all of which the memory has. The lead-in lies as far from its start as the seam has come. */
  #addSeam(loop: Loop, bus: Float32Array, busAt: number, position: Frame, run: number, tape: Tape): void {
    const length = this.#passEnd - this.#passStart;
    for (let done = 0; done < run; ) {
      const place = loop.lead + position + done;
      const blend = place - length;
      const soundFrames = sound.find(loop, tape, place);
      const some = Math.min(run - done, soundFrames, leadIn.find(loop, tape, blend));
      addBlended(sound, leadIn, loop.seam, blend, bus, busAt + done * 2, some);
      done += some;
    }
  }

  /** A run in a ramp, or past the end of what the loop has: sample by sample. `step` is the way in which the ramp goes. */
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
    const { fadeOut, fadeIn } = loop.seam;
    for (let index = 0; index < run; index += 1) {
      this.#level = Math.min(this.#ramp, Math.max(0, this.#level + step));
      const gain = this.#level / this.#ramp;
      const place = position + index;
      const blend = place - (length - loop.lead);
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

  #setPass(loop: Loop, grid: Grid, beat: Beat): void {
    this.#passBeat = beat;
    this.#passStart = frameOfBeat(grid, beat);
    this.#passEnd = frameOfBeat(grid, beat + loop.beats);
  }
}

/**
 * A sample at a position of the loop, from its own memory or, not yet copied, from the tape. Its last frame is held for one more; in a pass that is
 * longer still, which only a set that was edited by hand can have, there is silence.
 */
const sampleOf = (loop: Loop, tape: Tape, position: Frame, side: number): number => {
  if (position + loop.lead > loop.frames) return 0;
  const place = Math.min(position + loop.lead, loop.frames - 1);
  sound.find(loop, tape, place);
  return sound.samples[sound.at * 2 + side] ?? 0;
};

import type { Click, GridMoment } from '../core/sound/command.ts';
import { barBeatOf, barOfBeat, beatAt, frameOfBeat, type Grid } from '../core/time/grid.ts';
import type { Beat, Frame, Rate } from '../core/time/units.ts';
import type { FactQueue } from './fact-queue.ts';
import type { Playhead } from './playhead.ts';

const never = Number.POSITIVE_INFINITY;
const clickSeconds = 0.04;
const accent = { hertz: 1760, level: 0.8 };
const plain = { hertz: 1174.66, level: 0.5 };

/** A short sine that starts and ends at zero, dying away: heard through a band without hurting in headphones. */
const clickTable = (rate: Rate, { hertz, level }: { readonly hertz: number; readonly level: number }): Float32Array => {
  const frames = Math.round(rate * clickSeconds);
  return Float32Array.from({ length: frames }, (_, frame) => {
    const time = frame / rate;
    const tail = Math.min(1, (frames - 1 - frame) / (rate * 0.005));
    return level * tail * Math.exp(-time * 90) * Math.sin(2 * Math.PI * hertz * time);
  });
};

/** Counts the beats of the grid: reports them, and sounds a click on each. Realtime-safe after construction. */
export class Metronome {
  #grid: Grid;
  #beat: Beat = 0;
  #beatFrame: Frame = 0;
  #offbeatFrame: Frame = never;
  #lastBeatFrame: Frame = Number.NEGATIVE_INFINITY;
  #clickFrame: Frame = Number.NEGATIVE_INFINITY;
  #clickGain = 0;
  /** The grid that is to hold from a frame on, and by which id that is said. */
  #nextGrid: Grid;
  #nextFrame: Frame = never;
  #nextId = 0;
  #nextClick: Click;
  #table: Float32Array;
  #click: Click;
  readonly #accent: Float32Array;
  readonly #plain: Float32Array;

  constructor(grid: Grid, click: Click) {
    this.#grid = grid;
    this.#nextGrid = grid;
    this.#click = click;
    this.#nextClick = click;
    this.#accent = clickTable(grid.rate, accent);
    this.#plain = clickTable(grid.rate, plain);
    this.#table = this.#accent;
    this.setGrid(grid, 0);
  }

  /** Volume and mute hold from the next click on, so that no click is cut. */
  setClick(click: Click): void {
    this.#click = click;
  }

  /**
   * Goes on in another grid, and forgets one that was to come: no beat is said twice, and one that the change has put just
   * behind is said at once.
   */
  setGrid(grid: Grid, now: Frame): void {
    const half = (30 * grid.rate) / grid.bpm;
    const after = Math.max(now - half, this.#lastBeatFrame + half);
    const last = this.#lastBeatFrame < 0 ? now - 1 : Math.floor(after);
    this.#goOver(grid, beatAt(grid, last) + 1, now);
  }

  /** Goes over to another grid at a frame, from whose beats on it counts, and says so; at once where the frame has passed. */
  setGridAt(grid: Grid, { frame, id, click = this.#click }: GridMoment, now: Frame, facts: FactQueue): void {
    if (frame < now) {
      this.setGrid(grid, now);
      this.#click = click;
      facts.push('gridSet', now, id);
      return;
    }
    this.#nextGrid = grid;
    this.#nextFrame = frame;
    this.#nextId = id;
    this.#nextClick = click;
  }

  /** Adds the click's next `frames` frames to the interleaved stereo `bus`, and reports the beats among them. */
  mix(bus: Float32Array, { frame }: Playhead, frames: number, facts: FactQueue): void {
    const end = frame + frames;
    for (let at = frame; at < end; ) {
      if (at === this.#nextFrame) this.#change(facts);
      if (at === this.#beatFrame) this.#strike(facts);
      if (at === this.#offbeatFrame) this.#pass(facts);
      const until = Math.min(end, this.#beatFrame, this.#offbeatFrame, this.#nextFrame);
      this.#addClick(bus, (at - frame) * 2, at, until - at);
      at = until;
    }
  }

  #change(facts: FactQueue): void {
    const frame = this.#nextFrame;
    this.#goOver(this.#nextGrid, beatAt(this.#nextGrid, frame - 1) + 1, frame);
    this.#click = this.#nextClick;
    facts.push('gridSet', frame, this.#nextId);
  }

  /** Counts on another grid from a beat on, which is struck at `now` where its frame has passed. */
  #goOver(grid: Grid, beat: Beat, now: Frame): void {
    this.#grid = grid;
    this.#beat = beat;
    this.#beatFrame = Math.max(now, frameOfBeat(grid, beat));
    this.#nextFrame = never;
    if (this.#offbeatFrame >= this.#beatFrame) this.#offbeatFrame = never;
  }

  #strike(facts: FactQueue): void {
    const grid = this.#grid;
    const bar = barOfBeat(grid, this.#beat);
    const beatInBar = this.#beat - barBeatOf(grid, this.#beat);
    facts.push('beat', this.#beatFrame, bar, beatInBar);
    this.#table = beatInBar === 0 ? this.#accent : this.#plain;
    this.#clickFrame = this.#beatFrame;
    this.#clickGain = this.#click.muted ? 0 : this.#click.volume;
    this.#lastBeatFrame = this.#beatFrame;
    this.#beat += 1;
    const next = frameOfBeat(grid, this.#beat);
    this.#offbeatFrame = this.#beatFrame + Math.floor((next - this.#beatFrame) / 2);
    this.#beatFrame = next;
  }

  #pass(facts: FactQueue): void {
    facts.push('offbeat', this.#offbeatFrame);
    this.#offbeatFrame = never;
  }

  #addClick(bus: Float32Array, busAt: number, at: Frame, run: number): void {
    const offset = at - this.#clickFrame;
    const frames = Math.min(run, this.#table.length - offset);
    if (this.#clickGain === 0) return;
    for (let index = 0; index < frames; index += 1) {
      const sample = (this.#table[offset + index] ?? 0) * this.#clickGain;
      bus[busAt + index * 2] = (bus[busAt + index * 2] ?? 0) + sample;
      bus[busAt + index * 2 + 1] = (bus[busAt + index * 2 + 1] ?? 0) + sample;
    }
  }
}

import type { Capture } from '../core/sound/command.ts';
import { loopFrames, pieceFrames, seamFrames } from '../core/sound/span.ts';
import { frameOfBeat, type Grid } from '../core/time/grid.ts';
import type { Beat, Frame } from '../core/time/units.ts';
import type { Arena } from './arena.ts';
import type { Tape } from './tape.ts';

const withinPiece = pieceFrames - 1;
const pieceShift = Math.log2(pieceFrames);

/**
 * A loop's sound: the lead-in of one seam, then its span. `place` counts its frames from the lead-in on, so that the
 * loop's first frame is at place `seam`. What is not copied yet is on the tape. Realtime-safe after construction.
 */
export class Loop {
  readonly id: number;
  readonly grid: Grid;
  readonly beats: Beat;
  readonly endBeat: Beat;
  readonly seam: Frame;
  /** With the lead-in. */
  readonly frames: Frame;
  /** The frame of the tape at place 0. */
  readonly source: Frame;
  copied: Frame = 0;
  readonly #arena: Arena;
  readonly #pieces: Int32Array;

  private constructor(capture: Capture, arena: Arena, pieces: Int32Array) {
    const { grid, startBeat, endBeat } = capture;
    this.id = capture.loopId;
    this.grid = grid;
    this.endBeat = endBeat;
    this.beats = endBeat - startBeat;
    this.seam = seamFrames(grid.rate);
    this.frames = loopFrames(capture);
    this.source = frameOfBeat(grid, startBeat) + capture.latencyFrames - this.seam;
    this.#arena = arena;
    this.#pieces = pieces;
  }

  /** An empty loop for a capture, or undefined when the arena has no room for it. */
  static in(arena: Arena, capture: Capture): Loop | undefined {
    const pieces = arena.take(loopFrames(capture));
    return pieces && new Loop(capture, arena, pieces);
  }

  /** Gives its memory back: the loop must not be played any more. */
  free(): void {
    this.#arena.giveBack(this.#pieces);
  }

  get committed(): boolean {
    return this.copied === this.frames;
  }

  /** Whether what is still to be copied is on the tape, or will come. */
  reachable(tape: Tape): boolean {
    return this.committed || tape.holds(this.source + this.copied);
  }

  /** Where a copied place lies in the arena, in frames. */
  indexOf(place: Frame): number {
    return (this.#pieces[place >> pieceShift] ?? 0) * pieceFrames + (place & withinPiece);
  }

  /** The frames from a copied place on that lie in one run of the arena. */
  runFrom(place: Frame): number {
    return Math.min(this.copied - place, pieceFrames - (place & withinPiece));
  }

  get memory(): Float32Array {
    return this.#arena.samples;
  }

  /** Copies at most `limit` frames of what has come in. */
  copyFrom(tape: Tape, limit: number): void {
    const waiting = tape.written - (this.source + this.copied);
    const frames = Math.min(limit, waiting, this.frames - this.copied);
    for (let done = 0; done < frames; ) {
      const at = tape.indexOf(this.source + this.copied);
      const room = pieceFrames - (this.copied & withinPiece);
      const run = Math.min(frames - done, tape.capacity - at, room);
      copySamples(tape.samples, at * 2, this.memory, this.indexOf(this.copied) * 2, run * 2);
      this.copied += run;
      done += run;
    }
  }
}

const copySamples = (from: Float32Array, fromAt: number, to: Float32Array, toAt: number, count: number): void => {
  for (let index = 0; index < count; index += 1) to[toAt + index] = from[fromAt + index] ?? 0;
};

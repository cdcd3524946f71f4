import type { Cut, SoundCommand } from '../core/sound/command.ts';
import { loopFrames, pieceFrames } from '../core/sound/span.ts';
import { frameOfBeat } from '../core/time/grid.ts';
import type { Beat, Frame } from '../core/time/units.ts';
import { copySamples } from './kernels.ts';
import type { SeamTables } from './seam.ts';
import type { Tape } from './tape.ts';

const withinPiece = pieceFrames - 1;
const pieceShift = Math.log2(pieceFrames);

/** The command that brings a loop whose memory is filled by somebody else. */
export type Hold = Extract<SoundCommand, { type: 'hold' }>;

/** Where a loop's sound is kept: memory of interleaved stereo, and which pieces of it, in this order. */
export type LoopMemory = { readonly samples: Float32Array; readonly pieces: Int32Array };

type LoopShape = {
  readonly id: number;
  readonly track: number;
  readonly beats: Beat;
  /** With the lead-in. */
  readonly frames: Frame;
  /** The frame of the tape at place 0. */
  readonly source: Frame;
  readonly copied: Frame;
};

/**
 * A loop's sound: the lead-in of one seam, then its span. `place` counts its frames from the lead-in on, so that the
 * loop's first frame is at place `lead`. What is not copied yet is on the tape. Realtime-safe after construction.
 */
export class Loop {
  readonly id: number;
  /** Whose it is, for the facts; any track may play it. */
  readonly track: number;
  readonly beats: Beat;
  readonly seam: SeamTables;
  /** The length of the lead-in and of the seam; 0 for a loop without. */
  readonly lead: Frame;
  /** With the lead-in. */
  readonly frames: Frame;
  /** The frame of the tape at place 0. */
  readonly source: Frame;
  readonly samples: Float32Array;
  copied: Frame;
  /** What was still to be copied is no longer on the tape: nobody may play it. */
  hasFailed = false;
  isReleased = false;
  readonly #pieces: Int32Array;
  /** How many voices play it, or will. */
  #voices = 0;
  #quietFrom: Frame = Number.NEGATIVE_INFINITY;

  private constructor(shape: LoopShape, memory: LoopMemory, seam: SeamTables) {
    this.id = shape.id;
    this.track = shape.track;
    this.beats = shape.beats;
    this.frames = shape.frames;
    this.source = shape.source;
    this.copied = shape.copied;
    this.seam = seam;
    this.lead = seam.fadeIn.length;
    this.samples = memory.samples;
    this.#pieces = memory.pieces;
  }

  /** An empty loop, to be copied from the tape. The lead-in is as long as the seam. */
  static cut(cut: Cut, memory: LoopMemory, seam: SeamTables): Loop {
    const { track, grid, startBeat, endBeat } = cut;
    const source = frameOfBeat(grid, startBeat) + cut.latencyFrames - seam.fadeIn.length;
    const beats = endBeat - startBeat;
    return new Loop({ id: cut.loopId, track, beats, frames: loopFrames(cut), source, copied: 0 }, memory, seam);
  }

  /** A loop that needs no tape: its memory is filled by somebody else. `seam` is as long as its lead-in. */
  static hold({ loopId, track, beats, frames }: Hold, memory: LoopMemory, seam: SeamTables): Loop {
    return new Loop({ id: loopId, track, beats, frames, source: 0, copied: frames }, memory, seam);
  }

  /** A voice plays it from now on, or will. */
  take(): void {
    this.#voices += 1;
  }

  /** A voice has done with it, at a frame. */
  letGo(at: Frame): void {
    this.#voices -= 1;
    this.#quietFrom = Math.max(this.#quietFrom, at);
  }

  /** Nobody wants it any more, from a frame on. */
  release(at: Frame): void {
    this.isReleased = true;
    this.#quietFrom = Math.max(this.#quietFrom, at);
  }

  /** Whether its memory may be had by others. */
  get isFree(): boolean {
    return this.isReleased && this.#voices === 0;
  }

  /** The frame from which it is free. */
  get freeFrom(): Frame {
    return this.#quietFrom;
  }

  get committed(): boolean {
    return this.copied === this.frames;
  }

  /** Whether what is still to be copied is on the tape, or will come. */
  reachable(tape: Tape): boolean {
    return this.committed || tape.holds(this.source + this.copied);
  }

  /** Where a copied place lies in the memory, in frames. */
  indexOf(place: Frame): number {
    return (this.#pieces[place >> pieceShift] ?? 0) * pieceFrames + (place & withinPiece);
  }

  /** The frames from a copied place on that lie in one run of the memory. */
  runFrom(place: Frame): number {
    return Math.min(this.copied - place, pieceFrames - (place & withinPiece));
  }

  /** Copies at most `limit` frames of what has come in. */
  copyFrom(tape: Tape, limit: number): void {
    const waiting = tape.written - (this.source + this.copied);
    const frames = Math.min(limit, waiting, this.frames - this.copied);
    for (let done = 0; done < frames; ) {
      const at = tape.indexOf(this.source + this.copied);
      const room = pieceFrames - (this.copied & withinPiece);
      const run = Math.min(frames - done, tape.capacity - at, room);
      copySamples(tape.samples, at * 2, this.samples, this.indexOf(this.copied) * 2, run * 2);
      this.copied += run;
      done += run;
    }
  }
}

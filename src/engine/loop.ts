import type { Capture } from '../core/sound/command.ts';
import { loopMemoryFrames, seamFrames } from '../core/sound/span.ts';
import { frameOfBeat, framesBetween, type Grid } from '../core/time/grid.ts';
import type { Beat, Frame } from '../core/time/units.ts';
import type { Tape } from './tape.ts';

/**
 * A loop's sound: the lead-in of one seam, then its span. Position 0 is the loop's first frame, the lead-in lies below it.
 * Until all is copied it is read from the tape. Realtime-safe after construction.
 */
export class Loop {
  readonly id: number;
  readonly grid: Grid;
  readonly beats: Beat;
  readonly endBeat: Beat;
  readonly lengthFrames: Frame;
  readonly seam: Frame;
  /** Interleaved stereo, `seam + lengthFrames` frames. */
  readonly samples: Float32Array;
  /** The frame of the tape at which `samples` begins. */
  readonly source: Frame;
  copied: Frame = 0;

  /** `samples` must hold `loopMemoryFrames(capture)` stereo frames of 32-bit floats. */
  constructor(capture: Capture, samples: SharedArrayBuffer) {
    const { grid, startBeat, endBeat } = capture;
    this.id = capture.loopId;
    this.grid = grid;
    this.endBeat = endBeat;
    this.beats = endBeat - startBeat;
    this.lengthFrames = framesBetween(grid, startBeat, endBeat);
    this.seam = seamFrames(grid.rate);
    this.samples = new Float32Array(samples, 0, loopMemoryFrames(capture) * 2);
    this.source = frameOfBeat(grid, startBeat) + capture.latencyFrames - this.seam;
  }

  get committed(): boolean {
    return this.copied * 2 === this.samples.length;
  }

  /** Whether what is still to be copied is on the tape, or will come. */
  reachable(tape: Tape): boolean {
    return this.committed || tape.holds(this.source + this.copied);
  }

  /** Copies at most `limit` frames of what has come in. */
  copyFrom(tape: Tape, limit: number): void {
    const waiting = tape.written - (this.source + this.copied);
    const missing = this.samples.length / 2 - this.copied;
    const frames = Math.min(limit, waiting, missing);
    for (let done = 0; done < frames; ) {
      const at = tape.indexOf(this.source + this.copied);
      const run = Math.min(frames - done, tape.capacity - at);
      copySamples(tape.samples, at * 2, this.samples, this.copied * 2, run * 2);
      this.copied += run;
      done += run;
    }
  }
}

const copySamples = (from: Float32Array, fromAt: number, to: Float32Array, toAt: number, count: number): void => {
  for (let index = 0; index < count; index += 1) to[toAt + index] = from[fromAt + index] ?? 0;
};

import type { Frame } from '../../core/time/units.ts';
import type { AudioDevice, Process } from './device.ts';

/** Gives the next `frames` frames of the player into `into`, silence after the end. */
export type Source = (into: Float32Array, frames: number) => void;
/** Takes the next `frames` frames of the output. */
export type Sink = (output: Float32Array, frames: number) => void;

/** A stereo device whose clock is turned by hand: as fast as the machine, exact to the sample, the same on every run. */
export class OfflineDevice implements AudioDevice {
  readonly #blockFrames: number;
  readonly #source: Source;
  readonly #sink: Sink;
  readonly #input: Float32Array;
  readonly #output: Float32Array;
  #process: Process | undefined;
  #frame: Frame = 0;

  constructor(blockFrames: number, source: Source, sink: Sink) {
    this.#blockFrames = blockFrames;
    this.#source = source;
    this.#sink = sink;
    this.#input = new Float32Array(blockFrames * 2);
    this.#output = new Float32Array(blockFrames * 2);
  }

  async open(process: Process): Promise<void> {
    this.#process = process;
  }

  async close(): Promise<void> {
    this.#process = undefined;
  }

  /** Plays on up to `frame`, in blocks of the device's size and a shorter one at the end. */
  advanceTo(frame: Frame): void {
    while (this.#process !== undefined && this.#frame < frame) {
      const frames = Math.min(this.#blockFrames, frame - this.#frame);
      this.#source(this.#input, frames);
      // No time passes here but that of the frames.
      this.#process(this.#input, this.#output, frames, Number.NaN, 'none');
      this.#sink(this.#output, frames);
      this.#frame += frames;
    }
  }
}

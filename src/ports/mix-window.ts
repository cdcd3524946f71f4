import type { Frame } from '../core/time/units.ts';

/** The highest samples, left and right; 1 is full scale. */
export type Levels = {
  readonly input: readonly [left: number, right: number];
  readonly output: readonly [left: number, right: number];
};

/** What can be seen and heard of the running sound from outside, for front ends. */
export interface MixWindow {
  /** Since the last call. */
  levels(): Levels;
  /** Has the mix kept from now on, about a second of it, until it is closed again. One reader at a time. */
  open(): MixReader;
}

export interface MixReader {
  /**
   * What went out since the last call, interleaved stereo, and its first frame. What was not read in time is left out; `samples` is empty where nothing
   * is new.
   */
  read(): { readonly frame: Frame; readonly samples: Float32Array };
  close(): void;
}

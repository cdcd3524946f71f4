import type { Millis } from '../../core/time/units.ts';

/**
 * What went wrong with a block: `late`, silence was played in place of one that came too late; `xrun`, the driver lost
 * frames of both sides just before it.
 */
export type Mishap = 'none' | 'late' | 'xrun';

/**
 * Takes a block of interleaved input and fills a block of interleaved output. `time` is the monotonic moment at which the
 * driver gave the block, however late the program gets round to it.
 */
export type Process = (input: Float32Array, output: Float32Array, frames: number, time: Millis, mishap: Mishap) => void;

/** Where sound comes from and goes to. It calls `process` for each block, in order, in lockstep, until it is closed. */
export interface AudioDevice {
  /**
   * Begins. Rejects when the device cannot be had; nothing of it is open then.
   * `onEnd` is called at most once, with a reason, when the device stopped by itself. One that is unplugged may say nothing.
   */
  open(process: Process, onEnd: (reason: string) => void): Promise<void>;
  /** The threads that sound hangs on, by the system's ids, once it flows; left out where nobody hears it. */
  threads?(): readonly number[];
  /** Ends; no block is processed afterwards. Resolves also where the interface is gone; rejects when the driver does not let go of it, and may be asked again. */
  close(): Promise<void>;
}

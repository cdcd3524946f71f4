/** Takes a block of interleaved input and fills a block of interleaved output. */
export type Process = (input: Float32Array, output: Float32Array, frames: number) => void;

/** Where sound comes from and goes to. It calls `process` for each block, in order, in lockstep, until it is closed. */
export interface AudioDevice {
  /**
   * Begins. Rejects when the device cannot be had.
   * `onEnd` is called at most once, with a reason when the device stopped by itself.
   */
  open(process: Process, onEnd: (reason: string) => void): Promise<void>;
  /** Ends; no block is processed afterwards. */
  close(): Promise<void>;
}

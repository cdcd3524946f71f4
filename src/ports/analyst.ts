import type { Measurement } from '../core/calibration/measurement.ts';
import type { Rate } from '../core/time/units.ts';

/** A measurement and its picture. */
export type Analysis = { readonly measurement: Measurement; readonly svg: string; readonly png: Uint8Array };

/** Finds the latency in a recording of the probe, without holding up whoever asks. */
export interface Analyst {
  /**
   * `samples` is interleaved stereo and begins with the probe's frame 0; it is not kept or changed. What cannot be
   * measured is a measurement too; rejects only when the analysis itself fails or is closed.
   */
  analyse(recording: { readonly rate: Rate; readonly samples: Float32Array }): Promise<Analysis>;
  /** Ends what is under way. */
  close(): Promise<void>;
}

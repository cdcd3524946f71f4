import type { Probe } from '../../sound/probe.ts';
import type { Correlation, Evidence, Measurement } from '../measurement.ts';

/** The lowest and the highest sample of a stretch of the recording. */
export type Stretch = { readonly low: number; readonly high: number };

/** All that is to be seen of a measurement. */
export type Picture = {
  readonly probe: Probe;
  /** The recording of the side that was measured, in stretches of equal length. */
  readonly stretches: readonly Stretch[];
  readonly evidence: Evidence;
  readonly together: Correlation;
  readonly measurement: Measurement;
};

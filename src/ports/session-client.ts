import type { Beat, Bpm } from '../core/time/units.ts';
import type { TrackView } from '../core/track/view.ts';

/** A front end of any kind. Calls come on the main thread; one that fails is let go of and disturbs nobody. */
export interface SessionClient {
  bpm(bpm: Bpm): void;
  /** 0 to 1. */
  clickVolume(volume: number): void;
  /** The beat in its bar, from 1. */
  beat(beat: Beat): void;
  tracks(tracks: readonly TrackView[]): void;
  latency(seconds: number): void;
  calibrationDiagram(diagram: CalibrationDiagram): void;
}

/** A failure before anything was looked at has no picture: `png` is empty. */
export type CalibrationDiagram = { readonly succeeded: boolean; readonly png: Uint8Array };

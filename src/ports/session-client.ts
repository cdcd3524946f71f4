import type { Beat } from '../core/time/units.ts';
import type { TrackView } from '../core/track/view.ts';

/** A front end of any kind. Calls come on the main thread; one that fails is let go of and disturbs nobody. */
export interface SessionClient {
  /** The beat in its bar, from 1. */
  beat(beat: Beat): void;
  tracks(tracks: readonly TrackView[]): void;
  latency(seconds: number): void;
  calibrationDiagram(diagram: CalibrationDiagram): void;
}

export type CalibrationDiagram = { readonly succeeded: boolean; readonly png: Uint8Array };

import type { Grid } from '../time/grid.ts';
import type { Beat, Frame } from '../time/units.ts';

/** A loop to be cut from the tape: the span of the grid, and the latency by which its sound came in later. */
export type Capture = {
  readonly type: 'capture';
  readonly track: number;
  readonly loopId: number;
  readonly grid: Grid;
  readonly startBeat: Beat;
  readonly endBeat: Beat;
  readonly latencyFrames: Frame;
};

/**
 * What the session asks of the engine. All carry what they mean in full; the engine decides nothing about music.
 * A moment that has passed already when the engine hears of it is made up for at once, in phase.
 */
export type SoundCommand =
  /** Cut the loop and play it from the frame of its `endBeat` on. */
  | Capture
  /** Play the track's loop from its beginning, from the frame of `atBeat` on. */
  | { readonly type: 'start'; readonly track: number; readonly loopId: number; readonly atBeat: Beat }
  /** Silence the track at the frame of `atBeat`. */
  | { readonly type: 'stop'; readonly track: number; readonly loopId: number; readonly atBeat: Beat }
  /** Take back what the track waits for, or drop a capture that has not begun to play. */
  | { readonly type: 'takeBack'; readonly track: number; readonly loopId: number }
  /** Throw the track's loop away, at once. */
  | { readonly type: 'clear'; readonly track: number }
  | { readonly type: 'setGrid'; readonly grid: Grid }
  | { readonly type: 'setClick'; readonly volume: number; readonly muted: boolean }
  /** Play the probe of the latency, from now on and instead of all else. Loops go on in silence. */
  | { readonly type: 'measure'; readonly id: number }
  | { readonly type: 'stopMeasuring'; readonly id: number };

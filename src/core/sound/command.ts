import type { Grid } from '../time/grid.ts';
import type { Beat, Frame } from '../time/units.ts';

/** A loop to be cut from the tape: the span of the grid, and the latency by which its sound came in later. */
export type Cut = {
  /** Whose it is, for the facts. */
  readonly track: number;
  readonly loopId: number;
  readonly grid: Grid;
  readonly startBeat: Beat;
  readonly endBeat: Beat;
  readonly latencyFrames: Frame;
};

/** A loop that is cut, and played from the frame of its `endBeat` on. */
export type Capture = Cut & { readonly type: 'capture' };

/** How loud the click is, 0 to 1. */
export type Click = { readonly volume: number; readonly muted: boolean };

/** From which frame on a grid holds, which is said with `gridSet` and `id`; the click of that frame is as loud as it says. */
export type GridMoment = { readonly frame: Frame; readonly id: number; readonly click?: Click };

/**
 * What the session asks of the engine. All carry what they mean in full; the engine decides nothing about music.
 * A moment that has passed already when the engine hears of it is made up for at once, in phase. Loops belong to no track: they are
 * there from `capture`, `cut` or `hold` until `release`, and any track may play them.
 */
export type SoundCommand =
  /** Cut the loop and play it from the frame of its `endBeat` on, in place of what the track plays. */
  | Capture
  /** Only cut it. */
  | (Cut & { readonly type: 'cut' })
  /**
   * A loop whose sound is in its memory already, or comes before it is played: `frames` with the `leadFrames` before its first one, into
   * which its seam blends; without any it has no seam.
   */
  | {
      readonly type: 'hold';
      /** Whose it is, for the facts. */
      readonly track: number;
      readonly loopId: number;
      readonly beats: Beat;
      readonly frames: Frame;
      readonly leadFrames: Frame;
    }
  /**
   * Play a loop on a grid, in passes of which one begins on `atBeat`, from the frame of `atBeat` on; or from `fromFrame` on, which may be
   * in the midst of a pass. What the track plays until then goes as the loop comes.
   */
  | {
      readonly type: 'start';
      readonly track: number;
      readonly loopId: number;
      readonly grid: Grid;
      readonly atBeat: Beat;
      readonly fromFrame?: Frame;
    }
  /** Silence the track at the frame of `atBeat`. */
  | { readonly type: 'stop'; readonly track: number; readonly loopId: number; readonly atBeat: Beat }
  /** Take back what the track waits for, or drop a capture that has not begun to play. */
  | { readonly type: 'takeBack'; readonly track: number; readonly loopId: number }
  /** Silence the track at once or from `atFrame` on, for good: nothing is said of it any more. */
  | { readonly type: 'clear'; readonly track: number; readonly atFrame?: Frame }
  /** Nobody wants the loop any more: its memory is free once it has faded. */
  | { readonly type: 'release'; readonly loopId: number }
  /** Count beats on another grid, at once; or at a moment. */
  | { readonly type: 'setGrid'; readonly grid: Grid; readonly at?: GridMoment }
  | (Click & { readonly type: 'setClick' })
  /** Play the probe of the latency, from now on and instead of all else. Loops go on in silence. */
  | { readonly type: 'measure'; readonly id: number }
  | { readonly type: 'stopMeasuring'; readonly id: number };

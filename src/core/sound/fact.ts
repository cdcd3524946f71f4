import type { Beat, Frame } from '../time/units.ts';

type OfLoop<Type extends string> = {
  readonly type: Type;
  readonly frame: Frame;
  readonly track: number;
  readonly loopId: number;
};

/** What the engine says happened, and at which frame. */
export type SoundFact =
  /** A beat's first frame. Bar and beat count from 0. */
  | { readonly type: 'beat'; readonly frame: Frame; readonly bar: number; readonly beat: Beat }
  /** The middle of a beat: where blinking lamps go dark. */
  | { readonly type: 'offbeat'; readonly frame: Frame }
  | OfLoop<'captureStarted'>
  /** A capture was given up before it sounded, as asked. */
  | OfLoop<'captureDropped'>
  /** The tape no longer holds what was to be cut, or no memory could be had for it. */
  | OfLoop<'captureFailed'>
  /** All of a loop's sound stands in its own memory: it no longer needs the tape. */
  | OfLoop<'captureCommitted'>
  | OfLoop<'loopStarted'>
  | OfLoop<'loopStopped'>
  | OfLoop<'startTakenBack'>
  | OfLoop<'stopTakenBack'>
  /** There was nothing left to take back: the moment had come. */
  | OfLoop<'tooLate'>
  /** A loop that was released has faded: its memory is free. */
  | { readonly type: 'loopReleased'; readonly frame: Frame; readonly loopId: number }
  /** The grid of a `setGrid` that had a moment holds from this frame on. */
  | { readonly type: 'gridSet'; readonly frame: Frame; readonly id: number }
  /** Samples above full scale reached the limiter. Said at most twice a second. */
  | { readonly type: 'clip'; readonly frame: Frame }
  /** Silence was heard instead of a block that was computed too late. Said at most twice a second. */
  | { readonly type: 'late'; readonly frame: Frame }
  /** The driver lost `frames` frames from `frame` on: an xrun. They are silence on the tape, and were not heard. */
  | { readonly type: 'gap'; readonly frame: Frame; readonly frames: Frame }
  /** The interface gives no frames from this one on; the grid goes on by the clock. */
  | { readonly type: 'interfaceLost'; readonly frame: Frame }
  /** The interface is back: this is its first frame. */
  | { readonly type: 'interfaceBack'; readonly frame: Frame }
  /** The first frame of the probe. */
  | { readonly type: 'measureStarted'; readonly frame: Frame; readonly id: number }
  | { readonly type: 'measureEnded'; readonly frame: Frame; readonly id: number; readonly how: MeasureEnd };

/** Why a measurement has ended: all was played, it was told to, the output fed the input, frames were lost. */
export const measureEnds = ['done', 'stopped', 'feedback', 'gap'] as const;
export type MeasureEnd = (typeof measureEnds)[number];

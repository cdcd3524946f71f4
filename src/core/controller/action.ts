import type { Bounds, When } from '../session/command.ts';

/** What a press may do. Tracks count from 1 on the first page; a page moves them on. */
export type Action =
  | { readonly command: 'stomp' | 'start' | 'stop'; readonly track: number }
  | { readonly command: 'clear'; readonly track: number; readonly at?: When }
  | { readonly command: 'record'; readonly track: number; readonly bars?: number }
  | { readonly command: 'undo' | 'redo'; readonly at?: When }
  /** Without a track that of the track touched last, which no page moves. */
  | (Bounds & { readonly command: 'retake'; readonly track?: number; readonly at?: When })
  | { readonly command: 'reset' | 'muteClick' | 'tap' }
  /** Begins to measure the latency, or cancels it; with `mute` also while tracks play. */
  | { readonly command: 'calibrate'; readonly mute?: boolean }
  | { readonly command: 'setBpm'; readonly bpm: number }
  | { readonly command: 'setBars'; readonly bars: number }
  | { readonly command: 'setClickVolume'; readonly volume: number }
  /** In steps; `bars` goes through 1 2 4 8 12 16 24 32. */
  | { readonly command: 'changeBpm' | 'changeBars' | 'changeClickVolume'; readonly by: number }
  /** By exactly one of them. */
  | { readonly command: 'loadSet'; readonly name?: string; readonly place?: number; readonly by?: number }
  | { readonly command: 'saveSet'; readonly name?: string }
  | { readonly command: 'newSet' }
  | { readonly command: 'pageUp' | 'pageDown' }
  /** Only while all tracks are empty, and only on a long hold. */
  | { readonly command: 'learn' }
  /** Nothing, in place of what would be there by itself. */
  | { readonly command: 'none' };

/** How a fader's place, 0 to 1, becomes a value. `curve` is an exponent: 2 spreads the lower half. */
export type Scale =
  | {
      readonly kind: 'linear';
      readonly from: number;
      readonly to: number;
      readonly round: boolean;
      readonly curve: number;
    }
  | { readonly kind: 'zones'; readonly values: readonly number[] };

/** What a fader or an encoder does. */
export type TurnAction =
  | {
      readonly command: 'setBpm' | 'setBars' | 'setClickVolume';
      readonly scale: Scale;
      /** A fader that stands elsewhere than the value moves nothing until it has passed it. */
      readonly pickUp: boolean;
    }
  /** An encoder's step is worth this much. */
  | { readonly command: 'changeBpm' | 'changeBars' | 'changeClickVolume'; readonly by: number };

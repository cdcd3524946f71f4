import type { Beat, Bpm, Frame } from '../time/units.ts';

/** When a change is heard: at once, which is meant where it is left out, or at the next bar line. */
export type When = 'now' | 'bar';

/** Other bounds of a loop, in steps from those that it has. At least one of them. */
export type Bounds = {
  /** More bars, from before its first one; negative: fewer. */
  readonly moreBars?: number;
  /** The same length from later on the tape; negative: from earlier. What was played on a beat stays on it. */
  readonly laterBars?: number;
  readonly laterBeats?: number;
  /** The same against the beat: later on the tape is heard earlier. */
  readonly laterMs?: number;
};

/** What the player wants. Tracks count from 1. */
export type SessionCommand =
  /** What a pad means depends on the state of its track. */
  | { readonly type: 'stomp'; readonly track: number }
  /** Capture the last `bars` bars, or as many as the session is set to. */
  | { readonly type: 'record'; readonly track: number; readonly bars?: number }
  | { readonly type: 'start'; readonly track: number }
  | { readonly type: 'stop'; readonly track: number }
  | { readonly type: 'clear'; readonly track: number; readonly at?: When }
  | { readonly type: 'reset' }
  /** Second thoughts: the last capture, clear, reset, import or retake is taken back, or done again. */
  | { readonly type: 'undo' | 'redo'; readonly at?: When }
  /** Cut the loop of a track anew, with other bounds; without a track of the one touched last. */
  | (Bounds & { readonly type: 'retake'; readonly track?: number; readonly at?: When })
  | { readonly type: 'setBpm'; readonly bpm: Bpm }
  | { readonly type: 'setBeatsPerBar'; readonly beatsPerBar: Beat }
  | { readonly type: 'setBars'; readonly bars: number }
  | { readonly type: 'tap' }
  | { readonly type: 'setClickVolume'; readonly volume: number }
  /** By some BPM, some steps through `barSteps`, some of the volume; what would pass the end of the range stays at it. */
  | { readonly type: 'changeBpm' | 'changeBars' | 'changeClickVolume'; readonly by: number }
  /** Mute or unmute; without `muted` the other of the two. */
  | { readonly type: 'muteClick'; readonly muted?: boolean }
  /** For the loops to come; a loop keeps the latency it was captured with. */
  | { readonly type: 'setLatency'; readonly frames: Frame }
  /**
   * Measure the latency. `mute` allows it while tracks play, which are silent meanwhile; `toggle` cancels the one that goes on.
   */
  | { readonly type: 'calibrate'; readonly mute?: boolean; readonly toggle?: boolean }
  | { readonly type: 'cancelCalibration' }
  /** Bring a saved set in at the next bar line, in place of this one: by its name, its place among the names from 1, or so many places on. */
  | { readonly type: 'loadSet'; readonly name?: string; readonly place?: number; readonly by?: number }
  /** Save the set under a name; without one under the name that it has, or else a new one. */
  | { readonly type: 'saveSet'; readonly name?: string }
  /** An empty set of the same tempo, without a name. Undone like a reset. */
  | { readonly type: 'newSet' };

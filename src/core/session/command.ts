import type { Beat, Bpm, Frame } from '../time/units.ts';

/** What the player wants. Tracks count from 1. */
export type SessionCommand =
  /** What a pad means depends on the state of its track. */
  | { readonly type: 'stomp'; readonly track: number }
  /** Capture the last `bars` bars, or as many as the session is set to. */
  | { readonly type: 'record'; readonly track: number; readonly bars?: number }
  | { readonly type: 'start'; readonly track: number }
  | { readonly type: 'stop'; readonly track: number }
  | { readonly type: 'clear'; readonly track: number }
  | { readonly type: 'reset' }
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
  | { readonly type: 'cancelCalibration' };

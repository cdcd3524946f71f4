import type { Beat, Frame } from '../time/units.ts';

/** The six states of a track, as they stand on the wire. */
export const trackStates = ['EMPTY', 'TRIGGERED', 'RECORDING', 'PLAYING', 'STOPPING', 'STOPPED'] as const;
export type TrackState = (typeof trackStates)[number];

/** A span of the grid that a track holds, with the latency frozen into it at its capture. */
export type Loop = {
  /** Unique in a session, so that word of a loop that is gone moves nothing. */
  readonly id: number;
  readonly startBeat: Beat;
  readonly endBeat: Beat;
  readonly startFrame: Frame;
  readonly endFrame: Frame;
  readonly latencyFrames: Frame;
  /** Frames of its sound that the driver lost: silence in it. Left out where there are none. */
  readonly lostFrames?: Frame;
};

/** A track, numbered from 1. Every state but EMPTY has a loop; TRIGGERED also says what it waits for. */
export type Track = { readonly id: number } & (
  | { readonly state: 'EMPTY' }
  | { readonly state: 'TRIGGERED'; readonly loop: Loop; readonly waitsFor: 'capture' | 'start' }
  | { readonly state: 'RECORDING' | 'PLAYING' | 'STOPPING' | 'STOPPED'; readonly loop: Loop }
);

/** Whether a track waits for the end of what it captures. */
export const isCapturing = (track: Track): boolean =>
  track.state === 'RECORDING' || (track.state === 'TRIGGERED' && track.waitsFor === 'capture');

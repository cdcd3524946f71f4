import { memoryFrames } from '../sound/span.ts';
import type { Beat, Frame } from '../time/units.ts';

/** The six states of a track, as they stand on the wire. */
export const trackStates = ['EMPTY', 'TRIGGERED', 'RECORDING', 'PLAYING', 'STOPPING', 'STOPPED'] as const;
export type TrackState = (typeof trackStates)[number];

/**
 * Where a loop's sound is: still coming off the tape, from which it can be played meanwhile; on its way from a set on disk or from a file
 * that is imported; or all here.
 */
export type Whereabouts = 'tape' | 'disk' | 'file' | 'here';

/** A span of the grid that a track holds, with the latency frozen into it at its capture. */
export type Loop = {
  /** Unique in a session, so that word of a loop that is gone moves nothing. Captured ones count up from 1, others down from -1. */
  readonly id: number;
  readonly startBeat: Beat;
  readonly endBeat: Beat;
  readonly startFrame: Frame;
  readonly endFrame: Frame;
  readonly latencyFrames: Frame;
  /** Cut so much later on the tape than its span (negative: earlier), so that it is heard earlier against the beat. */
  readonly nudgeFrames: Frame;
  /** Frames of its sound that the driver lost: silence in it. Left out where there are none. */
  readonly lostFrames?: Frame;
  /** What it holds, with the lead-in of `leadFrames` into which its seam blends; without one it has no seam. */
  readonly frames: Frame;
  readonly leadFrames: Frame;
  readonly sound: Whereabouts;
  /** The name of its sound on disk, where it came from there. */
  readonly stored?: string;
  /** Whether its beats are those on which it was played, so that it can be cut anew for as long as the tape has it. */
  readonly played: boolean;
};

/** What a track that holds a loop is about. `passBeat` is a beat on which a pass begins, while it sounds or is about to. */
type Holding = { readonly loop: Loop; readonly passBeat?: Beat };

/** A track, numbered from 1. Every state but EMPTY has a loop; TRIGGERED also says what it waits for. */
export type Track = { readonly id: number } & (
  | { readonly state: 'EMPTY' }
  | (Holding & {
      readonly state: 'TRIGGERED';
      readonly waitsFor: 'capture' | 'start' | 'read';
      /** The track sounds already, if with another loop, or does as soon as the engine hears of it. */
      readonly sounds?: true;
    })
  | (Holding & { readonly state: 'RECORDING' | 'PLAYING' | 'STOPPING' | 'STOPPED' })
);

/** Whether a track waits for the end of what it captures. */
export const isCapturing = (track: Track): boolean =>
  track.state === 'RECORDING' || (track.state === 'TRIGGERED' && track.waitsFor === 'capture');

/** Whether a loop that can be heard already is still coming in, so that a set that was kept now would be without it. */
export const isComingIn = (track: Track): boolean =>
  track.state !== 'EMPTY' && !isCapturing(track) && track.loop.sound === 'tape';

/** Whether a track sounds on until it is told otherwise, or is about to. */
export const isGoing = (track: Track): boolean => track.state === 'PLAYING' || track.state === 'TRIGGERED';

/** Whether a loop's sound is still to be read. It cannot be played until then. */
export const isUnread = ({ sound }: Loop): boolean => sound === 'disk' || sound === 'file';

/** The frames of memory that a loop takes. */
export const memoryOf = ({ frames }: Loop): Frame => memoryFrames(frames);

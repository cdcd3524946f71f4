import type { WarningNews } from '../health/saying.ts';
import type { SoundFact } from '../sound/fact.ts';
import type { Beat, Frame } from '../time/units.ts';
import type { Track, TrackState } from '../track/state.ts';
import type { CalibrationFailure } from './calibration.ts';
import type { Deed } from './history.ts';
import type { LatencySource } from './latency.ts';
import { frameOf, type Reduced, type SessionInput } from './outcome.ts';
import type { RefusalCode } from './refusal.ts';
import type { SessionState, Storage } from './state.ts';

/** What an observer of the session gets to know, in order, each with its frame. */
export type SessionEvent =
  | {
      readonly type: 'track';
      readonly frame: Frame;
      readonly track: number;
      readonly state: TrackState;
      readonly startFrame?: Frame;
      readonly endFrame?: Frame;
    }
  | { readonly type: 'beat'; readonly frame: Frame; readonly bar: number; readonly beat: Beat }
  | { readonly type: 'refused'; readonly frame: Frame; readonly code: RefusalCode; readonly reason: string }
  | { readonly type: 'clip' | 'late'; readonly frame: Frame }
  /** The driver lost frames: an xrun. */
  | { readonly type: 'gap'; readonly frame: Frame; readonly frames: Frame }
  /** A loop lacks frames that the driver lost while they came in. */
  | { readonly type: 'captureGap'; readonly frame: Frame; readonly track: number; readonly frames: Frame }
  | { readonly type: 'interface'; readonly frame: Frame; readonly state: 'lost' | 'back' }
  /** What was taken back or done again, and on which tracks. */
  | { readonly type: 'undo' | 'redo'; readonly frame: Frame; readonly deed: Deed; readonly tracks: readonly number[] }
  /** The oldest steps can be undone no more: there was no room for them. */
  | { readonly type: 'forgotten'; readonly frame: Frame; readonly steps: number }
  /** A track has another loop, cut with other bounds. */
  | {
      readonly type: 'retake';
      readonly frame: Frame;
      readonly track: number;
      readonly startFrame: Frame;
      readonly endFrame: Frame;
      readonly nudgeFrames: Frame;
    }
  /** The set as it is now outlives a power cut; these tracks' loops did not before. */
  | { readonly type: 'kept'; readonly frame: Frame; readonly tracks: readonly number[] }
  | ({ readonly type: 'storage'; readonly frame: Frame } & Storage)
  | {
      readonly type: 'set';
      readonly frame: Frame;
      readonly phase: 'restored' | 'loading' | 'loaded' | 'saved' | 'new';
      readonly name: string | null;
    }
  | {
      readonly type: 'set';
      readonly frame: Frame;
      readonly phase: 'failed';
      readonly code: string;
      readonly reason: string;
    }
  /** Something is not well, or is again. */
  | ({ readonly type: 'warning'; readonly frame: Frame } & WarningNews)
  | { readonly type: 'imported'; readonly frame: Frame; readonly track: number }
  /** The loop of a track cannot be had from the disk: the track is without it. */
  | { readonly type: 'unreadable'; readonly frame: Frame; readonly track: number; readonly reason: string }
  | {
      readonly type: 'latency';
      readonly frame: Frame;
      readonly frames: Frame;
      readonly source: Exclude<LatencySource, 'none'>;
    }
  | { readonly type: 'calibration'; readonly frame: Frame; readonly phase: 'started' | 'weighing' | 'cancelled' }
  | {
      readonly type: 'calibration';
      readonly frame: Frame;
      readonly phase: 'succeeded';
      readonly latencyFrames: Frame;
      readonly exactFrames: number;
      readonly spreadFrames: number;
      readonly confidence: number;
      /** The side of the input on which it was measured. */
      readonly side: 0 | 1;
    }
  | {
      readonly type: 'calibration';
      readonly frame: Frame;
      readonly phase: 'failed';
      readonly code: CalibrationFailure;
      readonly reason: string;
    };

const trackEvent = (frame: Frame, track: Track): SessionEvent => ({
  type: 'track',
  frame,
  track: track.id,
  state: track.state,
  ...(track.state !== 'EMPTY' && { startFrame: track.loop.startFrame, endFrame: track.loop.endFrame }),
});

const isEvent = (fact: SoundFact): fact is Extract<SoundFact, { type: 'beat' | 'clip' | 'late' }> =>
  fact.type === 'beat' || fact.type === 'clip' || fact.type === 'late';

/** What an input has brought about, against the session before it. */
export const eventsOf = (before: SessionState, input: SessionInput, after: Reduced): readonly SessionEvent[] => {
  const frame = frameOf(input);
  const changed = after.session.tracks.filter((track, index) => track.state !== before.tracks[index]?.state);
  const events: SessionEvent[] = changed.map((track) => trackEvent(frame, track));
  if (after.refused !== undefined) events.push({ type: 'refused', frame, ...after.refused });
  if (after.told !== undefined) events.push(...after.told);
  if (input.type === 'fact' && isEvent(input.fact)) events.push(input.fact);
  return events;
};

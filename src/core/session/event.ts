import type { SoundFact } from '../sound/fact.ts';
import type { Beat, Frame } from '../time/units.ts';
import type { Track, TrackState } from '../track/state.ts';
import type { CalibrationFailure } from './calibration.ts';
import type { LatencySource } from './latency.ts';
import type { Reduced, SessionInput } from './outcome.ts';
import type { RefusalCode } from './refusal.ts';
import type { SessionState } from './state.ts';

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

export const frameOf = (input: SessionInput): Frame => (input.type === 'fact' ? input.fact.frame : input.frame);

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

import type { Beat, Frame } from '../time/units.ts';
import type { Track, TrackState } from '../track/state.ts';
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
  | { readonly type: 'clip'; readonly frame: Frame };

export const frameOf = (input: SessionInput): Frame => (input.type === 'command' ? input.frame : input.fact.frame);

const trackEvent = (frame: Frame, track: Track): SessionEvent => ({
  type: 'track',
  frame,
  track: track.id,
  state: track.state,
  ...(track.state !== 'EMPTY' && { startFrame: track.loop.startFrame, endFrame: track.loop.endFrame }),
});

/** What an input has brought about, against the session before it. */
export const eventsOf = (before: SessionState, input: SessionInput, after: Reduced): readonly SessionEvent[] => {
  const frame = frameOf(input);
  const changed = after.session.tracks.filter((track, index) => track.state !== before.tracks[index]?.state);
  const events: SessionEvent[] = changed.map((track) => trackEvent(frame, track));
  if (after.refused !== undefined) events.push({ type: 'refused', frame, ...after.refused });
  if (input.type === 'fact' && (input.fact.type === 'beat' || input.fact.type === 'clip')) events.push(input.fact);
  return events;
};

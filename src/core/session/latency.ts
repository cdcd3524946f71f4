import type { Frame } from '../time/units.ts';
import type { Reduced } from './outcome.ts';
import { done } from './outcome.ts';
import { outOfRange } from './settings.ts';
import { limits, type SessionState } from './state.ts';

/** Where a latency comes from: nowhere, the player's word, a measurement. */
export type LatencySource = 'none' | 'manual' | 'measured';

/**
 * How much later than it is computed the player hears a frame: a share of the round trip. A stomp means what was heard.
 */
export const outputFrames = ({ latencyFrames, output }: Pick<SessionState, 'latencyFrames' | 'output'>): Frame =>
  Math.max(0, Math.round(latencyFrames * output.share) - output.lessFrames);

/** What was known before: nothing new. */
export const knownLatency = (session: SessionState, latencyFrames: Frame, latencySource: LatencySource): Reduced =>
  done({ ...session, latencyFrames, latencySource });

/** Another latency for the loops to come; a loop keeps the one it was captured with. */
export const withLatency = (
  session: SessionState,
  frame: Frame,
  frames: Frame,
  source: Exclude<LatencySource, 'none'>,
): Reduced => ({ ...knownLatency(session, frames, source), told: [{ type: 'latency', frame, frames, source }] });

export const setLatency = (session: SessionState, frame: Frame, frames: Frame): Reduced => {
  const { min, max } = limits.latencyFrames;
  if (Number.isInteger(frames) && frames >= min && frames <= max) return withLatency(session, frame, frames, 'manual');
  return outOfRange(session, 'a latency of frames', frames, limits.latencyFrames);
};

import type { Rate } from '../time/units.ts';
import type { Track, TrackState } from './state.ts';

/** A track as front ends see it: times in seconds of the grid, null where there is no loop. */
export type TrackView = {
  readonly id: number;
  readonly startSeconds: number | null;
  readonly endSeconds: number | null;
  readonly state: TrackState;
};

export const trackView = (track: Track, rate: Rate): TrackView => ({
  id: track.id,
  startSeconds: track.state === 'EMPTY' ? null : track.loop.startFrame / rate,
  endSeconds: track.state === 'EMPTY' ? null : track.loop.endFrame / rate,
  state: track.state,
});

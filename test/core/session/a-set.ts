import type { SessionInput } from '../../../src/core/session/outcome.ts';
import type { HeldSet } from '../../../src/core/set/kept-set.ts';

/** A loop of so many beats at 120 BPM and 48 kHz, as a set on disk has it. */
export const aForm = (loopId: number, beats = 4, phaseBeats = 0) => ({
  ...{ loopId, beats, phaseBeats, frames: beats * 24_000 + 1200, leadFrames: 1200 },
  ...{ latencyFrames: 100, nudgeFrames: 0, lostFrames: 0, stored: `sound ${loopId}` },
});

/** Two tracks: one that played, one that was stopped. */
export const aSet = (changed: Partial<HeldSet> = {}): HeldSet => ({
  ...{ name: 'tuesday', bpm: 120, beatsPerBar: 4, bars: 2, click: { volume: 0.25, muted: true } },
  tracks: [
    { track: 1, playing: true, loop: aForm(-1) },
    { track: 3, playing: false, loop: aForm(-2, 8) },
  ],
  ...changed,
});

export const read = (frame: number, ...loopIds: readonly number[]): readonly SessionInput[] =>
  loopIds.map((loopId) => ({ type: 'loopRead', frame, loopId }));

export const unreadable = (frame: number, loopId: number): SessionInput => ({
  type: 'loopUnreadable',
  frame,
  loopId,
  reason: 'it is damaged',
});

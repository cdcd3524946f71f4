import { type History, heldBefore } from '../session/history.ts';
import { phaseOf } from '../session/placing.ts';
import type { SessionState } from '../session/state.ts';
import type { Grid } from '../time/grid.ts';
import { isCapturing, isGoing, type Loop, type Track } from '../track/state.ts';
import type { HeldLoop, HeldSet, KeptTrack, LoopForm } from './kept-set.ts';

/** A loop by which its sound is found. */
export const heldLoop = ({ id, stored }: Loop): HeldLoop => ({ loopId: id, ...(stored !== undefined && { stored }) });

/** What is to be known of a loop to keep it. */
const formOf = (loop: Loop, grid: Grid): LoopForm => ({
  frames: loop.frames,
  leadFrames: loop.leadFrames,
  beats: loop.endBeat - loop.startBeat,
  phaseBeats: phaseOf(loop, grid),
  latencyFrames: loop.latencyFrames,
  nudgeFrames: loop.nudgeFrames,
  lostFrames: loop.lostFrames ?? 0,
});

/** Whether a loop could be kept now: its sound is in memory, or on disk as it is. */
const isThere = ({ sound, stored }: Loop): boolean => sound === 'here' || stored !== undefined;

/** A short loop may be whole before it has begun to play. */
const willPlay = (track: Track): boolean => isGoing(track) || isCapturing(track);

/** A loop, or while it is still coming in that of which it takes the place: a power cut leaves one of them. */
const keptLoop = (loop: Loop, history: History): Loop | undefined => {
  if (isThere(loop)) return loop;
  const before = heldBefore(history, loop.id)?.loop;
  return before === undefined ? undefined : keptLoop(before, history);
};

const keptTrack = (track: Track, { grid, history }: SessionState): readonly KeptTrack<HeldLoop>[] => {
  const loop = track.state === 'EMPTY' ? undefined : keptLoop(track.loop, history);
  if (loop === undefined) return [];
  return [{ track: track.id, playing: willPlay(track), loop: { ...heldLoop(loop), ...formOf(loop, grid) } }];
};

/** Whether a set is there as a whole: one that is still converted as it is read would be kept without what is not read yet. */
export const isComplete = ({ tracks }: Pick<SessionState, 'tracks'>): boolean =>
  tracks.every((track) => track.state === 'EMPTY' || track.loop.sound !== 'disk' || isThere(track.loop));

/** The set of a session, as it would come back: loops that are still coming in are not in it yet. */
export const heldSet = (session: SessionState): HeldSet => ({
  name: session.setName,
  bpm: session.grid.bpm,
  beatsPerBar: session.grid.beatsPerBar,
  bars: session.bars,
  click: session.click,
  tracks: session.tracks.flatMap((track) => keptTrack(track, session)),
});

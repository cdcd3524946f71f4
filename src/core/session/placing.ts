import { modulo } from '../modulo.ts';
import type { SoundCommand } from '../sound/command.ts';
import { beatAt, frameOfBeat, type Grid, nextBarBeat } from '../time/grid.ts';
import type { Beat, Frame } from '../time/units.ts';
import { isGoing, isUnread, type Loop, type Track } from '../track/state.ts';
import type { When } from './command.ts';
import type { Content } from './history.ts';
import type { Reduced } from './outcome.ts';
import { type SessionState, trackOf, withTrack } from './state.ts';

/** From which frame on a change is heard: undefined for at once. */
export const changeFrame = ({ grid }: SessionState, frame: Frame, at: When = 'now'): Frame | undefined =>
  at === 'bar' ? frameOfBeat(grid, nextBarBeat(grid, frame)) : undefined;

/** On which beat of a bar a loop begins. */
export const phaseOf = ({ startBeat }: Pick<Loop, 'startBeat'>, { beatsPerBar }: Pick<Grid, 'beatsPerBar'>): Beat =>
  modulo(startBeat, beatsPerBar);

/** The last beat at or before `beat` on which a pass begins, where one begins on `passBeat`. */
const passAt = (passBeat: Beat, beats: Beat, beat: Beat): Beat => beat - modulo(beat - passBeat, beats);

/** A loop on the beats of a grid on which it was not played. */
export const onGrid = (loop: Loop, grid: Grid, startBeat: Beat): Loop => {
  const endBeat = startBeat + loop.endBeat - loop.startBeat;
  const [startFrame, endFrame] = [frameOfBeat(grid, startBeat), frameOfBeat(grid, endBeat)];
  return { ...loop, startBeat, endBeat, startFrame, endFrame, played: false };
};

/** The grid may have been another one meanwhile. */
const isOn = (loop: Loop, grid: Grid): boolean =>
  frameOfBeat(grid, loop.startBeat) === loop.startFrame && frameOfBeat(grid, loop.endBeat) === loop.endFrame;

/** The beat on which a pass of a loop begins that takes the place of what a track holds, so that what was played on a beat stays on it. */
const passBeatFor = (track: Track | undefined, loop: Loop, passBeat: Beat | undefined): Beat => {
  if (track === undefined || track.state === 'EMPTY' || track.passBeat === undefined || !isGoing(track)) {
    return passBeat ?? loop.startBeat;
  }
  return loop.startBeat + track.passBeat - track.loop.startBeat;
};

/** The start of a pass that is heard from a beat on, in a bar of which the loop keeps its place. */
export const passFrom = (loop: Loop, grid: Grid, beat: Beat): Beat =>
  passAt(beat + phaseOf(loop, grid), grid.beatsPerBar, beat);

type Start = Extract<SoundCommand, { type: 'start' }>;

/** Plays a loop from a frame on, in passes of which one begins on a beat. */
export const startFrom = (track: number, loop: Loop, grid: Grid, atBeat: Beat, from: Frame | undefined): Start => ({
  ...{ type: 'start', track, loopId: loop.id, grid, atBeat },
  ...(from !== undefined && from !== frameOfBeat(grid, atBeat) && { fromFrame: from }),
});

/** Plays a loop from the first bar line after `frame`. */
export const startAtBar = (track: number, loop: Loop, grid: Grid, frame: Frame): Start => {
  const bar = nextBarBeat(grid, frame);
  return startFrom(track, loop, grid, passFrom(loop, grid, bar), frameOfBeat(grid, bar));
};

/** Whether a track sounds, if with a loop of which another one is about to take the place. */
const isSounding = (track: Track | undefined): boolean =>
  track !== undefined && (track.state === 'PLAYING' || (track.state === 'TRIGGERED' && track.sounds === true));

/**
 * From which frame on a loop can be heard in passes of which one begins on `anchor`, which is now where it is left out. What is not played yet
 * can be once its last frame was: a pass that begins then finds all that it needs on the tape in time. In the midst of a pass the sound of
 * what was played last may still be on its way in.
 */
const heardFrom = (loop: Loop, grid: Grid, anchor: Beat, frame: Frame, at: Frame | undefined): Frame | undefined => {
  if (!loop.played) return at;
  const wanted = at ?? frame;
  const first = Math.max(wanted, loop.endFrame);
  const pass = passAt(anchor, loop.endBeat - loop.startBeat, beatAt(grid, first));
  const late = Math.max(0, loop.latencyFrames + loop.nudgeFrames);
  const isIn = loop.startFrame + late + first - frameOfBeat(grid, pass) <= first;
  if (!isIn) return Math.max(first, loop.endFrame + late);
  return first === wanted ? at : first;
};

/** A start that still waits must not come to light again when the one that takes its place is taken back. */
const calledOff = (track: Track | undefined): readonly SoundCommand[] =>
  track?.state === 'TRIGGERED' && track.waitsFor === 'start' && !isSounding(track)
    ? [{ type: 'takeBack', track: track.id, loopId: track.loop.id }]
    : [];

/** What a track plays that holds a loop from a frame on, which is now where it is left out. */
const playing = (session: SessionState, content: Content, loop: Loop, frame: Frame, at: Frame | undefined): Reduced => {
  const { grid } = session;
  const before = trackOf(session, content.track);
  // A track that is to sound from the bar line on still does so from there.
  const waits = before?.state === 'TRIGGERED' && !isSounding(before);
  const wanted = at ?? (waits ? changeFrame(session, frame, 'bar') : undefined);
  const anchor = passBeatFor(before, loop, content.passBeat);
  const from = heardFrom(loop, grid, anchor, frame, wanted);
  const atBeat = passAt(anchor, loop.endBeat - loop.startBeat, beatAt(grid, from ?? frame));
  const track: Track = {
    ...{ id: content.track, state: 'TRIGGERED', loop, waitsFor: 'start', passBeat: atBeat },
    ...((isSounding(before) || from === undefined) && { sounds: true }),
  };
  return {
    session: { ...withTrack(session, track), fresh: [...session.fresh, track.id] },
    effects: [...calledOff(before), startFrom(track.id, loop, grid, atBeat, from)],
  };
};

const silent = (session: SessionState, track: Track, at: Frame | undefined): Reduced => ({
  session: withTrack(session, track),
  effects: [{ type: 'clear', track: track.id, ...(at !== undefined && { atFrame: at }) }],
});

/**
 * Gives a track a content in place of its own: at once, or from the frame `at` on. A track that sounds goes on to sound, one that is silent
 * stays so, and an empty one does as the content says.
 */
export const place = (session: SessionState, frame: Frame, content: Content, at: Frame | undefined): Reduced => {
  const { track: id, loop: held } = content;
  if (held === undefined) return silent(session, { id, state: 'EMPTY' }, at);
  const now = trackOf(session, id);
  // On its own beats still, so that loops that go together stay together.
  const loop = isOn(held, session.grid) ? held : onGrid(held, session.grid, held.startBeat);
  const plays = now === undefined || now.state === 'EMPTY' ? content.plays : isGoing(now);
  if (!plays) return silent(session, { id, state: 'STOPPED', loop }, at);
  if (isUnread(loop)) return silent(session, { id, state: 'TRIGGERED', loop, waitsFor: 'read' }, at);
  return playing(session, content, loop, frame, at);
};

/** Gives several tracks their contents. */
export const placeAll = (
  session: SessionState,
  frame: Frame,
  contents: readonly Content[],
  at: Frame | undefined,
): Reduced =>
  contents.reduce<Reduced>(
    (before, content) => {
      const placed = place(before.session, frame, content, at);
      return { session: placed.session, effects: [...before.effects, ...placed.effects] };
    },
    { session, effects: [] },
  );

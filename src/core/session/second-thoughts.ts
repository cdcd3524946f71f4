import { withBeatsPerBar, withTempo } from '../time/change.ts';
import type { Frame } from '../time/units.ts';
import { isCapturing, type Track } from '../track/state.ts';
import type { When } from './command.ts';
import type { SessionEvent } from './event.ts';
import { type Content, contentOf, type Deed, type Step, withoutLoop, withStep } from './history.ts';
import type { Reduced } from './outcome.ts';
import { done, refuse } from './outcome.ts';
import { changeFrame, placeAll } from './placing.ts';
import { type SessionState, trackOf } from './state.ts';

/** The session with one more step that can be undone. */
export const noted = (
  session: SessionState,
  deed: Deed,
  before: readonly Content[],
  after: readonly Content[],
): SessionState => {
  const { bpm, beatsPerBar } = session.grid;
  return { ...session, history: withStep(session.history, { deed, bpm, beatsPerBar, before, after }) };
};

/** The session without the captures of some tracks, which are given up. */
export const withoutCaptures = (session: SessionState, tracks: readonly Track[]): SessionState => ({
  ...session,
  history: tracks.reduce(
    (history, track) => (isCapturing(track) && track.state !== 'EMPTY' ? withoutLoop(history, track.loop.id) : history),
    session.history,
  ),
});

/** Empties tracks that hold something: what they hold can be had back, what they are capturing cannot. */
export const emptied = (
  session: SessionState,
  frame: Frame,
  deed: 'clear' | 'reset',
  tracks: readonly Track[],
  at?: When,
): Reduced => {
  const kept = tracks.filter((track) => !isCapturing(track)).map(contentOf);
  const empty = ({ id }: Track): Content => ({ track: id, plays: false });
  const placed = placeAll(session, frame, tracks.map(empty), changeFrame(session, frame, at));
  const given = withoutCaptures(placed.session, tracks);
  const after = kept.map(({ track }): Content => ({ track, plays: false }));
  return { ...placed, session: kept.length === 0 ? given : noted(given, deed, kept, after) };
};

/** The session at the tempo of a step, if it is at another one; undefined where other tracks hold loops of its own. */
const atTempoOf = (
  session: SessionState,
  frame: Frame,
  step: Step,
  contents: readonly Content[],
): Reduced | undefined => {
  const { bpm, beatsPerBar } = step;
  if (session.grid.bpm === bpm && session.grid.beatsPerBar === beatsPerBar) return done(session);
  const changed = new Set(contents.map(({ track }) => track));
  if (session.tracks.some((track) => track.state !== 'EMPTY' && !changed.has(track.id))) return undefined;
  const grid = withTempo(withBeatsPerBar(session.grid, beatsPerBar, frame), bpm, frame);
  return done({ ...session, grid }, { type: 'setGrid', grid });
};

type Way = 'undo' | 'redo';

/** What the track of a content holds now. */
const standingOf = (session: SessionState, content: Content): Content => {
  const track = trackOf(session, content.track);
  return track === undefined ? content : contentOf(track);
};

const thought = (session: SessionState, frame: Frame, way: Way, step: Step, at: When | undefined): Reduced => {
  const contents = way === 'undo' ? step.before : step.after;
  const inTempo = atTempoOf(session, frame, step, contents);
  if (inTempo === undefined) {
    return refuse(
      session,
      'other-tempo',
      `that was at ${step.bpm} BPM with ${step.beatsPerBar} beats a bar, and other tracks hold loops; clear them first`,
    );
  }
  const moment = changeFrame(inTempo.session, frame, at);
  const placed = placeAll(inTempo.session, frame, contents, moment);
  const { past, future } = session.history;
  // What was stopped or started since comes back so.
  const standing = contents.map((content) => standingOf(session, content));
  const history =
    way === 'undo'
      ? { past: past.slice(0, -1), future: [...future, { ...step, after: standing }] }
      : { past: [...past, { ...step, before: standing }], future: future.slice(0, -1) };
  const touched = contents.at(-1)?.track ?? session.touched;
  const told: SessionEvent = { type: way, frame, deed: step.deed, tracks: contents.map(({ track }) => track) };
  return {
    session: { ...placed.session, history, touched },
    effects: [...inTempo.effects, ...placed.effects],
    told: [told],
  };
};

/** The track of a step that is a capture which has not sounded yet. */
const pendingOf = (session: SessionState, step: Step): Track | undefined => {
  const [content] = step.deed === 'capture' ? step.after : [];
  const track = content && trackOf(session, content.track);
  const isPending = track !== undefined && isCapturing(track) && track.state !== 'EMPTY';
  return isPending && track.loop.id === content?.loop?.id ? track : undefined;
};

/** Takes back what was done last. A capture that has not sounded yet is dropped, as a stomp would. */
export const undo = (session: SessionState, frame: Frame, at: When | undefined): Reduced => {
  const step = session.history.past.at(-1);
  if (step === undefined) return refuse(session, 'nothing-to-undo', 'there is nothing to be undone');
  const pending = pendingOf(session, step);
  if (pending !== undefined && pending.state !== 'EMPTY') {
    return done(session, { type: 'takeBack', track: pending.id, loopId: pending.loop.id });
  }
  return thought(session, frame, 'undo', step, at);
};

/** Does again what was undone last. */
export const redo = (session: SessionState, frame: Frame, at: When | undefined): Reduced => {
  const step = session.history.future.at(-1);
  if (step === undefined) return refuse(session, 'nothing-to-redo', 'there is nothing to be done again');
  return thought(session, frame, 'redo', step, at);
};

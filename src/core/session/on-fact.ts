import type { SoundFact } from '../sound/fact.ts';
import { isCapturing, type Track } from '../track/state.ts';
import { onMeasureEnded, onMeasureStarted } from './calibration.ts';
import { heldLoops, withLoop } from './held.ts';
import { heldBefore, withoutLoop } from './history.ts';
import { onGap, onInterfaceBack, onInterfaceLost } from './on-loss.ts';
import type { Reduced } from './outcome.ts';
import { done, refuse } from './outcome.ts';
import { place } from './placing.ts';
import { onGridSet, onLoopUnreadable, silencing } from './sets.ts';
import { type SessionState, trackOf, withTrack } from './state.ts';

type TrackFact = Extract<SoundFact, { track: number }>;

/** Where a track stands after a fact about the loop that it holds; itself where the table has no such step. */
const afterFact = (track: Track, type: Exclude<TrackFact['type'], 'captureFailed'>): Track => {
  if (track.state === 'EMPTY') return track;
  const { id, loop, state, passBeat } = track;
  const going = { id, loop, ...(passBeat !== undefined && { passBeat }) };
  const capturing = isCapturing(track);
  const starting = state === 'TRIGGERED' && track.waitsFor === 'start';
  switch (type) {
    case 'captureStarted':
      return capturing ? { ...going, state: 'RECORDING' } : track;
    case 'captureDropped':
      return capturing ? { id, state: 'EMPTY' } : track;
    case 'loopStarted':
      return starting || state === 'RECORDING' ? { ...going, state: 'PLAYING' } : track;
    case 'startTakenBack':
      // What sounds at once is not asked to be taken back: this is word of an earlier start of the same loop.
      return starting && track.sounds !== true ? { id, state: 'STOPPED', loop } : track;
    case 'loopStopped':
      return state === 'STOPPING' ? { id, state: 'STOPPED', loop } : track;
    case 'stopTakenBack':
      return state === 'STOPPING' ? { ...going, state: 'PLAYING' } : track;
    case 'captureCommitted':
    case 'tooLate':
      return track;
  }
};

/** What a fact says of a loop, wherever it is held: that it is whole, or came to nothing. */
const onLoopFact = (session: SessionState, { type, loopId }: TrackFact): SessionState => {
  if (type === 'captureDropped' || type === 'captureFailed') {
    return { ...session, history: withoutLoop(session.history, loopId) };
  }
  const isWhole = type === 'captureCommitted' && heldLoops(session).get(loopId)?.sound === 'tape';
  return isWhole ? withLoop(session, loopId, { sound: 'here' }) : session;
};

/** A loop could not be cut, or not be copied from the tape from which it sounds already: a track that had another one before has it again. */
const onCaptureFailed = (before: SessionState, session: SessionState, { frame, track, loopId }: TrackFact): Reduced => {
  const instead = heldBefore(before.history, loopId);
  const refused = {
    code: 'capture-failed' as const,
    reason: `the bars for track ${track} are off the tape or found no memory; play them again`,
  };
  if (instead?.loop !== undefined) return { ...place(session, frame, instead, undefined), refused };
  // Another loop may sound until this one was to come.
  const held = trackOf(session, track);
  const effects = held?.state === 'TRIGGERED' && held.sounds === true ? silencing(session, track) : [];
  return { ...done(withTrack(session, { id: track, state: 'EMPTY' }), ...effects), refused };
};

const onTrackFact = (before: SessionState, fact: TrackFact): Reduced => {
  const session = onLoopFact(before, fact);
  const comesIn = session.incoming?.contents.some(({ loop }) => loop?.id === fact.loopId) === true;
  if (comesIn && fact.type === 'captureFailed') {
    return onLoopUnreadable(session, fact.frame, fact.loopId, 'no memory was left for it');
  }
  const track = trackOf(session, fact.track);
  if (track === undefined || track.state === 'EMPTY' || track.loop.id !== fact.loopId) return done(session);
  if (fact.type === 'captureFailed') return onCaptureFailed(before, session, fact);
  const after = afterFact(track, fact.type);
  const moved = after === track ? session : withTrack(session, after);
  if (fact.type === 'tooLate') {
    return refuse(moved, 'too-late', `the moment of track ${fact.track} had come; stomp again to change it`);
  }
  return done(moved);
};

/** What a fact of the engine does. Word of a loop that is gone moves nothing. */
export const onFact = (session: SessionState, fact: SoundFact): Reduced => {
  switch (fact.type) {
    case 'beat':
      return done({ ...session, pulse: { bar: fact.bar, beat: fact.beat, lit: true }, fresh: [] });
    case 'offbeat':
      return done({ ...session, pulse: { ...session.pulse, lit: false } });
    case 'clip':
    case 'late':
    case 'loopReleased':
      return done(session);
    case 'gridSet':
      return onGridSet(session, fact.frame, fact.id);
    case 'gap':
      return onGap(session, fact.frame, fact.frames);
    case 'interfaceLost':
      return onInterfaceLost(session, fact.frame);
    case 'interfaceBack':
      return onInterfaceBack(session, fact.frame);
    case 'measureStarted':
      return onMeasureStarted(session, fact.frame, fact.id);
    case 'measureEnded':
      return onMeasureEnded(session, fact.frame, fact.id, fact.how);
    default:
      return onTrackFact(session, fact);
  }
};

import type { SoundFact } from '../sound/fact.ts';
import { isCapturing, type Track } from '../track/state.ts';
import { onMeasureEnded, onMeasureStarted } from './calibration.ts';
import { onGap, onInterfaceBack, onInterfaceLost } from './on-loss.ts';
import type { Reduced } from './outcome.ts';
import { done, refuse } from './outcome.ts';
import { type SessionState, trackOf, withTrack } from './state.ts';

type TrackFact = Extract<SoundFact, { loopId: number }>;

/** Where a track stands after a fact about the loop that it holds; itself where the table has no such step. */
const afterFact = (track: Track, type: TrackFact['type']): Track => {
  if (track.state === 'EMPTY') return track;
  const { id, loop, state } = track;
  const capturing = isCapturing(track);
  const starting = state === 'TRIGGERED' && track.waitsFor === 'start';
  switch (type) {
    case 'captureStarted':
      return capturing ? { id, state: 'RECORDING', loop } : track;
    case 'captureDropped':
      return capturing ? { id, state: 'EMPTY' } : track;
    // A loop may sound from the tape while it is copied, so that it can be lost later than it began.
    case 'captureFailed':
      return { id, state: 'EMPTY' };
    case 'loopStarted':
      return starting || state === 'RECORDING' ? { id, state: 'PLAYING', loop } : track;
    case 'startTakenBack':
      return starting ? { id, state: 'STOPPED', loop } : track;
    case 'loopStopped':
      return state === 'STOPPING' ? { id, state: 'STOPPED', loop } : track;
    case 'stopTakenBack':
      return state === 'STOPPING' ? { id, state: 'PLAYING', loop } : track;
    case 'captureCommitted':
    case 'tooLate':
      return track;
  }
};

const onTrackFact = (session: SessionState, fact: TrackFact): Reduced => {
  const track = trackOf(session, fact.track);
  if (track === undefined || track.state === 'EMPTY' || track.loop.id !== fact.loopId) return done(session);
  const after = afterFact(track, fact.type);
  const moved = after === track ? session : withTrack(session, after);
  if (fact.type === 'captureFailed') {
    return refuse(
      moved,
      'capture-failed',
      `the bars for track ${fact.track} are off the tape or found no memory; play them again`,
    );
  }
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
      return done(session);
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

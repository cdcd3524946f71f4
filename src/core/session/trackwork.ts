import { nextBarBeat } from '../time/grid.ts';
import type { Frame } from '../time/units.ts';
import type { Track } from '../track/state.ts';
import { capturedLoop, captureRefusal } from './capture.ts';
import type { Reduced } from './outcome.ts';
import { done, refuse } from './outcome.ts';
import { type SessionState, trackOf, withTrack } from './state.ts';

type Held = Exclude<Track, { state: 'EMPTY' }>;

/** Runs `work` on a track that exists and notes it as touched. */
export const onTrack = (session: SessionState, id: number, work: (track: Track) => Reduced): Reduced => {
  const track = trackOf(session, id);
  if (track === undefined) {
    return refuse(session, 'no-such-track', `there is no track ${id}; tracks are 1 to ${session.tracks.length}`);
  }
  const reduced = work(track);
  return { ...reduced, session: { ...reduced.session, touched: id } };
};

const waiting = (session: SessionState, track: Track): SessionState => ({
  ...withTrack(session, track),
  fresh: [...session.fresh, track.id],
});

/** The pending change of a track is taken back; the engine says whether it was in time. */
const takeBack = (session: SessionState, track: Held): Reduced =>
  done(session, { type: 'takeBack', track: track.id, loopId: track.loop.id });

export const stomp = (session: SessionState, frame: Frame, track: Track): Reduced => {
  switch (track.state) {
    case 'EMPTY':
      return record(session, frame, track, session.bars);
    case 'PLAYING':
      return stop(session, frame, track);
    case 'STOPPED':
      return start(session, frame, track);
    case 'TRIGGERED':
    case 'STOPPING':
    case 'RECORDING':
      return takeBack(session, track);
  }
};

export const record = (session: SessionState, frame: Frame, track: Track, bars: number): Reduced => {
  if (track.state !== 'EMPTY') {
    return refuse(session, 'not-empty', `track ${track.id} holds a loop; clear it first`);
  }
  const refusal = captureRefusal(session, frame, bars);
  if (refusal !== undefined) return { session, effects: [], refused: refusal };
  const loop = capturedLoop(session, frame, bars);
  const triggered = { id: track.id, state: 'TRIGGERED', loop, waitsFor: 'capture' } as const;
  const { id: loopId, startBeat, endBeat, latencyFrames } = loop;
  const captured = done(
    { ...waiting(session, triggered), nextLoopId: loopId + 1 },
    { type: 'capture', track: track.id, loopId, grid: session.grid, startBeat, endBeat, latencyFrames },
  );
  if (loop.lostFrames === undefined) return captured;
  return { ...captured, told: [{ type: 'captureGap', frame, track: track.id, frames: loop.lostFrames }] };
};

export const start = (session: SessionState, frame: Frame, track: Track): Reduced => {
  switch (track.state) {
    case 'STOPPED': {
      const atBeat = nextBarBeat(session.grid, frame);
      const triggered = { id: track.id, state: 'TRIGGERED', loop: track.loop, waitsFor: 'start' } as const;
      return done(waiting(session, triggered), { type: 'start', track: track.id, loopId: track.loop.id, atBeat });
    }
    case 'STOPPING':
      return takeBack(session, track);
    case 'EMPTY':
      return refuse(session, 'empty', `track ${track.id} is empty; record it first`);
    case 'TRIGGERED':
    case 'RECORDING':
    case 'PLAYING':
      return refuse(session, 'not-stopped', `track ${track.id} is ${track.state}; only a stopped track starts`);
  }
};

export const stop = (session: SessionState, frame: Frame, track: Track): Reduced => {
  if (track.state === 'PLAYING') {
    const atBeat = nextBarBeat(session.grid, frame);
    const stopping = { id: track.id, state: 'STOPPING', loop: track.loop } as const;
    return done(waiting(session, stopping), { type: 'stop', track: track.id, loopId: track.loop.id, atBeat });
  }
  if (track.state === 'TRIGGERED' && track.waitsFor === 'start') return takeBack(session, track);
  return refuse(session, 'not-playing', `track ${track.id} is ${track.state}; only a playing track stops`);
};

/** What is thrown away is gone at once: later word of the old loop finds no track that holds it. */
export const clear = (session: SessionState, track: Track): Reduced =>
  track.state === 'EMPTY'
    ? refuse(session, 'empty', `track ${track.id} is empty already`)
    : done(withTrack(session, { id: track.id, state: 'EMPTY' }), { type: 'clear', track: track.id });

/** All tracks empty, from any state. Never refused. */
export const reset = (session: SessionState): Reduced =>
  done(
    { ...session, tracks: session.tracks.map(({ id }) => ({ id, state: 'EMPTY' as const })), fresh: [] },
    ...session.tracks
      .filter((track) => track.state !== 'EMPTY')
      .map((track) => ({ type: 'clear' as const, track: track.id })),
  );

import { frameOfBeat, nextBarBeat } from '../time/grid.ts';
import type { Frame } from '../time/units.ts';
import { isUnread, type Track } from '../track/state.ts';
import { capturedSpan, captureRefusal, cutLoop } from './capture.ts';
import type { When } from './command.ts';
import { contentOf } from './history.ts';
import type { Reduced } from './outcome.ts';
import { done, refuse } from './outcome.ts';
import { startAtBar } from './placing.ts';
import { emptied, noted } from './second-thoughts.ts';
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
const takeBack = (session: SessionState, frame: Frame, track: Held): Reduced => {
  if (track.state === 'TRIGGERED' && track.waitsFor === 'read') {
    return done(withTrack(session, { id: track.id, state: 'STOPPED', loop: track.loop }));
  }
  // What was to take the place of a loop that sounds does not come, and what sounds ends, as with any stop.
  if (track.state === 'TRIGGERED' && track.sounds === true) {
    const atFrame = frameOfBeat(session.grid, nextBarBeat(session.grid, frame));
    const stopped = withTrack(session, { id: track.id, state: 'STOPPED', loop: track.loop });
    return done(stopped, { type: 'clear', track: track.id, atFrame });
  }
  return done(session, { type: 'takeBack', track: track.id, loopId: track.loop.id });
};

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
      return takeBack(session, frame, track);
  }
};

export const record = (session: SessionState, frame: Frame, track: Track, bars: number): Reduced => {
  if (track.state !== 'EMPTY') {
    return refuse(session, 'not-empty', `track ${track.id} holds a loop; clear it first`);
  }
  const refusal = captureRefusal(session, frame, bars);
  if (refusal !== undefined) return { session, effects: [], refused: refusal };
  const loop = cutLoop(session, capturedSpan(session, frame, bars));
  const { id: loopId, startBeat, endBeat, latencyFrames } = loop;
  const triggered = { id: track.id, state: 'TRIGGERED', loop, waitsFor: 'capture', passBeat: endBeat } as const;
  const before = { track: track.id, plays: false };
  const captured = done(
    noted({ ...waiting(session, triggered), nextLoopId: loopId + 1 }, 'capture', [before], [contentOf(triggered)]),
    { type: 'capture', track: track.id, loopId, grid: session.grid, startBeat, endBeat, latencyFrames },
  );
  if (loop.lostFrames === undefined) return captured;
  return { ...captured, told: [{ type: 'captureGap', frame, track: track.id, frames: loop.lostFrames }] };
};

/** What is still to be read plays as soon as it is there. */
export const start = (session: SessionState, frame: Frame, track: Track): Reduced => {
  switch (track.state) {
    case 'STOPPED': {
      const { id, loop } = track;
      if (isUnread(loop)) return done(waiting(session, { id, state: 'TRIGGERED', loop, waitsFor: 'read' }));
      const effect = startAtBar(id, loop, session.grid, frame);
      return done(
        waiting(session, { id, state: 'TRIGGERED', loop, waitsFor: 'start', passBeat: effect.atBeat }),
        effect,
      );
    }
    case 'STOPPING':
      return takeBack(session, frame, track);
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
    const stopping = { ...track, state: 'STOPPING' } as const;
    return done(waiting(session, stopping), { type: 'stop', track: track.id, loopId: track.loop.id, atBeat });
  }
  if (track.state === 'TRIGGERED' && track.waitsFor !== 'capture') return takeBack(session, frame, track);
  return refuse(session, 'not-playing', `track ${track.id} is ${track.state}; only a playing track stops`);
};

/** What is thrown away is gone at once, but for its sound where that is to end at the bar line: later word of the old loop finds no track that holds it. */
export const clear = (session: SessionState, frame: Frame, track: Track, at: When | undefined): Reduced =>
  track.state === 'EMPTY'
    ? refuse(session, 'empty', `track ${track.id} is empty already`)
    : emptied(session, frame, 'clear', [track], at);

/** All tracks empty, from any state. Never refused. */
export const reset = (session: SessionState, frame: Frame): Reduced => {
  const held = session.tracks.filter((track) => track.state !== 'EMPTY');
  const { session: after, effects } = emptied(session, frame, 'reset', held);
  return { session: { ...after, fresh: [] }, effects };
};

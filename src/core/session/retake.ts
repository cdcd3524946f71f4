import { frameOfBeat } from '../time/grid.ts';
import type { Frame } from '../time/units.ts';
import { isCapturing, type Loop, type Track } from '../track/state.ts';
import { cutLoop, cutRefusal, type Span } from './capture.ts';
import type { Bounds, When } from './command.ts';
import type { SessionEvent } from './event.ts';
import { contentOf } from './history.ts';
import { outputFrames } from './latency.ts';
import type { Reduced } from './outcome.ts';
import { changeFrame, place } from './placing.ts';
import type { Refusal } from './refusal.ts';
import { noted } from './second-thoughts.ts';
import type { SessionState } from './state.ts';

/** The greatest steps: what is further away is another loop. */
const most = { bars: 32, beats: 64, ms: 1000 } as const;

const steps = ({ moreBars = 0, laterBars = 0, laterBeats = 0, laterMs = 0 }: Bounds) => ({
  moreBars,
  laterBars,
  laterBeats,
  laterMs,
});

const boundsRefusal = (bounds: Bounds): Refusal | undefined => {
  const { moreBars, laterBars, laterBeats, laterMs } = steps(bounds);
  const whole = (value: number, limit: number) => Number.isInteger(value) && Math.abs(value) <= limit;
  const isSound =
    [moreBars, laterBars].every((bars) => whole(bars, most.bars)) &&
    whole(laterBeats, most.beats) &&
    Math.abs(laterMs) <= most.ms;
  const isNothing = [moreBars, laterBars, laterBeats, laterMs].every((step) => step === 0);
  if (isSound && !isNothing) return undefined;
  const allowed = `-${most.bars} to ${most.bars} whole bars, -${most.beats} to ${most.beats} whole beats, -${most.ms} to ${most.ms} ms`;
  return { code: 'out-of-range', reason: `these bounds are not possible; ${allowed} are, not all of them 0` };
};

const spanOf = (loop: Loop, session: SessionState, bounds: Bounds): Span => {
  const { beatsPerBar, rate } = session.grid;
  const { moreBars, laterBars, laterBeats, laterMs } = steps(bounds);
  const later = laterBars * beatsPerBar + laterBeats;
  return {
    startBeat: loop.startBeat + later - moreBars * beatsPerBar,
    endBeat: loop.endBeat + later,
    latencyFrames: loop.latencyFrames,
    nudgeFrames: loop.nudgeFrames + Math.round((laterMs * rate) / 1000),
  };
};

const trackRefusal = (track: Track): Refusal | undefined => {
  if (track.state === 'EMPTY') return { code: 'empty', reason: `track ${track.id} is empty; record it first` };
  if (isCapturing(track)) {
    return { code: 'still-capturing', reason: `track ${track.id} is being captured; wait until it plays` };
  }
  if (track.loop.played) return undefined;
  const reason = `the loop of track ${track.id} was not played since the start, or at another tempo; the tape has no more of it`;
  return { code: 'not-on-tape', reason };
};

/** Of what nothing has been played yet there is nothing to be heard. */
const futureRefusal = (session: SessionState, frame: Frame, span: Span): Refusal | undefined =>
  frameOfBeat(session.grid, span.startBeat) + span.nudgeFrames < frame + outputFrames(session)
    ? undefined
    : { code: 'not-yet-played', reason: 'nothing of these bars has been played yet; wait, or go less far' };

/** Cuts the loop of a track anew, with other bounds; the one before can be had back. A track that sounds goes on to sound. */
export const retake = (
  session: SessionState,
  frame: Frame,
  track: Track,
  bounds: Bounds,
  at: When | undefined,
): Reduced => {
  const early = boundsRefusal(bounds) ?? trackRefusal(track);
  if (early !== undefined || track.state === 'EMPTY') {
    return { session, effects: [], ...(early !== undefined && { refused: early }) };
  }
  const span = spanOf(track.loop, session, bounds);
  const refused = futureRefusal(session, frame, span) ?? cutRefusal(session, frame, span);
  if (refused !== undefined) return { session, effects: [], refused };
  const loop = cutLoop(session, span);
  const before = contentOf(track);
  const cutting = { ...session, nextLoopId: loop.id + 1 };
  const placed = place(cutting, frame, { ...before, loop }, changeFrame(session, frame, at));
  const after = placed.session.tracks.filter(({ id }) => id === track.id).map(contentOf);
  const { startBeat, endBeat, startFrame, endFrame, latencyFrames, nudgeFrames } = loop;
  const cut = { track: track.id, loopId: loop.id, grid: session.grid, startBeat, endBeat };
  const told: SessionEvent[] = [{ type: 'retake', frame, track: track.id, startFrame, endFrame, nudgeFrames }];
  if (loop.lostFrames !== undefined) {
    told.push({ type: 'captureGap', frame, track: track.id, frames: loop.lostFrames });
  }
  return {
    session: noted(placed.session, 'retake', [before], after),
    effects: [{ type: 'cut', ...cut, latencyFrames: latencyFrames + nudgeFrames }, ...placed.effects],
    told,
  };
};

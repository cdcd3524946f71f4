import { loopFrames, memoryFrames, seamFrames } from '../sound/span.ts';
import { frameOfBeat, framesBetween, positionAt } from '../time/grid.ts';
import type { Beat, Frame } from '../time/units.ts';
import type { Loop } from '../track/state.ts';
import { blockingGap, lostIn, soundOf } from './gap.ts';
import { neededFrames } from './held.ts';
import { outputFrames } from './latency.ts';
import type { Refusal, RefusalCode } from './refusal.ts';
import { limits, type SessionState } from './state.ts';

/** What is to be cut: beats of the grid, and how much later on the tape than these their sound is. */
export type Span = {
  readonly startBeat: Beat;
  readonly endBeat: Beat;
  readonly latencyFrames: Frame;
  readonly nudgeFrames: Frame;
};

/**
 * The bars that a stomp at `frame` means. Early (past the threshold): those that end at the next bar line.
 * Otherwise: those that ended where the current bar began.
 */
export const capturedSpan = (session: SessionState, frame: Frame, bars: number): Span => {
  const { barBeat, progress } = positionAt(session.grid, frame);
  const endBeat = progress > session.retroThreshold ? barBeat + session.grid.beatsPerBar : barBeat;
  const startBeat = endBeat - bars * session.grid.beatsPerBar;
  return { startBeat, endBeat, latencyFrames: session.latencyFrames, nudgeFrames: 0 };
};

const onTape = (session: SessionState, frame: Frame, span: Span): boolean => {
  const oldest = soundOfSpan(session, span).from;
  // The tape has gone on by as much as a frame is heard later than it is computed.
  return frame + outputFrames(session) - oldest <= session.tapeFrames;
};

const memoryFor = (session: SessionState, span: Span): Frame =>
  memoryFrames(loopFrames({ grid: session.grid, ...span }));

const soundOfSpan = (session: SessionState, span: Span) => soundOf(loopOf(session, span), session.grid.rate);

/** How many of fewer than `bars` bars would fit, in words. */
const whatWouldFit = (bars: number, fits: (bars: number) => boolean): string => {
  for (let fewer = bars - 1; fewer > 0; fewer -= 1) if (fits(fewer)) return `${plural(fewer)} would fit`;
  return 'not even 1 bar would fit';
};

const seconds = (frames: Frame, rate: number): string => `${(frames / rate).toFixed(1)} s`;

const plural = (bars: number): string => (bars === 1 ? '1 bar' : `${bars} bars`);

const gapWords = {
  interface: ['interface-lost', 'reach into the time without the interface'],
  calibration: ['calibration-heard', 'would have the sounds of the calibration in them'],
} as const;

/**
 * Why a span cannot be cut at `frame`, or undefined when it can. The memory of what can be undone is there for it. Nothing has begun yet.
 */
export const cutRefusal = (session: SessionState, frame: Frame, span: Span): Refusal | undefined => {
  const { rate, beatsPerBar } = session.grid;
  const { min, max } = limits.bars;
  const bars = (span.endBeat - span.startBeat) / beatsPerBar;
  if (!Number.isInteger(bars) || bars < min || bars > max) {
    return { code: 'out-of-range', reason: `${bars} bars cannot be captured; ${min} to ${max} whole bars can` };
  }
  if (session.calibration.phase === 'sounding') {
    return { code: 'calibrating', reason: 'the latency is being measured; capture when that is done' };
  }
  const length = framesBetween(session.grid, span.startBeat, span.endBeat);
  const refusal = (code: RefusalCode, why: string): Refusal => ({
    code,
    reason: `${plural(bars)} of ${seconds(length, rate)} ${why}`,
  });
  const late = span.latencyFrames + span.nudgeFrames;
  if (late >= length) {
    return refusal('latency-too-long', `would be over before their sound is in; the latency is ${seconds(late, rate)}`);
  }
  const shorter = (fewer: number): Span => ({ ...span, startBeat: span.endBeat - fewer * beatsPerBar });
  const isWhole = (one: Span) => blockingGap(session, soundOfSpan(session, one)) === undefined;
  const needed = neededFrames(session);
  const hasRoom = (one: Span) => needed + memoryFor(session, one) <= session.budgetFrames;
  const fitting = () =>
    whatWouldFit(bars, (fewer) => {
      const one = shorter(fewer);
      return isWhole(one) && onTape(session, frame, one) && hasRoom(one);
    });
  if (!onTape(session, frame, span)) {
    const why = `are more than the tape of ${seconds(session.tapeFrames, rate)} holds`;
    return refusal('tape-too-short', `${why}; ${fitting()}`);
  }
  const gap = blockingGap(session, soundOfSpan(session, span));
  if (gap !== undefined) {
    const [code, why] = gapWords[gap.cause];
    return refusal(code, `${why}; ${fitting()}`);
  }
  if (!hasRoom(span)) return refusal('memory-full', `do not fit into the memory left; ${fitting()}`);
  return undefined;
};

/** Why these bars cannot be captured now, or undefined when they can. */
export const captureRefusal = (session: SessionState, frame: Frame, bars: number): Refusal | undefined =>
  cutRefusal(session, frame, capturedSpan(session, frame, bars));

const loopOf = (session: SessionState, span: Span): Omit<Loop, 'lostFrames'> => ({
  id: session.nextLoopId,
  ...span,
  startFrame: frameOfBeat(session.grid, span.startBeat),
  endFrame: frameOfBeat(session.grid, span.endBeat),
  frames: loopFrames({ grid: session.grid, ...span }),
  leadFrames: seamFrames(session.grid.rate),
  sound: 'tape',
  played: true,
});

/** The loop that cutting a span gives, which has `nextLoopId`. */
export const cutLoop = (session: SessionState, span: Span): Loop => {
  const loop = loopOf(session, span);
  const lostFrames = lostIn(session, soundOf(loop, session.grid.rate));
  return { ...loop, ...(lostFrames > 0 && { lostFrames }) };
};

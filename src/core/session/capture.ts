import { loopMemoryFrames, seamFrames } from '../sound/span.ts';
import { frameOfBeat, framesBetween, positionAt } from '../time/grid.ts';
import type { Beat, Frame } from '../time/units.ts';
import type { Loop } from '../track/state.ts';
import { blockingGap, lostIn, soundOf } from './gap.ts';
import { outputFrames } from './latency.ts';
import type { Refusal, RefusalCode } from './refusal.ts';
import { limits, type SessionState } from './state.ts';

type Span = { readonly startBeat: Beat; readonly endBeat: Beat };

/**
 * The bars that a stomp at `frame` means. Early (past the threshold): those that end at the next bar line.
 * Otherwise: those that ended where the current bar began.
 */
export const capturedSpan = (session: SessionState, frame: Frame, bars: number): Span => {
  const { barBeat, progress } = positionAt(session.grid, frame);
  const endBeat = progress > session.retroThreshold ? barBeat + session.grid.beatsPerBar : barBeat;
  return { startBeat: endBeat - bars * session.grid.beatsPerBar, endBeat };
};

const memoryOf = (session: SessionState): Frame =>
  session.tracks.reduce(
    (sum, track) => (track.state === 'EMPTY' ? sum : sum + loopMemoryFrames({ grid: session.grid, ...track.loop })),
    0,
  );

const onTape = (session: SessionState, frame: Frame, span: Span): boolean => {
  const oldest = frameOfBeat(session.grid, span.startBeat) + session.latencyFrames - seamFrames(session.grid.rate);
  // The tape has gone on by as much as a frame is heard later than it is computed.
  return frame + outputFrames(session) - oldest <= session.tapeFrames;
};

const inBudget = (session: SessionState, span: Span): boolean =>
  memoryOf(session) + loopMemoryFrames({ grid: session.grid, ...span }) <= session.budgetFrames;

const soundOfSpan = (session: SessionState, { startBeat, endBeat }: Span) =>
  soundOf(
    {
      startFrame: frameOfBeat(session.grid, startBeat),
      endFrame: frameOfBeat(session.grid, endBeat),
      latencyFrames: session.latencyFrames,
    },
    session.grid.rate,
  );

/** How many of fewer than `bars` bars would fit, in words. */
const whatWouldFit = (session: SessionState, frame: Frame, bars: number): string => {
  for (let fewer = bars - 1; fewer > 0; fewer -= 1) {
    const span = capturedSpan(session, frame, fewer);
    const isWhole = blockingGap(session, soundOfSpan(session, span)) === undefined;
    if (isWhole && onTape(session, frame, span) && inBudget(session, span)) return `${plural(fewer)} would fit`;
  }
  return 'not even 1 bar would fit';
};

const seconds = (frames: Frame, rate: number): string => `${(frames / rate).toFixed(1)} s`;

const plural = (bars: number): string => (bars === 1 ? '1 bar' : `${bars} bars`);

const gapWords = {
  interface: ['interface-lost', 'reach into the time without the interface'],
  calibration: ['calibration-heard', 'would have the sounds of the calibration in them'],
} as const;

/** Why these bars cannot be captured now, or undefined when they can. Nothing has begun yet. */
export const captureRefusal = (session: SessionState, frame: Frame, bars: number): Refusal | undefined => {
  const { min, max } = limits.bars;
  if (!Number.isInteger(bars) || bars < min || bars > max) {
    return { code: 'out-of-range', reason: `${bars} bars cannot be captured; ${min} to ${max} whole bars can` };
  }
  if (session.calibration.phase === 'sounding') {
    return { code: 'calibrating', reason: 'the latency is being measured; capture when that is done' };
  }
  const { rate } = session.grid;
  const span = capturedSpan(session, frame, bars);
  const length = framesBetween(session.grid, span.startBeat, span.endBeat);
  const refusal = (code: RefusalCode, why: string): Refusal => ({
    code,
    reason: `${plural(bars)} of ${seconds(length, rate)} ${why}`,
  });
  if (session.latencyFrames >= length) {
    const latency = seconds(session.latencyFrames, rate);
    return refusal('latency-too-long', `would be over before their sound is in; the latency is ${latency}`);
  }
  if (!onTape(session, frame, span)) {
    const why = `are more than the tape of ${seconds(session.tapeFrames, rate)} holds`;
    return refusal('tape-too-short', `${why}; ${whatWouldFit(session, frame, bars)}`);
  }
  const gap = blockingGap(session, soundOfSpan(session, span));
  if (gap !== undefined) {
    const [code, why] = gapWords[gap.cause];
    return refusal(code, `${why}; ${whatWouldFit(session, frame, bars)}`);
  }
  if (!inBudget(session, span)) {
    return refusal('memory-full', `do not fit into the memory left; ${whatWouldFit(session, frame, bars)}`);
  }
  return undefined;
};

/** The loop that a capture of `bars` bars at `frame` gives. */
export const capturedLoop = (session: SessionState, frame: Frame, bars: number): Loop => {
  const span = capturedSpan(session, frame, bars);
  const lostFrames = lostIn(session, soundOfSpan(session, span));
  return {
    id: session.nextLoopId,
    ...span,
    startFrame: frameOfBeat(session.grid, span.startBeat),
    endFrame: frameOfBeat(session.grid, span.endBeat),
    latencyFrames: session.latencyFrames,
    ...(lostFrames > 0 && { lostFrames }),
  };
};

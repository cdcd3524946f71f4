import type { Measurement } from '../calibration/measurement.ts';
import type { MeasureEnd } from '../sound/fact.ts';
import type { Frame } from '../time/units.ts';
import { isCapturing } from '../track/state.ts';
import type { SessionEvent } from './event.ts';
import { endGap, withGap } from './gap.ts';
import { withLatency } from './latency.ts';
import type { Reduced } from './outcome.ts';
import { done, refuse } from './outcome.ts';
import type { SessionState } from './state.ts';

/** How far a measurement of the latency has come. `id` tells it from those that were given up. */
export type Calibration =
  | { readonly phase: 'idle'; readonly last?: 'succeeded' | 'failed' }
  /** Asked for, then sounding: `from` is the probe's first frame once it is known. */
  | { readonly phase: 'sounding'; readonly id: number; readonly from?: Frame }
  /** What came in is looked at. */
  | { readonly phase: 'weighing'; readonly id: number; readonly from: Frame };

/** Why a measurement failed: what the analysis says, or what ended it before. */
export type CalibrationFailure =
  | Extract<Measurement, { ok: false }>['code']
  | 'feedback'
  | 'frames-lost'
  | 'not-analysed';

const failures: Readonly<Record<'feedback' | 'gap', { readonly code: CalibrationFailure; readonly reason: string }>> = {
  feedback: {
    code: 'feedback',
    reason: 'the output feeds the input, louder and louder; turn the speaker or the microphone down, or use a cable',
  },
  gap: {
    code: 'frames-lost',
    reason: 'frames were lost while the bursts sounded; look after the interface, then try again',
  },
};

const failed = (
  session: SessionState,
  frame: Frame,
  failure: { readonly code: CalibrationFailure; readonly reason: string },
): Reduced => ({
  ...done({ ...session, calibration: { phase: 'idle', last: 'failed' } }),
  told: [{ type: 'calibration', frame, phase: 'failed', code: failure.code, reason: failure.reason }],
});

const told = (frame: Frame, phase: 'started' | 'weighing' | 'cancelled'): SessionEvent => ({
  type: 'calibration',
  frame,
  phase,
});

/** Begins a measurement; `mute` allows it while tracks play, which are silent meanwhile. */
export const calibrate = (session: SessionState, mute: boolean): Reduced => {
  if (session.calibration.phase !== 'idle') {
    return refuse(session, 'calibrating', 'the latency is being measured; wait for it, or cancel it');
  }
  if (session.interface === 'away') {
    return refuse(session, 'interface-lost', 'there is no interface to be measured; plug it in first');
  }
  const capturing = session.tracks.find(isCapturing);
  if (capturing !== undefined) {
    return refuse(session, 'tracks-playing', `track ${capturing.id} is being captured; wait for the bar line`);
  }
  const sounding = session.tracks.find(({ state }) => state !== 'EMPTY' && state !== 'STOPPED');
  if (sounding !== undefined && !mute) {
    return refuse(
      session,
      'tracks-playing',
      `track ${sounding.id} is ${sounding.state}; stop all tracks first, or ask for them to be muted meanwhile`,
    );
  }
  const id = session.nextMeasureId;
  return done({ ...session, calibration: { phase: 'sounding', id }, nextMeasureId: id + 1 }, { type: 'measure', id });
};

/** Gives a measurement up; all is as it was before. */
export const cancelCalibration = (session: SessionState, frame: Frame): Reduced => {
  const { calibration } = session;
  if (calibration.phase === 'idle') return refuse(session, 'not-calibrating', 'no latency is being measured');
  const idle: SessionState = { ...session, calibration: { phase: 'idle' } };
  return {
    ...done(
      idle,
      ...(calibration.phase === 'sounding' ? [{ type: 'stopMeasuring' as const, id: calibration.id }] : []),
    ),
    told: [told(frame, 'cancelled')],
  };
};

export const onMeasureStarted = (session: SessionState, frame: Frame, id: number): Reduced => {
  const heard = withGap(session, { from: frame, to: Number.POSITIVE_INFINITY, cause: 'calibration' });
  if (session.calibration.phase !== 'sounding' || session.calibration.id !== id) return done(heard);
  return { ...done({ ...heard, calibration: { phase: 'sounding', id, from: frame } }), told: [told(frame, 'started')] };
};

/** A burst that was cut short still comes in for as long as the way round takes, which may not be known. */
const stillComing = ({ grid, latencyFrames }: SessionState): Frame =>
  Math.max(latencyFrames, Math.round(grid.rate / 4));

export const onMeasureEnded = (before: SessionState, frame: Frame, id: number, how: MeasureEnd): Reduced => {
  const session = endGap(before, 'calibration', how === 'done' ? frame : frame + stillComing(before));
  const { calibration } = session;
  if (calibration.phase !== 'sounding' || calibration.id !== id) return done(session);
  if (how === 'done' && calibration.from !== undefined) {
    const weighing = { phase: 'weighing', id, from: calibration.from } as const;
    return { ...done({ ...session, calibration: weighing }), told: [told(frame, 'weighing')] };
  }
  if (how === 'feedback' || how === 'gap') return failed(session, frame, failures[how]);
  return { ...done({ ...session, calibration: { phase: 'idle' } }), told: [told(frame, 'cancelled')] };
};

/** What the analysis says; of a measurement that was given up it says nothing any more. `undefined`: it could not be made. */
export const onMeasured = (
  session: SessionState,
  frame: Frame,
  id: number,
  measurement: Measurement | undefined,
): Reduced => {
  if (session.calibration.phase !== 'weighing' || session.calibration.id !== id) return done(session);
  if (measurement === undefined) {
    return failed(session, frame, {
      code: 'not-analysed',
      reason: 'the analysis itself broke; the log says why; try again',
    });
  }
  if (!measurement.ok) return failed(session, frame, measurement);
  const { latencyFrames, exactFrames, spreadFrames, confidence, side } = measurement;
  const measured = withLatency(session, frame, latencyFrames, 'measured');
  return {
    ...done({ ...measured.session, calibration: { phase: 'idle', last: 'succeeded' } }),
    told: [
      { type: 'calibration', frame, phase: 'succeeded', latencyFrames, exactFrames, spreadFrames, confidence, side },
      ...(measured.told ?? []),
    ],
  };
};

import type { Failure, FailureCode, Success } from '../../../src/core/calibration/measurement.ts';

const heard = { bursts: [], levelDb: -20, floorDb: -80 };

/** A measurement that found so many frames. */
export const aSuccess = (latencyFrames: number): Success => ({
  ...heard,
  ok: true,
  latencyFrames,
  exactFrames: latencyFrames + 0.25,
  spreadFrames: 0.05,
  confidence: 0.97,
  inverted: false,
  side: 0,
});

/** One that found none. */
export const aFailure = (code: FailureCode): Failure => ({ ...heard, ok: false, code, reason: `it is ${code}` });

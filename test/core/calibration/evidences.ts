import type { Evidence } from '../../../src/core/calibration/measurement.ts';

type Each = Evidence['each'][number];

/** A perfect cable of 1000 frames at 48 kHz, but for what is given. */
export const evidence = (
  changes: Partial<Omit<Evidence, 'all' | 'each'>> & {
    readonly all?: Partial<Evidence['all']>;
    /** Of single bursts, by number. */
    readonly each?: Readonly<Record<number, Partial<Each>>>;
    readonly every?: Partial<Each>;
  } = {},
): Evidence => {
  const { all, each = {}, every, ...rest } = changes;
  const clean = { frames: 1000, strength: 900, inverted: false, rival: 0.03 };
  return {
    ...{ rate: 48_000, longestFrames: 38_400, side: 0, levelDb: -20, floorDb: -80, clipped: 0 },
    ...rest,
    all: { frames: 1000, gain: 1, strength: 5000, early: 0.03, late: 0.04, lean: 0, inStep: 1, ...all },
    each: Array.from({ length: 8 }, (_, index) => ({ ...clean, ...every, ...each[index + 1] })),
  };
};

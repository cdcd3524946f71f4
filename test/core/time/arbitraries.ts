import fc from 'fast-check';
import type { Grid } from '../../../src/core/time/grid.ts';

/** Tempos as players set them, and fractions that no sample rate divides. */
export const tempos = (): fc.Arbitrary<number> =>
  fc.oneof(
    fc.integer({ min: 20, max: 400 }),
    fc.double({ min: 20, max: 400, noNaN: true }),
    fc.constantFrom(400 / 3, 200 / 3, 20, 400, 96, 119.97),
  );

export const rates = (): fc.Arbitrary<number> =>
  fc.oneof(fc.constantFrom(44100, 48000, 88200, 96000), fc.integer({ min: 44100, max: 96000 }));

export const meters = (): fc.Arbitrary<number> => fc.integer({ min: 1, max: 16 });

export const grids = (): fc.Arbitrary<Grid> =>
  fc.record({ rate: rates(), bpm: tempos(), beatsPerBar: meters(), origin: fc.integer({ min: -1e9, max: 1e9 }) });

export const beats = (): fc.Arbitrary<number> =>
  fc.oneof(fc.integer({ min: -100, max: 100 }), fc.integer({ min: -1e6, max: 1e7 }));

export const frames = (): fc.Arbitrary<number> =>
  fc.oneof(fc.integer({ min: -1e6, max: 1e6 }), fc.integer({ min: -1e9, max: 1e12 }));

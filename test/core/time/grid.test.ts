import fc from 'fast-check';
import { beatAt, frameOfBeat, type Grid } from '../../../src/core/time/grid.ts';
import { beats, frames, grids } from './arbitraries.ts';

const grid = (rate: number, bpm: number, origin = 0): Grid => ({ rate, bpm, beatsPerBar: 4, origin });

type Row = readonly [number, number];

describe('the frame of a beat', () => {
  test.each<[string, Grid, readonly Row[]]>([
    [
      'whole frames',
      grid(48000, 120),
      [
        [-8, -192000],
        [-1, -24000],
        [0, 0],
        [1, 24000],
        [4000, 96_000_000],
      ],
    ],
    [
      'an origin',
      grid(48000, 120, 777),
      [
        [-1, -23223],
        [0, 777],
        [1, 24777],
      ],
    ],
    [
      '400/3 BPM',
      grid(48000, 400 / 3),
      [
        [-1, -21600],
        [1, 21600],
        [7, 151200],
      ],
    ],
    [
      '130 BPM',
      grid(44100, 130),
      [
        [-2, -40708],
        [-1, -20354],
        [1, 20354],
        [2, 40708],
        [3, 61062],
        [13, 264600],
      ],
    ],
    [
      'half frames',
      grid(44100, 96),
      [
        [-2, -55125],
        [-1, -27562],
        [1, 27563],
        [2, 55125],
      ],
    ],
    [
      '20 BPM',
      grid(96000, 20),
      [
        [-1, -288000],
        [5_120_000, 1_474_560_000_000],
      ],
    ],
    [
      '400 BPM',
      grid(44100, 400),
      [
        [1, 6615],
        [10_000, 66_150_000],
      ],
    ],
    [
      '399.7 BPM',
      grid(44100, 399.7),
      [
        [1, 6620],
        [3, 19860],
        [3997, 26_460_000],
      ],
    ],
  ])('is rounded by itself: %s', (_, at, rows) => {
    expect(rows.map(([beat]) => [beat, frameOfBeat(at, beat)])).toEqual(rows);
  });

  test('is a whole frame, at most half a frame from where the beat lies', () => {
    fc.assert(
      fc.property(grids(), beats(), (at, beat) => {
        const frame = frameOfBeat(at, beat);
        expect(Number.isInteger(frame)).toBe(true);
        expect(Math.abs(frame - at.origin - (beat * 60 * at.rate) / at.bpm)).toBeLessThanOrEqual(0.5 + 1e-3);
      }),
    );
  });

  test('rises with the beat', () => {
    fc.assert(
      fc.property(grids(), beats(), fc.integer({ min: 1, max: 1000 }), (at, beat, more) => {
        expect(frameOfBeat(at, beat + more)).toBeGreaterThan(frameOfBeat(at, beat));
      }),
    );
  });

  test('moves with the origin', () => {
    fc.assert(
      fc.property(grids(), beats(), fc.integer({ min: -1e6, max: 1e6 }), (at, beat, shift) => {
        expect(frameOfBeat({ ...at, origin: at.origin + shift }, beat)).toBe(frameOfBeat(at, beat) + shift);
      }),
    );
  });
});

describe('the beat at a frame', () => {
  test.each<[string, Grid, readonly Row[]]>([
    [
      '120 BPM',
      grid(48000, 120),
      [
        [-24001, -2],
        [-24000, -1],
        [-1, -1],
        [0, 0],
        [23999, 0],
        [24000, 1],
      ],
    ],
    [
      '130 BPM',
      grid(44100, 130),
      [
        [-20355, -2],
        [-20354, -1],
        [20353, 0],
        [20354, 1],
        [40707, 1],
        [40708, 2],
      ],
    ],
    [
      'half frames',
      grid(44100, 96),
      [
        [-27563, -2],
        [-27562, -1],
        [27562, 0],
        [27563, 1],
      ],
    ],
  ])('is the one that has begun: %s', (_, at, rows) => {
    expect(rows.map(([frame]) => [frame, beatAt(at, frame)])).toEqual(rows);
  });

  test('is the inverse of the frame of a beat', () => {
    fc.assert(
      fc.property(grids(), beats(), (at, beat) => {
        expect(beatAt(at, frameOfBeat(at, beat))).toBe(beat);
        expect(beatAt(at, frameOfBeat(at, beat) - 1)).toBe(beat - 1);
      }),
    );
  });

  test('is the last one that is not after the frame', () => {
    fc.assert(
      fc.property(grids(), frames(), (at, frame) => {
        const beat = beatAt(at, frame);
        expect(frameOfBeat(at, beat)).toBeLessThanOrEqual(frame);
        expect(frameOfBeat(at, beat + 1)).toBeGreaterThan(frame);
      }),
    );
  });
});

import fc from 'fast-check';
import { frameOfBeat, framesBetween, type Grid } from '../../../src/core/time/grid.ts';
import { grids } from './arbitraries.ts';

const passes = 10_000;

const loops = fc.record({
  grid: grids(),
  bars: fc.integer({ min: 1, max: 32 }),
  anchor: fc.integer({ min: -64, max: 10_000 }),
});

/** The frame after the last pass, and the shortest and the longest pass. */
const played = (grid: Grid, anchor: number, beats: number) => {
  let end = frameOfBeat(grid, anchor);
  let shortest = Number.POSITIVE_INFINITY;
  let longest = 0;
  for (let pass = 0; pass < passes; pass += 1) {
    const beat = anchor + pass * beats;
    const length = framesBetween(grid, beat, beat + beats);
    shortest = Math.min(shortest, length);
    longest = Math.max(longest, length);
    end += length;
  }
  return { end, shortest, longest };
};

test('after 10,000 passes a loop lies on its beat to half a frame, and no pass is more than one off its length', () => {
  fc.assert(
    fc.property(loops, ({ grid, bars, anchor }) => {
      const beats = bars * grid.beatsPerBar;
      const { end, shortest, longest } = played(grid, anchor, beats);
      const ideal = (beat: number): number => (beat * 60 * grid.rate) / grid.bpm;
      expect(end).toBe(frameOfBeat(grid, anchor + passes * beats));
      expect(Math.abs(end - grid.origin - ideal(anchor + passes * beats))).toBeLessThanOrEqual(0.5 + 1e-3);
      expect(longest - ideal(beats)).toBeLessThanOrEqual(1 + 1e-3);
      expect(ideal(beats) - shortest).toBeLessThanOrEqual(1 + 1e-3);
    }),
  );
});

test.each([
  [44100, 130, 1, 20353, 20354, 203_538_462],
  [44100, 399.7, 1, 6619, 6620, 66_199_650],
  [48000, 119.97, 4, 96024, 96025, 960_240_060],
  [44100, 400 / 3, 6, 119_070, 119_070, 1_190_700_000],
  [96000, 20, 512, 147_456_000, 147_456_000, 1_474_560_000_000],
])('at %d Hz and %d BPM passes of %d beats last %d or %d frames, and pass 10,000 starts on frame %d', (...row) => {
  const [rate, bpm, beats, shortest, longest, end] = row;
  expect(played({ rate, bpm, beatsPerBar: 4, origin: 0 }, 0, beats)).toEqual({ shortest, longest, end });
});

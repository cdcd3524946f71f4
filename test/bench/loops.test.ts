import { blockSizes, blocksOfPass, grid, longestOf, playingDeck, undisturbed } from '../../src/bench/rigs/loops.ts';
import { frameOfBeat } from '../../src/core/time/grid.ts';
import { arenaSamples } from '../../src/engine/arena.ts';

const times = (...values: readonly number[]): Float64Array => Float64Array.from(values);

test.each([
  [[times(1, 2, 3)], times(1, 2, 3), 3],
  [[times(1, 9, 3), times(8, 2, 4)], times(1, 2, 3), 3],
  [[times(5), times(5)], times(5), 5],
])('of %j each block counts by the quickest', (all, quickest, longest) => {
  expect(undisturbed(all)).toEqual(quickest);
  expect(longestOf(all)).toBe(longest);
});

test.each(blockSizes)('a pass is a whole number of blocks of %p frames, on every beat', (blockFrames) => {
  for (const beat of [1, 2, 3, 1001]) {
    expect(frameOfBeat(grid, beat)).toBe(beat * blocksOfPass(blockFrames) * blockFrames);
  }
});

test('on a playing deck all loops sound', () => {
  const loud = 0.25;
  const samples = arenaSamples(5 * 65_536).fill(loud);
  const { playBlocks, output } = playingDeck(3, 256, samples);
  playBlocks(10);
  // Three times the same, which stays below the limiter.
  expect(output.at(-1)).toBeCloseTo(3 * loud, 5);
});

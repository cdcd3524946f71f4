import { memoryFrames } from '../../core/sound/span.ts';
import type { Frame } from '../../core/time/units.ts';
import { arenaSamples } from '../../engine/arena.ts';
import type { Measurement } from '../measurement.ts';
import { beatLoopFrames, blockSizes, blocksOfPass, longestOf, noise, playingDeck, rate } from '../rigs/loops.ts';

const passes = 6;
const searches = 3;
/** Beyond any stage: what still fits then is told as this. */
const mostLoops = 1024;
/** The bounds are as near to each other as an eighth. */
const precision = 8;

const budgetMs = (blockFrames: Frame): number => (blockFrames * 1000) / rate;

/** The greatest number of loops found with which a block's worst time is within half of its budget. */
const loopsWithin = (blockFrames: Frame, samples: Float32Array): number => {
  const blocks = blocksOfPass(blockFrames);
  const fits = (loops: number): boolean => {
    const { timed } = playingDeck(loops, blockFrames, samples);
    // The first pass is of code and memory that nobody has touched.
    timed(blocks);
    const times: Float64Array[] = [];
    while (times.length < passes) {
      times.push(timed(blocks));
      if (longestOf(times) <= budgetMs(blockFrames) / 2) return true;
    }
    return false;
  };
  let [low, high] = [0, 16];
  while (high <= mostLoops && fits(high)) [low, high] = [high, high * 2];
  if (low === mostLoops) return low;
  while (high - low > Math.max(1, low / precision)) {
    const middle = (low + high) >> 1;
    if (fits(middle)) low = middle;
    else high = middle;
  }
  return low;
};

export const capacity: Measurement = {
  title: 'how many loops it can carry',
  how: `as "blocks"; the longest block of a pass, each block by the quickest of up to ${passes} passes, against half of the time that a block has; found to an eighth, up to ${mostLoops}; ${searches} searches, each on decks of its own. All loops wrap at once. One thread that nobody disturbs, as a real interface's goes before all others: driver and interrupts take their share beside it`,
  measure: async ({ quick }) => {
    const samples = noise(arenaSamples(memoryFrames(beatLoopFrames) * mostLoops));
    const search = (blockFrames: Frame) => (): number => loopsWithin(blockFrames, samples);
    return (quick ? [256] : blockSizes).map((blockFrames) => ({
      ...{ name: `loops at ${blockFrames}`, unit: 'loops' },
      values: Array.from({ length: quick ? 1 : searches }, search(blockFrames)),
      means: `loops with which the longest block of ${blockFrames} frames takes half of its ${budgetMs(blockFrames).toFixed(1)} ms`,
    }));
  },
};

import { memoryFrames } from '../../core/sound/span.ts';
import { arenaSamples } from '../../engine/arena.ts';
import type { Measurement, Sample } from '../measurement.ts';
import { beatLoopFrames, blockSizes, blocksOfPass, noise, playingDeck, rate, undisturbed } from '../rigs/loops.ts';

const loopCounts = [8, 16, 64, 256];
/** Of all blocks of one size and number of loops. */
const rounds = 5;
const roundMs = 100;
const [leastPasses, mostPasses] = [4, 24];
const warmPasses = 4;
/** The size of blocks for which a loop is held against a plain one, and all of them against real time: that of the settings as shipped. */
const comparedFrames = 256;
/** So long that the clock can tell, so short that a run is hardly ever broken off. */
const [plainRuns, plainTimes] = [60, 50];

/** What a plain loop takes to add one block of a loop to another, in milliseconds: the least that mixing it can cost in this language. */
const plainMix = (blockFrames: number) => {
  const from = noise(new Float32Array(blockFrames * 2));
  const to = new Float32Array(blockFrames * 2);
  const timed = (): number => {
    const began = performance.now();
    for (let time = 0; time < plainTimes; time += 1)
      for (let index = 0; index < to.length; index += 1) to[index] = (to[index] ?? 0) * 0.5 + (from[index] ?? 0);
    return (performance.now() - began) / plainTimes;
  };
  const round = (): number => Math.min(...Array.from({ length: plainRuns }, timed));
  round();
  return round;
};

const sum = (values: Float64Array): number => values.reduce((all, value) => all + value, 0);

/** A deck with some loops, and a round on it: the time of each block, and of a block on average where nothing disturbed it. */
const roundsOn = (loops: number, blockFrames: number, samples: Float32Array) => {
  const { timed } = playingDeck(loops, blockFrames, samples);
  const blocks = blocksOfPass(blockFrames);
  timed(blocks * warmPasses);
  const passMs = sum(timed(blocks));
  const passes = Math.max(leastPasses, Math.min(mostPasses, Math.round(roundMs / passMs)));
  return () => {
    const times = Array.from({ length: passes }, () => timed(blocks));
    return { times, block: sum(undisturbed(times)) / blocks };
  };
};

/** Decks and the plain loop take turns, so that what else the machine does comes over all alike. */
const costsOf = (blockFrames: number, counts: readonly number[], samples: Float32Array): readonly Sample[] => {
  const plain = plainMix(blockFrames);
  const empty = roundsOn(0, blockFrames, samples);
  const decks = counts.map((loops) => ({
    ...{ loops, round: roundsOn(loops, blockFrames, samples) },
    ...{ blocks: [] as number[], perLoop: [] as number[], againstPlain: [] as number[], speeds: [] as number[] },
  }));
  for (let round = 0; round < rounds; round += 1) {
    const least = plain();
    const { block: anyhow } = empty();
    for (const { loops, round: play, blocks, perLoop, againstPlain, speeds } of decks) {
      const { times, block } = play();
      const cost = (block - anyhow) / loops;
      blocks.push(...times.flatMap((pass) => [...pass].map((ms) => ms * 1000)));
      perLoop.push(cost * 1000);
      againstPlain.push(cost / least);
      speeds.push((blockFrames * 1000) / rate / block);
    }
  }
  return decks.flatMap(({ loops, blocks, perLoop, againstPlain, speeds }): readonly Sample[] => [
    {
      ...{ name: `block ${loops}x${blockFrames}`, unit: 'us', values: blocks },
      means: `a block of ${blockFrames} frames with ${loops} loops`,
    },
    {
      ...{ name: `loop ${loops}x${blockFrames}`, unit: 'us', values: perLoop },
      means: `each loop's share of it, without what a block costs anyhow`,
    },
    ...(blockFrames === comparedFrames
      ? [
          {
            ...({ name: `loop/plain ${loops}x${blockFrames}`, unit: 'x', values: againstPlain } as const),
            means: 'the same against a plain loop that adds as many samples, in the same round',
          },
          {
            ...({ name: `speed ${loops}x${blockFrames}`, unit: 'x', values: speeds } as const),
            means: `sound that is made with ${loops} loops against the time that it takes on one core, by the quickest of all passes, block by block`,
          },
        ]
      : []),
  ]);
};

export const blocks: Measurement = {
  title: 'what a block and a loop cost',
  how: `the worker's engine, levels and mix on a deck driven by hand, 48 kHz, stereo, click; loops of 256 ms, so that a tenth of all is seam; frames as after half a day, which are more work to V8 than the first. ${rounds} rounds in which all sizes and a plain loop take turns. A block is timed by the wall clock, with all that else befalls the thread; a loop by the quickest of all passes, block by block. No device: what the driver costs is not in it`,
  measure: async ({ quick }) => {
    const counts = quick ? [8, 64] : loopCounts;
    const samples = noise(arenaSamples(memoryFrames(beatLoopFrames) * Math.max(...counts)));
    return (quick ? [comparedFrames] : blockSizes).flatMap((blockFrames) => costsOf(blockFrames, counts, samples));
  },
};

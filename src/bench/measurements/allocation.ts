import { memoryFrames, seamFrames } from '../../core/sound/span.ts';
import { beatAt, type Grid } from '../../core/time/grid.ts';
import type { Measurement } from '../measurement.ts';
import { deckOf, grid, lateGrid, optionsFor, rate } from '../rigs/loops.ts';

const blockFrames = 256;
const tracks = 8;
const blocksOfRound = 5000;
/** By the tenth V8 has compiled all that it will. */
const [warmRounds, rounds] = [12, 5];

type On = ReturnType<typeof deckOf>;

const deckOn = (grid: Grid): On => {
  const loopFrames = 3 * tracks * memoryFrames(rate + seamFrames(rate));
  const on = deckOf(optionsFor({ grid, tracks, loopFrames, tapeFrames: rate * 4 }), blockFrames);
  on.playBlocks(1000);
  return on;
};

/** Captures the last second into each track, in place of what it plays. */
const capturing = ({ audio, engine }: On, grid: Grid) => {
  let loopId = 0;
  return (): void => {
    const endBeat = beatAt(grid, engine.frame);
    for (let track = 1; track <= tracks; track += 1) {
      loopId += 1;
      const cut = { track, loopId, grid, startBeat: endBeat - 4, endBeat, latencyFrames: 0 };
      audio.send({ type: 'capture', ...cut });
      if (loopId > tracks) audio.send({ type: 'release', loopId: loopId - tracks });
    }
  };
};

/** The bytes that a block leaves behind, by rounds. */
const bytesOf = (on: On, grid: Grid, play: (blocks: number) => void): readonly number[] => {
  const capture = capturing(on, grid);
  const round = (): number => {
    capture();
    const before = process.memoryUsage().heapUsed;
    play(blocksOfRound);
    const after = process.memoryUsage().heapUsed;
    on.audio.deliverFacts();
    return (after - before) / blocksOfRound;
  };
  for (let warm = 0; warm < warmRounds; warm += 1) round();
  globalThis.gc?.();
  return Array.from({ length: rounds }, round);
};

export const allocation: Measurement = {
  title: 'what a block allocates',
  how: `${tracks} loops are captured in place of others, copied and played, with click, levels and mix, in blocks of ${blockFrames} frames driven by hand; the heap in use before and after ${blocksOfRound} blocks, in a process whose heap is not collected meanwhile. What the compiler still does is in it: an object a block would be 12 bytes and more`,
  measure: async () => {
    const early = deckOn(grid);
    const late = deckOn(lateGrid);
    const withDeck = deckOn(lateGrid);
    return [
      {
        ...{ name: 'sound', unit: 'bytes', values: bytesOf(early, grid, early.computeBlocks) },
        means: 'what a block of the engine, its levels and its mix leaves behind',
      },
      {
        ...{ name: 'sound, late', unit: 'bytes', values: bytesOf(late, lateGrid, late.computeBlocks) },
        means: 'the same after half a day, when frames are no small integers to V8 any more',
      },
      {
        ...{ name: 'with the deck', unit: 'bytes', values: bytesOf(withDeck, lateGrid, withDeck.playBlocks) },
        means: 'that with the clock and the counts around it: some numbers, dead by the next block',
      },
    ];
  },
};

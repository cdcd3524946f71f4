import { medianOf } from '../../core/median.ts';
import { memoryFrames, seamFrames } from '../../core/sound/span.ts';
import { beatAt, frameOfBeat } from '../../core/time/grid.ts';
import type { Measurement } from '../measurement.ts';
import { blocksOfPass, deckOf, grid, longestOf, noise, optionsFor, rate } from '../rigs/loops.ts';

const blockFrames = 256;
/** Two minutes, and a part of a beat. */
const loopBeats = Math.ceil((120 * grid.bpm) / 60);
/** See `engine/loops.ts`: what a block may copy, a frame of stereo each. */
const copiesPerFrame = 64;

/** Copying what one block may copy, with a plain loop. In milliseconds. */
const plainCopy = () => {
  const from = noise(new Float32Array(copiesPerFrame * blockFrames * 2));
  const to = new Float32Array(from.length);
  const copy = (): number => {
    const began = performance.now();
    for (let index = 0; index < from.length; index += 1) to[index] = from[index] ?? 0;
    return performance.now() - began;
  };
  for (let warm = 0; warm < 100; warm += 1) copy();
  return (): number => medianOf(Array.from({ length: 50 }, copy));
};

/** A deck whose tape holds two minutes and more. */
const tapedDeck = () => {
  const loop = memoryFrames(frameOfBeat(grid, loopBeats) + seamFrames(rate));
  const on = deckOf(optionsFor({ tapeFrames: loop + 10 * rate, loopFrames: loop }), blockFrames);
  on.timed(blocksOfPass(blockFrames) * (loopBeats + 8));
  return on;
};

/** Captures the last two minutes, and times each block until all of it stands in its own memory. It begins on a beat, as all do. */
const committed = ({ audio, engine, timed }: ReturnType<typeof tapedDeck>, loopId: number): Float64Array => {
  let isWhole = false;
  audio.onFact(({ type }) => {
    if (type === 'captureCommitted') isWhole = true;
  });
  const endBeat = beatAt(grid, engine.frame);
  const startBeat = endBeat - loopBeats;
  audio.send({ type: 'capture', track: 1, loopId, grid, startBeat, endBeat, latencyFrames: 0 });
  const times: number[] = [];
  while (!isWhole) times.push(...timed(1));
  audio.send({ type: 'clear', track: 1 });
  audio.send({ type: 'release', loopId });
  return Float64Array.from(times);
};

export const commit: Measurement = {
  title: 'commit of a loop of two minutes',
  how: `the last 120 s of the tape become a loop while it plays, in blocks of ${blockFrames} frames, on a deck driven by hand as in "blocks"; between commits two beats without one. "worst" takes each block by the quickest of all commits, so that what else the machine did is not in it; "longest" has that, too`,
  measure: async ({ quick }) => {
    const on = tapedDeck();
    const plain = plainCopy();
    const beat = blocksOfPass(blockFrames);
    committed(on, 1);
    const found = Array.from({ length: quick ? 10 : 14 }, (_, index) => {
      // Up to a beat, so that all commits have the same work in the same blocks.
      on.timed(beat - ((on.engine.frame / blockFrames) % beat));
      const without = on.timed(2 * beat);
      return { without, plain: plain(), times: committed(on, index + 2) };
    });
    const worst = longestOf(found.map(({ times }) => times));
    const usOf = (values: readonly number[]): readonly number[] => values.map((ms) => ms * 1000);
    return [
      {
        ...{ name: 'longest', unit: 'us', values: usOf(found.map(({ times }) => Math.max(...times))) },
        means: 'the longest block of each commit',
      },
      {
        ...{ name: 'longest without', unit: 'us', values: usOf(found.map(({ without }) => Math.max(...without))) },
        means: `the longest of ${2 * beat} blocks without a commit`,
      },
      { name: 'worst', means: 'the longest block of a commit', unit: 'us', values: usOf([worst]) },
      {
        ...{ name: 'worst without', unit: 'us', values: usOf([longestOf(found.map(({ without }) => without))]) },
        means: `the longest of ${2 * beat} blocks without a commit`,
      },
      {
        ...{ name: 'worst/plain', unit: 'x', values: [worst / medianOf(found.map((one) => one.plain))] },
        means: `the worst block against a plain loop that copies ${copiesPerFrame} frames for each of a block`,
      },
      {
        ...{ name: 'until whole', unit: 'ms' },
        values: found.map(({ times }) => (times.length * blockFrames * 1000) / rate),
        means: 'sound that passes until the loop stands in its own memory',
      },
    ];
  },
};

import { LocalEngine } from '../../adapters/engine/local-engine.ts';
import { whiteNoise } from '../../core/sound/noise.ts';
import { seamFrames } from '../../core/sound/span.ts';
import { framesBetween, type Grid } from '../../core/time/grid.ts';
import type { Frame } from '../../core/time/units.ts';
import { BlockTimes } from '../../engine/block-times.ts';
import { Deck } from '../../engine/deck.ts';
import { Engine } from '../../engine/engine.ts';
import { SharedFigures } from '../../engine/figures.ts';
import { SharedClock } from '../../engine/frame-clock.ts';
import { LevelMeter, SharedLevels } from '../../engine/levels.ts';
import { MixTap, SharedMix } from '../../engine/mix-tap.ts';
import type { EngineOptions } from '../../engine/protocol.ts';

export const rate = 48_000;

/** How many frames a block may have: those of a beat are a multiple of each, so that all passes fall into blocks alike. */
export const blockSizes = [64, 128, 256, 512] as const;

const beatFrames = 12_288;

/** Beats of a quarter of a second: loops of one are short, so that many are no more than memory bears. */
export const grid: Grid = { rate, bpm: (60 * rate) / beatFrames, beatsPerBar: 4, origin: 0 };

/** The same after half a day: frames that are no small integers are more work for V8, and a live looper's soon are not. */
export const lateGrid: Grid = { ...grid, origin: 2 ** 31 };

/** The frames of a loop of one beat, lead-in and all. */
export const beatLoopFrames = seamFrames(rate) + framesBetween(grid, 0, 1);

const stereo = { channels: 2, pair: [0, 1] } as const;

/** Plain stereo with a click. */
export const optionsFor = (changed: Partial<EngineOptions> = {}): EngineOptions => ({
  grid,
  tapeFrames: rate,
  loopFrames: 0,
  tracks: 8,
  click: { volume: 0.5, muted: false },
  inputs: stereo,
  outputs: { channels: 2, loops: [0, 1], click: [0, 1], monitor: undefined },
  ...changed,
});

/** Noise, the same on each run: what is all zeros is mixed no slower, but compresses. */
export const noise = (samples: Float32Array, loud = 0.05): Float32Array => {
  const random = whiteNoise(1);
  for (let index = 0; index < samples.length; index += 1) samples[index] = random() * loud;
  return samples;
};

/**
 * The audio worker's engine on its deck, with all that a block costs there, driven by hand from the grid's origin on, as fast as it goes.
 * `samples` is the memory of all loops; without it the deck has its own.
 */
export const deckOf = (options: EngineOptions, blockFrames: number, samples?: Float32Array) => {
  const shared = (bytes: number): SharedArrayBuffer => new SharedArrayBuffer(bytes);
  const engine = new Engine(options, samples);
  engine.startAt(options.grid);
  const audio = new LocalEngine(engine, rate);
  const levels = new LevelMeter(new SharedLevels(shared(SharedLevels.bytes)), options);
  const mix = new MixTap(new SharedMix(shared(SharedMix.bytes(rate))), options.outputs);
  const deck = new Deck({
    ...{ engine, levels, mix, blockFrames, times: new BlockTimes(rate) },
    clock: new SharedClock(shared(SharedClock.bytes)),
    figures: new SharedFigures(shared(SharedFigures.bytes)),
  });
  const input = noise(new Float32Array(blockFrames * options.inputs.channels));
  const output = new Float32Array(blockFrames * options.outputs.channels);
  const blockMs = (blockFrames * 1000) / rate;
  let time = 0;
  deck.begin();
  /** A block, as the device gives it. */
  const play = (): void => {
    time += blockMs;
    deck.take(input, output, blockFrames, time, 'none');
  };
  /** Some blocks. Their facts stay in the engine until `audio` is asked for them. */
  const playBlocks = (blocks: number): void => {
    for (let block = 0; block < blocks; block += 1) play();
  };
  /** The same without the deck: what is computed, and nothing that looks after it. */
  const computeBlocks = (blocks: number): void => {
    for (let block = 0; block < blocks; block += 1) {
      engine.process(input, output, blockFrames);
      levels.take(input, output, blockFrames);
      mix.take(output, blockFrames, engine.playhead);
    }
  };
  /** How long each of some blocks takes, in milliseconds. */
  const timed = (blocks: number): Float64Array => {
    const times = new Float64Array(blocks);
    for (let block = 0; block < blocks; block += 1) {
      const began = performance.now();
      play();
      times[block] = performance.now() - began;
      audio.deliverFacts();
    }
    return times;
  };
  return { engine, audio, input, output, playBlocks, computeBlocks, timed };
};

/** A deck on which some loops of one beat play, each in memory of its own. */
export const playingDeck = (loops: number, blockFrames: number, samples: Float32Array) => {
  const on = deckOf(optionsFor({ tracks: Math.max(1, loops), grid: lateGrid }), blockFrames, samples);
  for (let track = 1; track <= loops; track += 1) {
    const loop = { track, loopId: track };
    on.audio.send({ type: 'hold', ...loop, beats: 1, frames: beatLoopFrames, leadFrames: seamFrames(rate) });
    on.audio.send({ type: 'start', ...loop, grid: lateGrid, atBeat: 0, fromFrame: lateGrid.origin });
  }
  return on;
};

/** The blocks of a pass of a loop of one beat. */
export const blocksOfPass = (blockFrames: Frame): number => beatFrames / blockFrames;

/**
 * Some blocks whose work is the same each time that they are played, each by the quickest of all times: a moment in which the machine did something
 * else is not the engine's.
 */
export const undisturbed = (times: readonly Float64Array[]): Float64Array =>
  (times[0] ?? new Float64Array(0)).map((_, block) =>
    Math.min(...times.map((one) => one[block] ?? Number.POSITIVE_INFINITY)),
  );

/** The longest of them. */
export const longestOf = (times: readonly Float64Array[]): number => Math.max(...undisturbed(times));

import type { SoundCommand } from '../core/sound/command.ts';
import { loopFrames, pieceFrames, seamFrames } from '../core/sound/span.ts';
import type { Grid } from '../core/time/grid.ts';
import { Engine } from './engine.ts';
import { LevelMeter, SharedLevels } from './levels.ts';
import { MixOutlet } from './mix-outlet.ts';
import { MixTap, SharedMix } from './mix-tap.ts';
import type { Playhead } from './playhead.ts';
import type { EngineOptions } from './protocol.ts';

const blocks = 600;
const blockFrames = 64;
const tapeFrames = 48_000;
/** After 12 hours at 48 kHz frames are no small integers to V8 any more: code that has not seen such ones comes late then. */
const largestSmallInteger = 2 ** 31 - 1;

/**
 * Has the compiler see all of the sound's code before the device runs: in a cold engine the first blocks come late.
 * Plays short loops on an engine of its own, one in place of the other, and throws them away.
 */
export const warmUp = (options: EngineOptions): void => {
  const origin = largestSmallInteger - (blocks / 2) * blockFrames;
  const grid = { ...options.grid, bpm: 400, beatsPerBar: 1, origin };
  const frames = loopFrames({ grid, startBeat: -1, endBeat: 0 });
  const pieces = Math.ceil(frames / pieceFrames);
  const engine = new Engine({
    ...options,
    grid,
    tapeFrames,
    loopFrames: 2 * pieces * pieceFrames,
    click: { volume: 0.5, muted: false },
  });
  engine.startAt(grid);
  const input = new Float32Array(blockFrames * options.inputs.channels).fill(0.5);
  const output = new Float32Array(blockFrames * options.outputs.channels);
  const outlook = outlookFor(options);
  const [first, second] = [0, pieces].map((from) => Int32Array.from({ length: pieces }, (_, index) => from + index));
  for (let block = 0; block < blocks; block += 1) {
    if (block === 2) engine.apply(captureOf(grid), first);
    if (block === 4) engine.apply(holdOf(grid, frames), second);
    if (block > 4 && block % 8 === 0) engine.apply(swapOf(grid, block, engine.frame));
    if (block === blocks / 2) engine.apply({ type: 'setGrid', grid, at: { frame: engine.frame + 10, id: 1 } });
    if (block === blocks - 50) {
      engine.apply({ type: 'clear', track: 1, atFrame: engine.frame + 10 });
      for (const loopId of [1, 2]) engine.apply({ type: 'release', loopId });
    }
    engine.process(input, output, blockFrames);
    outlook(input, output, engine.playhead);
  }
};

/** Levels and a mix that is listened to: who opens it in the midst of a show gets warm code, too. */
const outlookFor = (options: EngineOptions) => {
  const levels = new LevelMeter(new SharedLevels(new SharedArrayBuffer(SharedLevels.bytes)), options);
  const shared = new SharedMix(new SharedArrayBuffer(SharedMix.bytes(options.grid.rate)));
  const mix = new MixTap(shared, options.outputs);
  new MixOutlet(shared).open();
  return (input: Float32Array, output: Float32Array, playhead: Playhead): void => {
    levels.take(input, output, blockFrames);
    mix.take(output, blockFrames, playhead);
  };
};

const captureOf = (grid: Grid): SoundCommand => ({
  type: 'capture',
  track: 1,
  loopId: 1,
  grid,
  startBeat: -1,
  endBeat: 0,
  latencyFrames: 0,
});

const holdOf = (grid: Grid, frames: number): SoundCommand => ({
  type: 'hold',
  track: 1,
  loopId: 2,
  beats: 1,
  frames,
  leadFrames: seamFrames(grid.rate),
});

/** One loop in place of the other, from the midst of a pass and of a block. */
const swapOf = (grid: Grid, block: number, frame: number): SoundCommand => ({
  type: 'start',
  track: 1,
  loopId: 1 + ((block / 8) % 2),
  grid,
  atBeat: 0,
  fromFrame: frame + 10,
});

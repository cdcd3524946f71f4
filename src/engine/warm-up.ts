import type { Capture } from '../core/sound/command.ts';
import { Engine } from './engine.ts';
import type { EngineOptions } from './protocol.ts';

const blocks = 600;
const blockFrames = 64;
const tapeFrames = 48_000;
/** After 12 hours at 48 kHz frames are no small integers to V8 any more: code that has not seen such ones comes late then. */
const largestSmallInteger = 2 ** 31 - 1;

/**
 * Has the compiler see all of the sound's code before the device runs: in a cold engine the first blocks come late.
 * Plays a short loop on an engine of its own and throws it away.
 */
export const warmUp = (options: EngineOptions): void => {
  const origin = largestSmallInteger - (blocks / 2) * blockFrames;
  const grid = { ...options.grid, bpm: 400, beatsPerBar: 1, origin };
  const engine = new Engine({
    ...options,
    grid,
    tapeFrames,
    loopFrames: tapeFrames,
    click: { volume: 0.5, muted: false },
  });
  engine.frame = origin;
  engine.tape.written = origin;
  engine.apply({ type: 'setGrid', grid });
  const input = new Float32Array(blockFrames * options.inputs.channels).fill(0.5);
  const output = new Float32Array(blockFrames * options.outputs.channels);
  for (let block = 0; block < blocks; block += 1) {
    if (block === 2) engine.apply(captureOf(grid));
    engine.process(input, output, blockFrames);
  }
};

const captureOf = (grid: Capture['grid']): Capture => ({
  type: 'capture',
  track: 1,
  loopId: 1,
  grid,
  startBeat: -1,
  endBeat: 0,
  latencyFrames: 0,
});

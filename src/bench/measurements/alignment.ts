import { memoryFrames, seamFrames } from '../../core/sound/span.ts';
import { beatAt, frameOfBeat, type Grid } from '../../core/time/grid.ts';
import type { Frame } from '../../core/time/units.ts';
import type { Measurement } from '../measurement.ts';
import { deckOf, optionsFor } from '../rigs/loops.ts';

const passes = 10_000;
const blockFrames = 512;
const loud = 0.5;
/** Into the beat: clear of the seam and of the ramp at the start. */
const offset = 400;

/** A tempo whose beats are no whole number of frames. */
const gridAt = (rate: number): Grid => ({ rate, bpm: 399.7, beatsPerBar: 1, origin: 0 });

/** How far each pass of a loop with one loud sample is from the frame of its beat. */
const errorsOf = (grid: Grid): Float64Array => {
  const beatFrames = frameOfBeat(grid, 1);
  const loopFrames = memoryFrames(beatFrames + 1 + seamFrames(grid.rate));
  const click = { volume: 0, muted: true };
  const options = optionsFor({ grid, tapeFrames: beatFrames * 4, loopFrames, tracks: 1, click });
  const { engine, audio, input, output, playBlocks } = deckOf(options, blockFrames);
  const impulse = beatFrames + offset;
  const block = (): Frame => {
    const from = engine.frame;
    input.fill(0);
    if (impulse >= from && impulse < from + blockFrames) input[(impulse - from) * 2] = loud;
    playBlocks(1);
    audio.deliverFacts();
    return from;
  };
  while (engine.frame <= frameOfBeat(grid, 2)) block();
  audio.send({ type: 'capture', track: 1, loopId: 1, grid, startBeat: 1, endBeat: 2, latencyFrames: 0 });
  const errors = new Float64Array(passes);
  for (let pass = 0; pass < passes; ) {
    const from = block();
    for (let frame = 0; frame < blockFrames && pass < passes; frame += 1) {
      if (output[frame * 2] !== loud) continue;
      const sounded = from + frame - offset;
      errors[pass] = Math.abs(sounded - frameOfBeat(grid, beatAt(grid, sounded + beatFrames / 2)));
      pass += 1;
    }
  }
  return errors;
};

export const alignment: Measurement = {
  title: 'how exact a loop is',
  how: 'one loud sample in a loop of one beat at 399.7 BPM, whose beats are no whole number of frames; where it comes out of the engine against the frame of its beat. Offline: the converters of an interface are not in it, hindsight calibrate measures those',
  measure: async ({ quick }) => {
    const rate = quick ? 8000 : 48_000;
    return [
      {
        ...{ name: 'error', unit: 'frames', values: errorsOf(gridAt(rate)) },
        means: `distance of a pass from its beat, over ${passes} passes at ${rate} Hz`,
      },
    ];
  },
};

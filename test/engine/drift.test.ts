import { beatAt, frameOfBeat } from '../../src/core/time/grid.ts';
import { Engine } from '../../src/engine/engine.ts';
import { piecesFor } from './looper.ts';

const block = 512;

/** An engine on which one beat, with a single loud sample at its `offset`, loops for ever. */
const loopingImpulse = (bpm: number, rate: number, offset: number) => {
  const grid = { rate, bpm, beatsPerBar: 1, origin: 0 };
  const engine = new Engine({
    grid,
    tapeFrames: frameOfBeat(grid, 4),
    loopFrames: 8192,
    tracks: 1,
    click: { volume: 0, muted: true },
    inputs: { channels: 2, pair: [0, 1] },
    outputs: { channels: 2, loops: [0, 1], click: [0, 1], monitor: undefined },
  });
  const input = new Float32Array(block * 2);
  const output = new Float32Array(block * 2);
  const impulse = frameOfBeat(grid, 1) + offset;
  while (engine.frame <= frameOfBeat(grid, 2)) {
    const at = impulse - engine.frame;
    input.fill(0);
    if (at >= 0 && at < block) input[at * 2] = 0.5;
    engine.process(input, output, block);
  }
  input.fill(0);
  const capture = { type: 'capture', track: 1, loopId: 1, grid, startBeat: 1, endBeat: 2, latencyFrames: 0 } as const;
  engine.apply(capture, piecesFor(8192));
  return { engine, grid, input, output };
};

test.each([
  [399.7, 8000],
  [133.33, 3000],
  [20.01, 500],
])('after 10,000 passes at %p BPM every pass has been on its beat to the frame', (bpm, rate) => {
  const offset = 40;
  const { engine, grid, input, output } = loopingImpulse(bpm, rate, offset);
  let pass = Number.NaN;
  while (engine.frame < frameOfBeat(grid, 10_000)) {
    const from = engine.frame;
    engine.process(input, output, block);
    for (let frame = 0; frame < block; frame += 1) {
      if (output[frame * 2] !== 0.5) continue;
      const sounded = from + frame - offset;
      if (Number.isNaN(pass)) pass = beatAt(grid, sounded);
      expect(sounded).toBe(frameOfBeat(grid, pass));
      pass += 1;
    }
  }
  expect(pass).toBeGreaterThanOrEqual(10_000);
});

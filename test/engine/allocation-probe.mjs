// Prints the bytes that 10,000 blocks of a busy engine allocate. Run by the allocation test, in a heap too large to be collected meanwhile.
import { barBeatOf, beatAt } from '../../dist/core/time/grid.js';
import { Engine } from '../../dist/engine/engine.js';

const grid = { rate: 48000, bpm: 133.7, beatsPerBar: 4, origin: 0 };
const channels = { channels: 4, pair: [0, 1] };
const engine = new Engine({
  grid,
  tapeFrames: 48000 * 60,
  loopFrames: 48000 * 120,
  tracks: 8,
  click: { volume: 0.5, muted: false },
  inputs: channels,
  outputs: { channels: 4, loops: [0, 1], click: [2, 3], monitor: [2, 3] },
});
const frames = 256;
const input = new Float32Array(frames * 4).fill(0.4);
const output = new Float32Array(frames * 4);
const play = (blocks) => {
  for (let block = 0; block < blocks; block += 1) engine.process(input, output, frames);
};
let loopId = 0;
/** Captures two bars that have just been played into a track. */
const capture = (track) => {
  loopId += 1;
  const endBeat = barBeatOf(grid, beatAt(grid, engine.frame));
  const wanted = { type: 'capture', track, loopId, grid, startBeat: endBeat - 8, endBeat, latencyFrames: 700 };
  engine.apply(wanted);
  return loopId;
};
const bytes = () => process.memoryUsage().heapUsed;

/** The bytes that the blocks of a round allocate: loops are captured, copied, played, stopped and started in it. */
const round = () => {
  for (const track of [1, 2, 3, 4, 5, 6, 7]) capture(track);
  const last = capture(8);
  const beat = beatAt(grid, engine.frame);
  engine.apply({ type: 'stop', track: 8, loopId: last, atBeat: beat + 20 });
  const before = bytes();
  play(5000);
  const between = bytes();
  engine.apply({ type: 'start', track: 8, loopId: last, atBeat: barBeatOf(grid, beat + 80) });
  engine.drainFacts();
  const after = bytes();
  play(5000);
  return between - before + (bytes() - after);
};

play(1000);
// The compiler has seen all of it after some rounds.
for (let warm = 0; warm < 5; warm += 1) round();
globalThis.gc();
process.stdout.write(String(Math.min(round(), round(), round())));

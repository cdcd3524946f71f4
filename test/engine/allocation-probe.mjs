// ORIGIN: prints the bytes that 10,000 blocks of a busy engine allocate from a frame on, with its levels and a mix that is listened to. Run by the allocation test, in a heap too large to be collected meanwhile.
import { LocalEngine } from '../../dist/adapters/engine/local-engine.js';
import { barBeatOf, beatAt } from '../../dist/core/time/grid.js';
import { Engine } from '../../dist/engine/engine.js';
import { LevelMeter, SharedLevels } from '../../dist/engine/levels.js';
import { MixOutlet } from '../../dist/engine/mix-outlet.js';
import { MixTap, SharedMix } from '../../dist/engine/mix-tap.js';

const origin = Number(process.argv[2]);
const grid = { rate: 48000, bpm: 133.7, beatsPerBar: 4, origin };
const channels = { channels: 4, pair: [0, 1] };
const options = {
  grid,
  tapeFrames: 48000 * 60,
  loopFrames: 48000 * 120,
  tracks: 8,
  click: { volume: 0.5, muted: false },
  inputs: channels,
  outputs: { channels: 4, loops: [0, 1], click: [2, 3], monitor: [2, 3] },
};
const engine = new Engine(options);
engine.startAt(grid);
const levels = new LevelMeter(new SharedLevels(new SharedArrayBuffer(SharedLevels.bytes)), options);
const mix = new SharedMix(new SharedArrayBuffer(SharedMix.bytes(grid.rate)));
const tap = new MixTap(mix, options.outputs);
new MixOutlet(mix).open();
const audio = new LocalEngine(engine, grid.rate);
const frames = 256;
const input = new Float32Array(frames * 4).fill(0.4);
const output = new Float32Array(frames * 4);
const play = (blocks) => {
  for (let block = 0; block < blocks; block += 1) {
    engine.process(input, output, frames);
    levels.take(input, output, frames);
    tap.take(output, frames, engine.playhead);
  }
};
let loopId = 0;
/** The loops of the round before, by track. */
const loops = new Map();
/** Captures two bars that have just been played into a track, in place of what it plays. */
const capture = (track) => {
  const last = loops.get(track);
  loopId += 1;
  const endBeat = barBeatOf(grid, beatAt(grid, engine.frame));
  const wanted = { type: 'capture', track, loopId, grid, startBeat: endBeat - 8, endBeat, latencyFrames: 700 };
  audio.send(wanted);
  loops.set(track, loopId);
  if (last !== undefined) audio.send({ type: 'release', loopId: last });
  return loopId;
};
const bytes = () => process.memoryUsage().heapUsed;

/**
 * The bytes that the blocks of a round allocate: loops are captured in place of others, copied, played, swapped, stopped, started
 * and cleared in it, and the grid changes.
 */
const round = () => {
  for (const track of [1, 2, 3, 4, 5, 6, 7]) capture(track);
  const last = capture(8);
  const beat = beatAt(grid, engine.frame);
  audio.send({ type: 'stop', track: 8, loopId: last, atBeat: beat + 20 });
  audio.send({ type: 'start', track: 1, loopId: loops.get(2), grid, atBeat: beat + 30 });
  audio.send({ type: 'setGrid', grid, at: { frame: engine.frame + 100_000, id: loopId } });
  const before = bytes();
  play(5000);
  const between = bytes();
  audio.send({ type: 'start', track: 8, loopId: last, grid, atBeat: barBeatOf(grid, beat + 80) });
  audio.send({ type: 'clear', track: 2, atFrame: engine.frame + 200_000 });
  audio.deliverFacts();
  const after = bytes();
  play(5000);
  const end = bytes();
  audio.deliverFacts();
  return between - before + (end - after);
};

play(1000);
// The compiler has seen all of it after some rounds.
for (let warm = 0; warm < 5; warm += 1) round();
globalThis.gc();
process.stdout.write(String(Math.min(round(), round(), round())));

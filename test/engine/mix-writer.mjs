// Writes ten million frames of a mix as fast as it can, each with its own number in it. Run by the mix tap's test, in a thread of its own.
import { workerData } from 'node:worker_threads';
import { MixTap, SharedMix } from '../../dist/engine/mix-tap.js';

const tap = new MixTap(new SharedMix(workerData), { channels: 2, loops: [0, 1], click: [0, 1], monitor: undefined });
const output = new Float32Array(2 * 256);
const playhead = { frame: 0 };
while (playhead.frame < 10_000_000) {
  for (let at = 0; at < 512; at += 1) output[at] = ((playhead.frame + (at >> 1)) % 2 ** 20) / 2 ** 20;
  playhead.frame += 256;
  tap.take(output, 256, playhead);
}

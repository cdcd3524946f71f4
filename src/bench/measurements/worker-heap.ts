import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { memoryFrames, seamFrames } from '../../core/sound/span.ts';
import { arenaSamples } from '../../engine/arena.ts';
import { SharedFigures } from '../../engine/figures.ts';
import { SharedClock } from '../../engine/frame-clock.ts';
import { SharedLevels } from '../../engine/levels.ts';
import { SharedMix } from '../../engine/mix-tap.ts';
import type { FromWorker, ToWorker, WorkerStart } from '../../engine/protocol.ts';
import type { Measurement } from '../measurement.ts';
import { grid, noise, optionsFor, rate } from '../rigs/loops.ts';

const tracks = 8;
const settleMs = 1500;
const windows = 5;
const msPerMinute = 60_000;

/** The audio worker with a simulated device, on which some loops play, and what it says of its heap. */
const heapedWorker = async () => {
  const pieces = memoryFrames(rate + seamFrames(rate)) / memoryFrames(1);
  const figures = new SharedFigures(new SharedArrayBuffer(SharedFigures.bytes));
  const start: WorkerStart = {
    engine: optionsFor({ tracks }),
    loops: arenaSamples(tracks * memoryFrames(rate + seamFrames(rate))),
    blocks: { rate, blockFrames: 256, queueBlocks: 2 },
    clock: new SharedArrayBuffer(SharedClock.bytes),
    figures: figures.buffer,
    levels: new SharedArrayBuffer(SharedLevels.bytes),
    mix: new SharedArrayBuffer(SharedMix.bytes(rate)),
  };
  const worker = new Worker(new URL('../rigs/heap-teller.js', import.meta.url), {
    ...{ workerData: start, execArgv: [] },
    // As adapters/engine/worker-engine.ts has it.
    resourceLimits: { maxYoungGenerationSizeMb: 64 },
  });
  const said = async <Type extends string>(type: Type): Promise<{ type: Type; bytes?: number }> => {
    for (;;) {
      const [message] = (await once(worker, 'message')) as [FromWorker | { type: 'heap'; bytes: number }];
      if (message.type === type) return message as { type: Type; bytes?: number };
    }
  };
  const post = (message: ToWorker | { readonly type: 'heap' }): void => worker.postMessage(message);
  await said('ready');
  const player = new SharedArrayBuffer(rate * 8);
  noise(new Float32Array(player));
  post({ type: 'open', device: { kind: 'simulated', player, cableFrames: undefined } });
  await said('flowing');
  for (let track = 1; track <= tracks; track += 1) {
    const cut = { track, loopId: track, grid, startBeat: -4, endBeat: 0, latencyFrames: 0 };
    const first = (track - 1) * pieces;
    const own = Int32Array.from({ length: pieces }, (_, piece) => first + piece);
    post({ type: 'command', command: { type: 'capture', ...cut }, pieces: own });
  }
  const heap = async (): Promise<number> => {
    post({ type: 'heap' });
    return (await said('heap')).bytes ?? Number.NaN;
  };
  return { worker, heap, figures: () => figures.read() };
};

export const workerHeap: Measurement = {
  title: 'garbage in the audio worker',
  how: `the real audio worker with ${tracks} loops on the simulated device, whose timer leaves objects behind that a real interface's blocks do not, as beats do that are told; ${windows} windows one after the other, taken to a minute`,
  measure: async ({ quick }) => {
    const { worker, heap, figures } = await heapedWorker();
    await setTimeout(settleMs);
    const windowMs = quick ? 700 : 1600;
    const began = figures();
    const allocatedKb: number[] = [];
    for (let window = 0; window < windows; window += 1) {
      const before = { bytes: await heap(), collections: figures().collections };
      await setTimeout(windowMs);
      const bytes = await heap();
      // A window in which something was collected tells less than was allocated. Where all are such, the collections tell enough.
      if (figures().collections > before.collections) continue;
      allocatedKb.push(((bytes - before.bytes) / 1024) * (msPerMinute / windowMs));
    }
    const perMinute = msPerMinute / (windows * windowMs);
    const ended = figures();
    await worker.terminate();
    return [
      {
        ...{ name: 'collections', unit: 'a minute', values: [(ended.collections - began.collections) * perMinute] },
        means: 'garbage collections',
      },
      {
        ...{ name: 'collecting', unit: 'ms', values: [(ended.collectionMs - began.collectionMs) * perMinute] },
        means: 'how long all collections of a minute take',
      },
      ...(allocatedKb.length > 0
        ? [{ name: 'allocated', means: 'what is left behind in a minute', unit: 'kB', values: allocatedKb } as const]
        : []),
    ];
  },
};

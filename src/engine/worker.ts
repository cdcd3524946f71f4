import { PerformanceObserver } from 'node:perf_hooks';
import { parentPort, workerData } from 'node:worker_threads';
import { BlockTimes } from './block-times.ts';
import { Deck } from './deck.ts';
import type { AudioDevice } from './devices/device.ts';
import { NaudiodonDevice } from './devices/naudiodon.ts';
import { SimulatedDevice } from './devices/simulated.ts';
import { Engine } from './engine.ts';
import { SharedFigures } from './figures.ts';
import { SharedClock } from './frame-clock.ts';
import { LevelMeter, SharedLevels } from './levels.ts';
import { MixTap, SharedMix } from './mix-tap.ts';
import { monotonicNow } from './monotonic.ts';
import type { DeviceRequest, FromWorker, ToWorker, WorkerStart } from './protocol.ts';
import { Seat } from './seat.ts';
import { warmUp } from './warm-up.ts';

/** The audio worker: an engine on a device, or on time alone. A thin shell; all that sounds is in the engine. */
const port = parentPort;
if (port === null) throw new Error('the audio worker runs in a worker thread only');

const start = workerData as WorkerStart;
const { engine: options, blocks } = start;
const say = (message: FromWorker): void => port.postMessage(message);

const deviceFor = (request: DeviceRequest): AudioDevice => {
  if (request.kind === 'simulated') return new SimulatedDevice({ ...request, ...blocks });
  const channels = { inputChannels: options.inputs.channels, outputChannels: options.outputs.channels };
  return new NaudiodonDevice({ ...request, ...blocks, ...channels });
};

const engine = new Engine(options, start.loops);
const figures = new SharedFigures(start.figures);
const times = new BlockTimes(blocks.rate);
const clock = new SharedClock(start.clock);
const levels = new LevelMeter(new SharedLevels(start.levels), options);
const mix = new MixTap(new SharedMix(start.mix), options.outputs);
warmUp(options);
const deck = new Deck({ engine, times, clock, figures, levels, mix, blockFrames: blocks.blockFrames });

const tellFacts = (): void => {
  if (engine.hasFacts) say({ type: 'facts', facts: engine.drainFacts() });
};

/** The worker ends of what nobody catches, and the looper with it, which systemd starts anew. */
const fail = (error: Error): void => {
  setImmediate(() => {
    throw error;
  });
};

const seat = new Seat({ deck, times, deviceFor, say, tellFacts, now: monotonicNow, fail });

const collections = new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) {
    figures.add('collections', 1);
    figures.add('collectionMs', duration);
  }
});
collections.observe({ entryTypes: ['gc'] });

const stop = async (): Promise<void> => {
  try {
    await seat.close();
  } finally {
    collections.disconnect();
    say({ type: 'stopped' });
    port.close();
  }
};

port.on('message', (message: ToWorker) => {
  switch (message.type) {
    case 'command':
      engine.apply(message.command, message.pieces);
      tellFacts();
      break;
    case 'open':
      void seat.open(message.device);
      break;
    case 'wait':
      seat.wait();
      say({ type: 'waiting' });
      break;
    case 'stop':
      void stop();
      break;
  }
});

say({ type: 'ready', tape: engine.tape.samples.buffer as SharedArrayBuffer });

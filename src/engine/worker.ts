import { parentPort, workerData } from 'node:worker_threads';
import { messageOf } from '../core/errors.ts';
import type { AudioDevice } from './devices/device.ts';
import { NaudiodonDevice } from './devices/naudiodon.ts';
import { SimulatedDevice } from './devices/simulated.ts';
import { Engine } from './engine.ts';
import { BlockTimes, SharedClock } from './frame-clock.ts';
import { monotonicNow } from './monotonic.ts';
import type { DeviceRequest, EngineOptions, FromWorker, ToWorker, WorkerStart } from './protocol.ts';
import { warmUp } from './warm-up.ts';

/** The audio worker: an engine on a device. A thin shell; all that sounds is in the engine. */
const port = parentPort;
if (port === null) throw new Error('the audio worker runs in a worker thread only');

const start = workerData as WorkerStart;
const say = (message: FromWorker): void => port.postMessage(message);

const deviceFor = (request: DeviceRequest, { inputs, outputs }: EngineOptions): AudioDevice =>
  request.kind === 'simulated'
    ? new SimulatedDevice(request.rate, request.blockFrames, new Float32Array(request.player))
    : new NaudiodonDevice({ ...request, inputChannels: inputs.channels, outputChannels: outputs.channels });

const engine = new Engine(start.engine);
const clock = new SharedClock(start.clock);
const times = new BlockTimes(start.engine.grid.rate);
warmUp(start.engine);
const device = deviceFor(start.device, start.engine);
let flowing = false;

const onBlock = (input: Float32Array, output: Float32Array, frames: number): void => {
  times.update(monotonicNow(), frames);
  const first = engine.frame;
  engine.process(input, output, frames);
  clock.write(first, engine.frame, times.time, times.msPerFrame);
  if (!flowing) say({ type: 'flowing' });
  flowing = true;
  tellFacts();
};

const tellFacts = (): void => {
  if (engine.hasFacts) say({ type: 'facts', facts: engine.drainFacts() });
};

const stop = async (): Promise<void> => {
  try {
    await device.close();
  } finally {
    say({ type: 'stopped' });
    port.close();
  }
};

port.on('message', (message: ToWorker) => {
  if (message.type === 'stop') {
    void stop();
    return;
  }
  engine.apply(message.command);
  tellFacts();
});

device
  .open(onBlock, (reason) => say({ type: 'failed', reason }))
  .catch((error: unknown) => {
    say({ type: 'failed', reason: messageOf(error) });
  });

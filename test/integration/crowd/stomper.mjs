import { parentPort } from 'node:worker_threads';

/** A foot that knows nothing of what the looper is at: it steps at any moment, and the moment is noted where it does, as a driver's thread does. */
const [leastMs, spreadMs] = [6, 8];

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

parentPort.on('message', async (stomps) => {
  for (let stomp = 0; stomp < stomps; stomp += 1) {
    await wait(leastMs + Math.random() * spreadMs);
    parentPort.postMessage(Number(process.hrtime.bigint()) / 1e6);
  }
  parentPort.postMessage('done');
});

import { setTimeout } from 'node:timers/promises';
import { parentPort } from 'node:worker_threads';
import { monotonicNow } from '../../engine/monotonic.ts';

/** A player's foot, on a thread of its own as drivers are: it knows nothing of what the looper is at, and notes the moment at which it steps. */
const [leastMs, spreadMs] = [18, 14];

parentPort?.on('message', async (stomps: number) => {
  for (let stomp = 0; stomp < stomps; stomp += 1) {
    await setTimeout(leastMs + Math.random() * spreadMs);
    parentPort?.postMessage(monotonicNow());
  }
  parentPort?.close();
});

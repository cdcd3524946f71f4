import { getHeapStatistics } from 'node:v8';
import { parentPort } from 'node:worker_threads';
// The real audio worker, in this thread; it leaves alone what is no message of its own.
import '../../engine/worker.ts';

parentPort?.on('message', (message: { readonly type: string }) => {
  if (message.type === 'heap') parentPort?.postMessage({ type: 'heap', bytes: getHeapStatistics().used_heap_size });
});

import type { Measurement } from './measurement.ts';

type Entry = {
  readonly load: () => Promise<Measurement>;
  /** Flags of node that its process needs. */
  readonly flags: readonly string[];
};

const collectable = ['--expose-gc'];
/** A heap that is not collected meanwhile, and in which no helper of V8's allocates at a moment of its own. */
const uncollected = [...collectable, '--max-semi-space-size=256', '--min-semi-space-size=256', '--single-threaded'];

const entry = (load: () => Promise<Measurement>, flags: readonly string[] = []): Entry => ({ load, flags });

/** All measurements, in the order in which they are made. Each is loaded by the process that makes it. */
export const catalogue: ReadonlyMap<string, Entry> = new Map([
  ['blocks', entry(() => import('./measurements/blocks.ts').then(({ blocks }) => blocks))],
  ['capacity', entry(() => import('./measurements/capacity.ts').then(({ capacity }) => capacity))],
  ['commit', entry(() => import('./measurements/commit.ts').then(({ commit }) => commit))],
  ['allocation', entry(() => import('./measurements/allocation.ts').then(({ allocation }) => allocation), uncollected)],
  ['worker', entry(() => import('./measurements/worker-heap.ts').then(({ workerHeap }) => workerHeap))],
  ['alignment', entry(() => import('./measurements/alignment.ts').then(({ alignment }) => alignment))],
  ['seam', entry(() => import('./measurements/seam.ts').then(({ seam }) => seam))],
  ['stomp-idle', entry(() => import('./measurements/stomp.ts').then(({ stompIdle }) => stompIdle))],
  ['stomp-busy', entry(() => import('./measurements/stomp.ts').then(({ stompBusy }) => stompBusy))],
  ['start', entry(() => import('./measurements/start.ts').then(({ start }) => start))],
  ['memory', entry(() => import('./measurements/memory.ts').then(({ memory }) => memory))],
  ['hours', entry(() => import('./measurements/hours.ts').then(({ hours }) => hours), collectable)],
  ['fan-out', entry(() => import('./measurements/fan-out.ts').then(({ fanOut }) => fanOut))],
  ['sets', entry(() => import('./measurements/sets.ts').then(({ sets }) => sets))],
]);

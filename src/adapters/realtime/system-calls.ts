import koffi from 'koffi';

/** The calls of the C library that real time needs. Each says 0, or a code of errno. None waits. */
export type SystemCalls = {
  /** Gives a thread of this process, by the system's id, a fixed priority before all that have none (sched(7), SCHED_FIFO). */
  schedule(thread: number, priority: number): number;
  /** Keeps what is touched of a piece of memory from being swapped out (mlock2(2), MLOCK_ONFAULT). */
  lock(memory: Float32Array): number;
  /** The same for a range of addresses, such as a program's code. */
  lockRange(from: bigint, bytes: number): number;
  /**
   * Has the kernel bring in what is touched of it only, not pieces of 2 MB of its choice (madvise(2), MADV_NOHUGEPAGE), and leave it
   * out of what a new process is given: to copy the tables of 500 MB holds up all threads for 50 ms and more (MADV_DONTFORK).
   */
  ownInSmallPages(memory: Float32Array): number;
};

const fifo = 1;
/** What a thread of such a priority starts is ordinary (sched.h). */
const resetOnFork = 0x40000000;
const lockOnFault = 1;
const noHugePages = 15;
const notForked = 10;
const pageBytes = 4096n;

const load = (): SystemCalls => {
  const libc = koffi.load('libc.so.6');
  const parameters = koffi.struct('HindsightSchedParam', { priority: 'int' });
  const schedule = libc.func('sched_setscheduler', 'int', ['int', 'int', koffi.pointer(parameters)]);
  const lockRange = libc.func('mlock2', 'int', ['uint64_t', 'size_t', 'unsigned int']);
  const advise = libc.func('madvise', 'int', ['uint64_t', 'size_t', 'int']);
  const code = (result: number): number => (result === 0 ? 0 : koffi.errno());
  return {
    schedule: (thread, priority) => code(schedule(thread, fifo | resetOnFork, { priority })),
    lock: (memory) => code(lockRange(koffi.address(memory), memory.byteLength, lockOnFault)),
    lockRange: (from, bytes) => code(lockRange(from, bytes, lockOnFault)),
    ownInSmallPages: (memory) => {
      const from = koffi.address(memory);
      const first = ((from + pageBytes - 1n) / pageBytes) * pageBytes;
      const bytes = Number(BigInt(memory.byteLength) - (first - from));
      return code(advise(first, bytes, noHugePages)) || code(advise(first, bytes, notForked));
    },
  };
};

let loaded: SystemCalls | undefined;

/** Those of the system, loaded once: koffi knows each type by its name. Throws where there is no C library of GNU's. */
export const systemCalls = (): SystemCalls => {
  loaded ??= load();
  return loaded;
};

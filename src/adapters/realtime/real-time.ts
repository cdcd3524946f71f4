import { readFileSync } from 'node:fs';
import { getSystemErrorName } from 'node:util';
import type { SystemCalls } from './system-calls.ts';

/**
 * Below the kernel's interrupt threads, which are at 50 where they are threads: a block that is computed must not keep out the one
 * that comes. The engine's goes before the driver's: one whose interface is gone turns round and round (PortAudio's does, on ALSA), and the
 * engine is who sees that and lets go of it, on a single core, too.
 */
const priorities = [44, 45] as const;

const megabyte = 2 ** 20;

/** A mapping of code that comes from a file: `7f12a000-7f13b000 r-xp 00001000 fe:00 1234 /usr/lib/...` (proc_pid_maps(5)). */
const codeMapping = /^([0-9a-f]+)-([0-9a-f]+) r-xp \S+ \S+ [1-9]\d* +\//gm;

/** Where the code of this process lies: it is read from disk again where memory was short, which a block cannot wait for. */
export const codeRanges = (maps: string): readonly (readonly [from: bigint, bytes: number])[] =>
  [...maps.matchAll(codeMapping)].map(([, from, to]) => {
    const first = BigInt(`0x${from}`);
    return [first, Number(BigInt(`0x${to}`) - first)];
  });

const nameOf = (code: number): string => getSystemErrorName(-code);

/** What sound needs of the system so that it is in time. Each says what could not be had, or nothing. Not for the audio thread. */
export class RealTime {
  readonly #calls: SystemCalls;
  readonly #maps: () => string;

  constructor(calls: SystemCalls, maps: () => string = () => readFileSync('/proc/self/maps', 'utf8')) {
    this.#calls = calls;
    this.#maps = maps;
  }

  /** Puts threads before all others of the machine; they come in this order: the driver's, the engine's. V8's own threads stay ordinary. */
  raise(threads: readonly number[]): string | undefined {
    const codes = threads.map((thread, index) => this.#calls.schedule(thread, priorities[index] ?? priorities[1]));
    const failed = codes.find((code) => code !== 0);
    if (failed === undefined) return undefined;
    return `the sound's threads have no priority (${nameOf(failed)}): a busy machine may make it late; the service has the right to it, others by rtprio in /etc/security/limits.d`;
  }

  /**
   * Keeps what sounds, and the code, out of the swap once it was touched. Not all of the process: V8 ends a program
   * whose heap it cannot give back (madvise(2) fails on locked pages).
   */
  keep(memories: readonly Float32Array[]): string | undefined {
    for (const memory of memories) this.#calls.ownInSmallPages(memory);
    const codes = [
      ...memories.map((memory) => this.#calls.lock(memory)),
      ...codeRanges(this.#maps()).map(([from, bytes]) => this.#calls.lockRange(from, bytes)),
    ];
    const failed = codes.find((code) => code !== 0);
    if (failed === undefined) return undefined;
    const wanted = Math.ceil(memories.reduce((sum, { byteLength }) => sum + byteLength, 0) / megabyte);
    return `memory is not locked (${nameOf(failed)}): what sounds may be swapped out; the service has the right to it, others by memlock (${wanted} MB and more) in /etc/security/limits.d`;
  }
}

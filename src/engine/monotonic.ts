import { performance } from 'node:perf_hooks';
import type { Millis } from '../core/time/units.ts';

/** `performance.now` counts from the thread's own start: what to add for a time that all threads share. */
const offset = Number(process.hrtime.bigint()) / 1e6 - performance.now();

/** Monotonic milliseconds, the same on all threads, without an allocation. Realtime-safe. */
export const monotonicNow = (): Millis => performance.now() + offset;

import type { Millis } from '../core/time/units.ts';

/** Monotonic time, the same on all threads. */
export interface Clock {
  now(): Millis;
}

import { availableParallelism, loadavg } from 'node:os';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Millis } from '../../core/time/units.ts';
import type { Machine, MachineFigures } from '../../ports/machine.ts';

const nanosPerMs = 1e6;
/** How often the loop's delay is looked at: each look is a timer of its own, which this much costs nothing. */
const resolutionMs = 20;
const windowMs: Millis = 5000;

/** This process and the machine that it runs on. `close` lets go of the timer. */
export class ThisMachine implements Machine {
  readonly #delay = monitorEventLoopDelay({ resolution: resolutionMs });
  #windowBegan = performance.now();
  /** Of the window before. */
  #delayBefore: Millis = 0;

  constructor() {
    this.#delay.enable();
  }

  figures(): MachineFigures {
    return {
      uptimeSeconds: process.uptime(),
      rssBytes: process.memoryUsage.rss(),
      loadPerCore: (loadavg()[0] ?? 0) / availableParallelism(),
      eventLoopDelayP99Ms: this.#delayNow(),
    };
  }

  /** That of this window or the one before, so that all who ask get to know of a delay. */
  #delayNow(): Millis {
    // A timer is late by its own period where nothing else is: that is no delay.
    const lateMs = this.#delay.percentile(99) / nanosPerMs - resolutionMs;
    const delay = Number.isFinite(lateMs) ? Math.max(0, lateMs) : 0;
    const most = Math.max(delay, this.#delayBefore);
    if (performance.now() - this.#windowBegan >= windowMs) {
      this.#windowBegan = performance.now();
      this.#delayBefore = delay;
      this.#delay.reset();
    }
    return most;
  }

  close(): void {
    this.#delay.disable();
  }
}

import { availableParallelism, loadavg } from 'node:os';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { MachineFigures, ProcessFigures } from '../../core/health/figures.ts';
import type { Millis } from '../../core/time/units.ts';
import type { Machine } from '../../ports/machine.ts';
import { type HeatSource, heatSource, temperatureAt } from './heat.ts';
import { KeptFiles } from './kept-files.ts';
import { memoryIn } from './memory.ts';
import { type PowerSource, powerSource, throttlingAt } from './power.ts';
import { StateDisk } from './state-disk.ts';

const nanosPerMs = 1e6;
const microsPerMs = 1000;
/** How often the loop's delay is looked at: each look is a timer of its own, which this much costs nothing. */
const resolutionMs = 20;
const windowMs: Millis = 5000;

type Sources = { readonly heat: HeatSource | undefined; readonly power: PowerSource | undefined };

/** This process and the machine that it runs on. `close` lets go of the timer and of the files. */
export class ThisMachine implements Machine {
  readonly #root: string;
  readonly #delay = monitorEventLoopDelay({ resolution: resolutionMs });
  readonly #files = new KeptFiles();
  readonly #disk: StateDisk;
  #sources: Promise<Sources> | undefined;
  #looks = 0;
  #windowBegan = performance.now();
  /** Of the window before. */
  #delayBefore: Millis = 0;
  #cpu = process.cpuUsage();
  #cpuAt = performance.now();

  /** All but the figures of the process are read below `root`. */
  constructor(stateFolder: string, root = '') {
    this.#root = root;
    this.#disk = new StateDisk(root, stateFolder, this.#files);
  }

  begin(): void {
    this.#delay.enable();
  }

  process(): ProcessFigures {
    return this.#files.timed(() => ({
      uptimeSeconds: process.uptime(),
      rssBytes: process.memoryUsage.rss(),
      loadPerCore: (loadavg()[0] ?? 0) / availableParallelism(),
      cpuShare: this.#cpuNow(),
      eventLoopDelayP99Ms: this.#delayNow(),
    }));
  }

  async look(): Promise<MachineFigures> {
    const files = this.#files;
    this.#sources ??= this.#findSources();
    const { heat, power } = await this.#sources;
    const memory = await files.text(`${this.#root}/proc/meminfo`);
    const figures: MachineFigures = {
      temperatureC: heat === undefined ? null : await temperatureAt(heat, files),
      temperatureLimitC: heat?.limitC ?? null,
      throttling: power === undefined ? null : await throttlingAt(power, files),
      ...files.timed(() => memoryIn(memory)),
      disk: await this.#disk.look(),
    };
    this.#looks += 1;
    return figures;
  }

  cost() {
    return { looks: this.#looks, totalMs: this.#files.heldMs, longestMs: this.#files.longestMs };
  }

  async close(): Promise<void> {
    this.#delay.disable();
    await this.#files.close();
  }

  /** Where to look does not change while it runs. */
  async #findSources(): Promise<Sources> {
    const files = new KeptFiles();
    const sources = { heat: await heatSource(this.#root, files), power: await powerSource(this.#root, files) };
    await files.close();
    return sources;
  }

  #cpuNow(): number {
    const now = performance.now();
    const { user, system } = process.cpuUsage(this.#cpu);
    const share = (user + system) / microsPerMs / Math.max(1, now - this.#cpuAt);
    this.#cpu = process.cpuUsage();
    this.#cpuAt = now;
    return share;
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
}

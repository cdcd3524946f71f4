import type { Millis } from '../core/time/units.ts';

/** How the machine and this process fare. */
export type MachineFigures = {
  readonly uptimeSeconds: number;
  readonly rssBytes: number;
  /** Of the last minute, for each core. */
  readonly loadPerCore: number;
  /** How late the main thread came round in the last seconds. */
  readonly eventLoopDelayP99Ms: Millis;
};

export interface Machine {
  figures(): MachineFigures;
}

import type { Figures } from '../sound/figures.ts';
import type { Millis } from '../time/units.ts';

/** What a machine says of its power and its heat, now and since it was switched on. Undefined parts it does not tell. */
export type Throttling = {
  /** Below 4.63 V on a Raspberry Pi. */
  readonly underVoltage: boolean;
  readonly frequencyCapped: boolean;
  readonly throttled: boolean;
  /** That of a Raspberry Pi 3A+ and 3B+, from which on they are slower: 60 degrees unless set. */
  readonly softLimit: boolean;
  readonly underVoltageSeen: boolean;
  readonly throttledSeen: boolean;
};

/** How much of a card or chip is worn, as it says itself (JEDEC eMMC 5.0, EXT_CSD 267 to 269). */
export type Wear = {
  /** The share of its life that is used: the upper end of the tenth that it tells, above 1 when it is over. */
  readonly lifeUsed: number | null;
  readonly reserve: 'normal' | 'warning' | 'urgent' | 'unknown';
};

/** The disk on which is kept what is found out and played. */
export type DiskFigures = {
  readonly freeBytes: number;
  readonly totalBytes: number;
  readonly isReadOnly: boolean;
  /** Of all programs, since the looper began to look. */
  readonly writtenBytes: number | null;
  readonly wear: Wear | null;
};

/** How the machine fares: what it takes a look at its files to know. Null is what it does not tell. */
export type MachineFigures = {
  readonly temperatureC: number | null;
  /** From here on it is made slower, as far as is known. */
  readonly temperatureLimitC: number | null;
  readonly throttling: Throttling | null;
  readonly memoryAvailableBytes: number | null;
  readonly memoryTotalBytes: number | null;
  readonly disk: DiskFigures | null;
};

/** How this process fares; costs nothing to know. */
export type ProcessFigures = {
  readonly uptimeSeconds: number;
  readonly rssBytes: number;
  /** Of the last minute, for each core of the machine. */
  readonly loadPerCore: number;
  /** What all its threads took of one core since the look before: 1 is a whole one. */
  readonly cpuShare: number;
  /** How late the main thread came round in the last seconds. */
  readonly eventLoopDelayP99Ms: Millis;
};

/** How much of the time of a block it takes to compute it: the mean since the look before, and the worst one of the last seconds. */
export type EngineLoad = { readonly mean: number; readonly worst: number };

/** What a look at health costs of the main thread's time: one look, its longest piece so far, and all of them as a share of a core. */
export type LookCost = { readonly lookMs: Millis; readonly longestMs: Millis; readonly share: number };

/** All that is looked at. */
export type HealthLook = {
  readonly process: ProcessFigures;
  readonly sound: Figures;
  readonly engineLoad: EngineLoad;
  /** Null until there was a look. */
  readonly machine: MachineFigures | null;
  readonly interface: 'here' | 'away';
  /** Why what is played is not kept; null where it is, or where nothing is to be. */
  readonly storageTrouble: string | null;
  /** What is to stay free on the disk; null where nothing is kept. */
  readonly reserveBytes: number | null;
  /** Why there is no page; null where there is one, or none is wished for. */
  readonly pageTrouble: string | null;
  /** Those that were there and are not, and for how long. */
  readonly controllersAway: readonly { readonly name: string; readonly forMs: Millis }[];
};

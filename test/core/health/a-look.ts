import type { HealthLook, MachineFigures, Throttling } from '../../../src/core/health/figures.ts';

export const aThrottling = (changed: Partial<Throttling> = {}): Throttling => ({
  ...{ underVoltage: false, frequencyCapped: false, throttled: false, softLimit: false },
  ...{ underVoltageSeen: false, throttledSeen: false },
  ...changed,
});

type Disk = NonNullable<MachineFigures['disk']>;

const aDisk: Disk = {
  ...{ freeBytes: 2 ** 33, totalBytes: 2 ** 35, isReadOnly: false, writtenBytes: 0 },
  wear: { lifeUsed: 0.1, reserve: 'normal' },
};

/** A Raspberry Pi that is well, with 1000 bytes of memory. */
export const aMachine = (changed: Partial<MachineFigures> = {}): MachineFigures => ({
  ...{ temperatureC: 55, temperatureLimitC: 80, throttling: aThrottling() },
  ...{ memoryAvailableBytes: 600, memoryTotalBytes: 1000, disk: aDisk },
  ...changed,
});

/** What may be otherwise: any part of a look, and figures of the process and the sound by their own names. */
export type Changed = Partial<HealthLook & HealthLook['process'] & HealthLook['sound']>;

export const withMachine = (changed: Partial<MachineFigures>): Changed => ({ machine: aMachine(changed) });
export const withDisk = (changed: Partial<Disk>): Changed => withMachine({ disk: { ...aDisk, ...changed } });

const known = <Values extends object>(values: Values, changed: Changed): Values =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, (changed as Record<string, unknown>)[name] ?? value]),
  ) as Values;

const pick = (changed: Changed, name: 'machine' | 'reserveBytes', otherwise: unknown): unknown =>
  name in changed ? changed[name] : otherwise;

/** A look at a box that is well, but for what is changed. */
export const aLook = (changed: Changed): HealthLook => ({
  process: known({ uptimeSeconds: 10, rssBytes: 1, loadPerCore: 0.2, cpuShare: 0.1, eventLoopDelayP99Ms: 2 }, changed),
  sound: known(
    {
      ...{ xruns: 0, framesLost: 0, lateBlocks: 0, interfaceLosses: 0, longestStallMs: 1, worstBlockMs: 9 },
      ...{ worstBlockLatelyMs: 1, computingMs: 0, jitterMs: 0, jitterP99Ms: 0, collections: 0, collectionMs: 0 },
      ...{ worstWakeUpMs: 0, clippedSamples: 0 },
    },
    changed,
  ),
  engineLoad: changed.engineLoad ?? { mean: 0.05, worst: 0.2 },
  machine: pick(changed, 'machine', aMachine()) as HealthLook['machine'],
  interface: changed.interface ?? 'here',
  storageTrouble: changed.storageTrouble ?? null,
  reserveBytes: pick(changed, 'reserveBytes', 256 * 2 ** 20) as number | null,
  pageTrouble: changed.pageTrouble ?? null,
  controllersAway: changed.controllersAway ?? [],
});

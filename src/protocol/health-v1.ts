import { z } from 'zod';
import { warningCodes } from '../core/health/warning.ts';

const text = z.string();

/** Something that is not well, for as long as it is not: docs/health.md. */
export const warningSchema = z.strictObject({
  /** Stable; title and text are not. */
  code: z.enum(warningCodes),
  /** `bad` is heard, or loses something; `warn` may come to that. */
  level: z.enum(['bad', 'warn']),
  title: text,
  text,
  /** Of the looper's uptime. */
  sinceSeconds: z.number(),
});

const figuresSchema = z.strictObject({
  xruns: z.number(),
  framesLost: z.number(),
  lateBlocks: z.number(),
  interfaceLosses: z.number(),
  longestStallMs: z.number(),
  worstBlockMs: z.number(),
  /** From the driver's giving a block to its beginning. */
  worstWakeUpMs: z.number(),
  /** The same of the last five to ten seconds. */
  worstBlockLatelyMs: z.number(),
  /** What all blocks took together. */
  computingMs: z.number(),
  jitterMs: z.number(),
  jitterP99Ms: z.number(),
  collections: z.number(),
  collectionMs: z.number(),
  clippedSamples: z.number(),
});

/** What the machine does not tell is null. */
const machineSchema = z.strictObject({
  temperatureC: z.number().nullable(),
  /** From here on it is made slower. */
  temperatureLimitC: z.number().nullable(),
  /** Power and heat as a Raspberry Pi tells them, now and (`seen`) since it was switched on. */
  throttling: z
    .strictObject({
      underVoltage: z.boolean(),
      frequencyCapped: z.boolean(),
      throttled: z.boolean(),
      softLimit: z.boolean(),
      underVoltageSeen: z.boolean(),
      throttledSeen: z.boolean(),
    })
    .nullable(),
  memoryAvailableBytes: z.number().nullable(),
  memoryTotalBytes: z.number().nullable(),
  /** That of what is played. `writtenBytes` are those of all programs since the start. */
  disk: z
    .strictObject({
      freeBytes: z.number(),
      totalBytes: z.number(),
      isReadOnly: z.boolean(),
      writtenBytes: z.number().nullable(),
      wear: z
        .strictObject({ lifeUsed: z.number().nullable(), reserve: z.enum(['normal', 'warning', 'urgent', 'unknown']) })
        .nullable(),
    })
    .nullable(),
});

export const healthSchema = z.strictObject({
  uptimeSeconds: z.number(),
  sound: figuresSchema,
  /** How much of the time of a block it takes to compute it: the mean of the last seconds, and the worst of them. */
  engineLoad: z.strictObject({ mean: z.number(), worst: z.number() }),
  /** How late the main thread came round in the last seconds. */
  eventLoopDelayP99Ms: z.number(),
  rssBytes: z.number(),
  /** Of the last minute, for each core. */
  loadPerCore: z.number(),
  /** What the looper takes of one core. */
  cpuShare: z.number(),
  /** Null until it was looked at. */
  machine: machineSchema.nullable(),
  /** What looking costs of the main thread's time: one look, its longest piece so far, and all of them as a share of a core. */
  cost: z.strictObject({ lookMs: z.number(), longestMs: z.number(), share: z.number() }),
  controllers: z.strictObject({ connected: z.number().int(), known: z.number().int() }),
  /** What is not well, the worst first. */
  warnings: z.array(warningSchema),
  /** Null where no sets are kept. */
  disk: z.strictObject({ filesWritten: z.number(), bytesWritten: z.number(), freeBytes: z.number() }).nullable(),
  clients: z.strictObject({ seed: z.number().int(), hindsight: z.number().int(), listeners: z.number().int() }),
});

import type { Frame, Millis } from '../time/units.ts';

/** How the sound has fared since the start. */
export type Figures = {
  /** Times that the driver lost frames, and how many frames in all. */
  readonly xruns: number;
  readonly framesLost: Frame;
  /** Blocks that came too late to be played: silence was heard instead, and nothing was lost of what was played in. */
  readonly lateBlocks: number;
  /** Times that the interface went away. */
  readonly interfaceLosses: number;
  /** The longest time between two blocks. */
  readonly longestStallMs: Millis;
  /** The longest that a block took to be computed. */
  readonly worstBlockMs: Millis;
  /** The longest from the moment at which the driver gave a block until it was begun with. */
  readonly worstWakeUpMs: Millis;
  /** The same of the last five to ten seconds. */
  readonly worstBlockLatelyMs: Millis;
  /** How long all blocks took to be computed. */
  readonly computingMs: Millis;
  /** How far blocks come from where the clock expects them: median, 99th percentile. */
  readonly jitterMs: Millis;
  readonly jitterP99Ms: Millis;
  /** Garbage collections in the audio worker: how many, and how long all of them took. */
  readonly collections: number;
  readonly collectionMs: Millis;
  /** Samples above full scale. */
  readonly clippedSamples: number;
};
const ms = (time: number): string => `${time.toFixed(1)} ms`;

/** How the sound has fared, in a line. */
export const figuresText = (figures: Figures): string =>
  [
    `sound: ${figures.xruns} xruns (${figures.framesLost} frames lost)`,
    `${figures.lateBlocks} blocks late`,
    `${figures.interfaceLosses} times without the interface`,
    `longest stall ${ms(figures.longestStallMs)}`,
    `worst wake-up ${ms(figures.worstWakeUpMs)}`,
    `slowest block ${ms(figures.worstBlockMs)}, lately ${ms(figures.worstBlockLatelyMs)}`,
    `${(figures.computingMs / 1000).toFixed(1)} s of computing`,
    `jitter ${ms(figures.jitterMs)}, p99 ${ms(figures.jitterP99Ms)}`,
    `${figures.collections} garbage collections, ${ms(figures.collectionMs)} in all`,
    `${figures.clippedSamples} samples clipped`,
  ].join('; ');

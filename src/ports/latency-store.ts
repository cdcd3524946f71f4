import type { Frame, Rate } from '../core/time/units.ts';

/** What a latency belongs to: with any of it changed, another one holds. */
export type RigKey = {
  /** Who the interface is, whatever its numbers are. */
  readonly input: string;
  readonly output: string;
  readonly rate: Rate;
  readonly blockFrames: number;
  /** Blocks of output that are written ahead. */
  readonly queueBlocks: number;
  readonly inputChannels: readonly number[];
  readonly outputChannels: readonly number[];
};

export type KeptLatency = {
  readonly source: 'measured' | 'manual';
  readonly frames: Frame;
  /** The wall clock's time, ISO 8601, for people only: a box without a battery starts in the past. */
  readonly at: string;
  /** How far apart the single measurements were. */
  readonly spreadFrames?: number;
  readonly confidence?: number;
};

/** Keeps the latencies of all rigs from start to start. Blocks for as long as a small file takes; neither method throws. */
export interface LatencyStore {
  /** What was kept last for the rig, measured or set by hand. */
  load(key: RigKey): KeptLatency | undefined;
  /** Kept at least until the end of the process, also where it cannot be written. */
  keep(key: RigKey, latency: KeptLatency): void;
}

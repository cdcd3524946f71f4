import type { Frame, Rate } from '../time/units.ts';

/** The sound by which the round trip's latency is measured: bursts between silences. */
export type Probe = {
  /** A chirp through all that a path may pass, at a quarter of full scale. */
  readonly burst: Float32Array;
  /** The frame of each burst, from the probe's beginning. */
  readonly starts: readonly Frame[];
  readonly signs: readonly (1 | -1)[];
  /** The silence before the first burst, in which the noise floor is measured. */
  readonly leadFrames: Frame;
  /** All of it, with a tail in which the last burst still comes back after the longest latency. */
  readonly frames: Frame;
  /** The longest latency that can be found. */
  readonly longestFrames: Frame;
};

const burstSeconds = 0.1;
const leadSeconds = 0.6;
const longestSeconds = 0.8;
const wholeSeconds = 9.5;
const fullScale = 0.25;
const lowHz = 20;

/**
 * Primes of milliseconds: no tempo, no mains hum and no echo of an earlier burst comes at the same place after two of
 * them. Each leaves room for the longest latency and the burst itself.
 */
const spacingsMs = [1013, 1151, 1067, 1129, 1033, 1093, 1181];

/**
 * As many up as down, in no period: what repeats from burst to burst cancels in their sum, and a burst that is taken for
 * the one after it has the wrong sign half of the time.
 */
const signs = [1, 1, -1, 1, -1, -1, 1, -1] as const;

/** The upper end of the chirp: 16 kHz at 48 kHz. In frames its peak is equally sharp at every rate. */
export const probeTopHz = (rate: Rate): number => rate / 3;

const taper = (index: number, frames: Frame, riseFrames: Frame): number =>
  Math.sin((Math.PI / 2) * Math.min(1, (Math.min(index, frames - 1 - index) + 0.5) / riseFrames)) ** 2;

/** A linear chirp spends equally long at all frequencies: its spectrum is flat, and it is loud without being high. */
const burstOf = (rate: Rate): Float32Array => {
  const frames = Math.round(burstSeconds * rate);
  const risePerFrame = (probeTopHz(rate) - lowHz) / frames;
  const phaseOf = (frame: Frame): number => (2 * Math.PI * (lowHz * frame + (risePerFrame * frame * frame) / 2)) / rate;
  const riseFrames = Math.round(0.001 * rate);
  return Float32Array.from(
    { length: frames },
    (_, frame) => fullScale * taper(frame, frames, riseFrames) * Math.sin(phaseOf(frame)),
  );
};

export const probeOf = (rate: Rate): Probe => {
  const startMs = (index: number): number =>
    spacingsMs.slice(0, index).reduce((sum, spacing) => sum + spacing, leadSeconds * 1000);
  return {
    burst: burstOf(rate),
    starts: signs.map((_, index) => Math.round((startMs(index) * rate) / 1000)),
    signs,
    leadFrames: Math.round(leadSeconds * rate),
    frames: Math.round(wholeSeconds * rate),
    longestFrames: Math.round(longestSeconds * rate),
  };
};

/**
 * Adds the probe to a block of interleaved stereo, both sides alike. `offset` is the bus's first frame, counted from the
 * probe's beginning; it may be negative or past the end. Realtime-safe.
 */
export const addProbe = (probe: Probe, bus: Float32Array, offset: Frame, frames: Frame): void => {
  const { burst, starts, signs } = probe;
  for (let number = 0; number < starts.length; number += 1) {
    const start = (starts[number] ?? 0) - offset;
    const end = Math.min(frames, start + burst.length);
    for (let frame = Math.max(0, start); frame < end; frame += 1) {
      const sample = (burst[frame - start] ?? 0) * (signs[number] ?? 1);
      bus[2 * frame] = (bus[2 * frame] ?? 0) + sample;
      bus[2 * frame + 1] = (bus[2 * frame + 1] ?? 0) + sample;
    }
  }
};

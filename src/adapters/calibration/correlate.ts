import type { Correlation, Side } from '../../core/calibration/measurement.ts';
import { medianOf } from '../../core/median.ts';
import type { Probe } from '../../core/sound/probe.ts';
import type { Frame, Rate } from '../../core/time/units.ts';
import { filterFor, powerOfTwoFrom } from './matched-filter.ts';

/** Interleaved stereo; frame 0 is the probe's frame 0. */
export type Recording = { readonly rate: Rate; readonly samples: Float32Array };

/** What is looked at before latency 0, so that a peak there has a left side. */
const marginFrames = (rate: Rate): Frame => Math.round(rate / 1000);

/** How far from where all bursts say that it is a single one is searched for. */
const reachFrames = (rate: Rate): Frame => Math.round(rate / 50);

const partOf = (pairs: Float64Array, side: Side, from: number, length: number): Float64Array => {
  const part = new Float64Array(length);
  for (let index = 0; index < length; index += 1) part[index] = pairs[2 * (from + index) + side] ?? 0;
  return part;
};

/** The mean of the squares of one side's samples. */
export const meanPower = ({ samples }: Recording, side: Side, from: Frame, frames: Frame): number => {
  let power = 0;
  for (let at = 2 * from + side; at < 2 * (from + frames); at += 2) power += (samples[at] ?? 0) ** 2;
  return power / frames;
};

/**
 * The share of each burst in the sum. What is louder than most, such as a slammed door, counts for less. None where most
 * are digital silence.
 */
const sharesOf = (recording: Recording, side: Side, starts: readonly Frame[], frames: Frame): number[] => {
  const levels = starts.map((start) => Math.sqrt(meanPower(recording, side, start, frames)));
  const usual = medianOf(levels);
  if (usual === 0) return [];
  const weights = levels.map((level) => (level <= usual ? 1 : usual / level));
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / whole);
};

/**
 * All bursts as one, of each side: their sounds are laid over each other with their signs, so that what does not belong
 * to the probe cancels. Latencies from `fromFrames` on, as many as the probe can tell.
 */
export const correlateAll = (recording: Recording, probe: Probe, fromFrames: Frame): [Correlation, Correlation] => {
  const { rate, samples } = recording;
  const firstFrames = fromFrames - marginFrames(rate);
  const latencies = probe.longestFrames + 2 * marginFrames(rate);
  const frames = latencies + probe.burst.length;
  const filter = filterFor(probe, rate, powerOfTwoFrom(frames));
  const pairs = new Float64Array(2 * filter.size);
  const bursts = probe.starts.flatMap((start, index) => {
    const from = start + firstFrames;
    return from + frames > probe.frames ? [] : [{ from, sign: probe.signs[index] ?? 1 }];
  });
  const starts = bursts.map(({ from }) => from);
  for (const side of [0, 1] as const) {
    const shares = sharesOf(recording, side, starts, frames);
    for (const [index, share] of shares.entries()) {
      const { from = 0, sign = 1 } = bursts[index] ?? {};
      const factor = sign * share;
      for (let at = side; at < 2 * frames; at += 2) {
        pairs[at] = (pairs[at] ?? 0) + factor * (samples[2 * from + at] ?? 0);
      }
    }
  }
  filter.correlate(pairs);
  const part = (side: Side): Correlation => ({ firstFrames, values: partOf(pairs, side, 0, latencies) });
  return [part(0), part(1)];
};

/** Each burst by itself, on one side, near a latency. Its sign is taken off. */
export const correlateEach = (recording: Recording, probe: Probe, side: Side, nearFrames: Frame): Correlation[] => {
  const { rate, samples } = recording;
  const reach = reachFrames(rate);
  const filter = filterFor(probe, rate, powerOfTwoFrom(probe.burst.length + 2 * reach + rate / 100));
  // Sound before and after what is looked for: the search is circular, and its seam must lie elsewhere.
  const spare = (filter.size - probe.burst.length - 2 * reach) >> 1;
  const fill = (pairs: Float64Array, part: Side, number: number): void => {
    const from = (probe.starts[number] ?? 0) + nearFrames - reach - spare;
    const sign = probe.signs[number] ?? 1;
    for (let frame = 0; frame < filter.size; frame += 1) {
      pairs[2 * frame + part] = sign * (samples[2 * (from + frame) + side] ?? 0);
    }
  };
  const found: Correlation[] = [];
  for (let number = 0; number < probe.starts.length; number += 2) {
    const pairs = new Float64Array(2 * filter.size);
    fill(pairs, 0, number);
    fill(pairs, 1, number + 1);
    filter.correlate(pairs);
    for (const part of [0, 1] as const) {
      found.push({ firstFrames: nearFrames - reach, values: partOf(pairs, part, spare, 2 * reach + 1) });
    }
  }
  return found;
};

import type { Correlation, Evidence, Side } from '../../core/calibration/measurement.ts';
import { betweenSamples, footOf, highestIn, noiseOf } from '../../core/calibration/peak.ts';
import { shapeOf } from '../../core/calibration/shape.ts';
import { medianOf } from '../../core/median.ts';
import type { Probe } from '../../core/sound/probe.ts';
import type { Frame } from '../../core/time/units.ts';
import { correlateEach, meanPower, type Recording } from './correlate.ts';

/** Taken once: in a sandbox, such as a test runner's, each look at a global is slow. */
const { abs } = Math;

/** Where noise is nothing, a strength is as high as this and no higher. */
const mostStrength = 1e6;
/** Silence in dB, since JSON has no infinity. Below what 24 bits can tell. */
const silenceDb = -150;
const clipLevel = 0.99;

const strengthOf = (value: number, noise: number): number =>
  value === 0 ? 0 : Math.min(mostStrength, abs(value) / Math.max(noise, Number.MIN_VALUE));

const levelOf = (recording: Recording, side: Side, from: Frame, frames: Frame): number => {
  const power = meanPower(recording, side, from, frames);
  return power === 0 ? silenceDb : Math.max(silenceDb, 10 * Math.log10(power));
};

const clips = ({ samples }: Recording, side: Side, from: Frame, frames: Frame): boolean => {
  let count = 0;
  for (let at = 2 * from + side; at < 2 * (from + frames); at += 2) {
    if (abs(samples[at] ?? 0) >= clipLevel) count += 1;
  }
  return count >= 3;
};

const burstOf = ({ firstFrames, values }: Correlation): Evidence['each'][number] => {
  const highest = highestIn(values, 0, values.length);
  const before = highestIn(values, 0, footOf(values, highest, -1));
  const after = highestIn(values, footOf(values, highest, 1) + 1, values.length);
  return {
    frames: firstFrames + betweenSamples(values, highest).index,
    strength: strengthOf(highest.value, noiseOf(values)),
    inverted: highest.value < 0,
    rival: highest.value === 0 ? 0 : Math.max(abs(before.value), abs(after.value)) / abs(highest.value),
  };
};

/** How high the peak of all bursts together stands over the noise of their correlation. */
export const strengthIn = ({ values }: Correlation): number =>
  strengthOf(highestIn(values, 0, values.length).value, noiseOf(values));

/** What one side of a recording says about the latency. */
export const evidenceOf = (recording: Recording, probe: Probe, side: Side, together: Correlation): Evidence => {
  const { rate } = recording;
  const { peak, ...shape } = shapeOf(together.values, rate);
  const frames = together.firstFrames + peak.index;
  const near = Math.round(frames);
  const places = probe.starts.map((start) => start + near);
  return {
    ...{ rate, side, longestFrames: probe.longestFrames },
    all: { frames, gain: peak.value, strength: strengthIn(together), ...shape },
    each: correlateEach(recording, probe, side, near).map(burstOf),
    levelDb: medianOf(places.map((place) => levelOf(recording, side, place, probe.burst.length))),
    floorDb: levelOf(recording, side, 0, probe.leadFrames),
    clipped: places.filter((place) => clips(recording, side, place, probe.burst.length)).length,
  };
};

import type { Correlation, Evidence, Measurement, Side } from '../../core/calibration/measurement.ts';
import { highestIn } from '../../core/calibration/peak.ts';
import { verdictOn } from '../../core/calibration/verdict.ts';
import type { Probe } from '../../core/sound/probe.ts';
import type { Frame } from '../../core/time/units.ts';
import { correlateAll, type Recording } from './correlate.ts';
import { evidenceOf, strengthIn } from './evidence.ts';

/** Taken once: in a sandbox, such as a test runner's, each look at a global is slow. */
const { abs } = Math;
const { MAX_VALUE } = Number;

/** What was measured on one side, and what it was measured by. */
export type Finding = {
  readonly side: Side;
  readonly measurement: Measurement;
  readonly evidence: Evidence;
  readonly together: Correlation;
};

/** The probe above the longest latency has to stand out by this. */
const beyondStrength = 30;
/** -120 dB of full scale. */
const silence = 1e-6;
/** A side so much less clear than one with a result is not looked at any further. */
const hopeless = 1 / 20;

/** As long as the probe, without what would spoil the sums: numbers that are none, and the constant that converters add. */
export const cleaned = ({ rate, samples }: Recording, probe: Probe): Recording => {
  const clean = new Float32Array(2 * probe.frames);
  for (const side of [0, 1]) {
    let sum = 0;
    for (let at = side; at < clean.length; at += 2) {
      const sample = samples[at] ?? 0;
      clean[at] = abs(sample) <= MAX_VALUE ? sample : 0;
      sum += clean[at] ?? 0;
    }
    const mean = sum / probe.frames;
    for (let at = side; at < clean.length; at += 2) clean[at] = (clean[at] ?? 0) - mean;
  }
  return { rate, samples: clean };
};

/** Nothing is plugged in there; rounding would bring over a shadow of the other side. */
const isSilent = ({ samples }: Recording, side: Side): boolean => {
  for (let at = side; at < samples.length; at += 2) if (abs(samples[at] ?? 0) > silence) return false;
  return true;
};

/** Where the probe is found above the longest latency, if it is louder there than below. */
const beyondFrames = (recording: Recording, probe: Probe, side: Side, gain: number): Frame | undefined => {
  const together = correlateAll(recording, probe, probe.longestFrames)[side];
  const { index, value } = highestIn(together.values, 0, together.values.length);
  const found = strengthIn(together) >= beyondStrength && Math.abs(value) > 2 * Math.abs(gain);
  return found ? together.firstFrames + index : undefined;
};

const findingOn = (recording: Recording, probe: Probe, together: Correlation, side: Side): Finding => {
  const evidence = evidenceOf(recording, probe, side, together);
  const finding = { side, together, evidence, measurement: verdictOn(evidence) };
  if (finding.measurement.ok) return finding;
  const further = { ...evidence, beyondFrames: beyondFrames(recording, probe, side, evidence.all.gain) };
  return { ...finding, evidence: further, measurement: verdictOn(further) };
};

const worth = ({ measurement, evidence }: Finding): number =>
  measurement.ok ? 1 + measurement.confidence : evidence.all.strength / 1e7;

/** The latency by the better side of a clean recording. */
export const measure = (recording: Recording, probe: Probe): Finding => {
  const both = correlateAll(recording, probe, 0);
  const strength = (side: Side): number => (isSilent(recording, side) ? 0 : strengthIn(both[side]));
  const [left, right] = [strength(0), strength(1)];
  const [first, second]: [Side, Side] = left >= right ? [0, 1] : [1, 0];
  const better = findingOn(recording, probe, both[first], first);
  const enough = better.measurement.ok ? Math.max(left, right) * hopeless : 0;
  if (Math.min(left, right) <= enough) return better;
  const other = findingOn(recording, probe, both[second], second);
  return worth(other) > worth(better) ? other : better;
};

import { probeTopHz } from '../sound/probe.ts';
import type { Rate } from '../time/units.ts';
import { betweenSamples, footOf, highestIn, type Peak } from './peak.ts';
import { weightAt } from './weight.ts';

/** Taken once: in a sandbox, such as a test runner's, each look at a global is slow. */
const { abs, cos, sin } = Math;

/** How the highest peak of a correlation stands among the rest. Heights are shares of its own. */
export type Shape = {
  readonly peak: Peak;
  /** The highest before it, apart from the hill it stands on. */
  readonly early: number;
  /** The highest after it. */
  readonly late: number;
  /** How much higher its hill is just before it than just after: a weaker arrival that merges with it, from before. */
  readonly lean: number;
  /**
   * The share of what passes that comes together at the peak: 1 for one arrival however dull the path is, less for two
   * which merge into one hill, since they are out of step at high frequencies.
   */
  readonly inStep: number;
};

/** The value between the samples, by the eight nearest on each side. */
const valueAt = (values: Float64Array, index: number): number => {
  const whole = Math.floor(index);
  let sum = 0;
  for (let at = whole - 7; at <= whole + 8; at += 1) {
    const distance = index - at;
    const kernel = distance === 0 ? 1 : sin(Math.PI * distance) / (Math.PI * distance);
    sum += (values[at] ?? 0) * kernel * cos((Math.PI * distance) / 17) ** 2;
  }
  return sum;
};

const leanOf = (values: Float64Array, { index, value }: Peak, framesWide: number): number => {
  let lean = 0;
  for (let off = 1; off <= framesWide; off += 0.5) {
    const before = abs(valueAt(values, index - off));
    lean = Math.max(lean, (before - abs(valueAt(values, index + off))) / abs(value));
  }
  return lean;
};

/** Frequencies that pass weaker than this, against the strongest, say nothing. */
const heard = 0.1;

const inStepOf = (values: Float64Array, { index, value }: Peak, rate: Rate): number => {
  const half = Math.round(rate / 2000);
  const middle = Math.round(index);
  const partials: { readonly real: number; readonly size: number }[] = [];
  for (let hz = 500; hz < 0.9 * probeTopHz(rate); hz += probeTopHz(rate) / 50) {
    const turn = (2 * Math.PI * hz) / rate;
    let [real, imaginary] = [0, 0];
    for (let at = middle - half; at <= middle + half; at += 1) {
      const sample = (values[at] ?? 0) * cos((Math.PI / 2) * ((at - middle) / (half + 1))) ** 2;
      real += sample * cos(turn * (at - index));
      imaginary -= sample * sin(turn * (at - index));
    }
    const gain = Math.sign(value) / weightAt(hz, rate);
    partials.push({ real: real * gain, size: Math.hypot(real, imaginary) * abs(gain) });
  }
  const strongest = Math.max(...partials.map(({ size }) => size));
  const passed = partials.filter(({ size }) => size >= heard * strongest);
  const sum = (sizes: readonly number[]): number => sizes.reduce((total, size) => total + size, 0);
  return sum(passed.map(({ real }) => real)) / (sum(passed.map(({ size }) => size)) || 1);
};

export const shapeOf = (values: Float64Array, rate: Rate): Shape => {
  const highest = highestIn(values, 0, values.length);
  const peak = betweenSamples(values, highest);
  const share = (from: number, to: number): number =>
    from >= to || highest.value === 0 ? 0 : abs(highestIn(values, from, to).value / highest.value);
  return {
    peak,
    early: share(0, footOf(values, highest, -1)),
    late: share(footOf(values, highest, 1) + 1, values.length),
    lean: highest.value === 0 ? 0 : leanOf(values, peak, 12),
    inStep: inStepOf(values, peak, rate),
  };
};

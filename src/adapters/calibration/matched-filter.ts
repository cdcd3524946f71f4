import FFT from 'fft.js';
import { weightAt } from '../../core/calibration/weight.ts';
import type { Probe } from '../../core/sound/probe.ts';
import type { Rate } from '../../core/time/units.ts';

/**
 * Finds the burst in sound: where it begins there is a peak, as high as the path is loud (1 for an untouched burst).
 * Two sounds at once, as the two parts of complex numbers, since the burst is real.
 */
export class MatchedFilter {
  readonly size: number;
  readonly #fft: FFT;
  readonly #spectrum: Float64Array;
  readonly #work: Float64Array;

  /** `size`, a power of two, is the length of the sound to be searched. */
  constructor(burst: Float32Array, rate: Rate, size: number) {
    this.size = size;
    this.#fft = new FFT(size);
    this.#work = new Float64Array(2 * size);
    this.#spectrum = this.#inverseOf(burst, rate);
  }

  /** Overwrites `pairs`. Index `k` of the result belongs to a burst that begins at frame `k`; the search is circular. */
  correlate(pairs: Float64Array): Float64Array {
    const spectrum = this.#spectrum;
    const work = this.#work;
    this.#fft.transform(work, pairs);
    for (let at = 0; at < work.length; at += 2) {
      const [a, b] = [work[at] ?? 0, work[at + 1] ?? 0];
      const [c, d] = [spectrum[at] ?? 0, spectrum[at + 1] ?? 0];
      work[at] = a * c - b * d;
      work[at + 1] = a * d + b * c;
    }
    this.#fft.inverseTransform(pairs, work);
    return pairs;
  }

  /** The weight over the burst's own spectrum: ripples of the chirp's edges do not stay in the peak. */
  #inverseOf(burst: Float32Array, rate: Rate): Float64Array {
    const padded = new Float64Array(2 * this.size);
    for (const [frame, sample] of burst.entries()) padded[2 * frame] = sample;
    const inverse = new Float64Array(2 * this.size);
    this.#fft.transform(inverse, padded);
    let whole = 0;
    for (let bin = 0; bin < this.size; bin += 1) {
      const weight = weightAt((Math.min(bin, this.size - bin) * rate) / this.size, rate);
      const [real, imaginary] = [inverse[2 * bin] ?? 0, inverse[2 * bin + 1] ?? 0];
      const power = real * real + imaginary * imaginary;
      inverse[2 * bin] = weight === 0 ? 0 : (weight * real) / power;
      inverse[2 * bin + 1] = weight === 0 ? 0 : (-weight * imaginary) / power;
      whole += weight / this.size;
    }
    return inverse.map((part) => part / whole);
  }
}

export const powerOfTwoFrom = (least: number): number => 2 ** Math.ceil(Math.log2(least));

/** The filters of a rate are made once in a process: a Raspberry Pi takes a second for them. */
const made = new Map<string, MatchedFilter>();

export const filterFor = (probe: Probe, rate: Rate, size: number): MatchedFilter => {
  const key = `${rate} ${size}`;
  const filter = made.get(key) ?? new MatchedFilter(probe.burst, rate, size);
  made.set(key, filter);
  return filter;
};

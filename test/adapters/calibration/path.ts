import FFT from 'fft.js';
import type { Recording } from '../../../src/adapters/calibration/correlate.ts';
import type { Probe } from '../../../src/core/sound/probe.ts';

/** Taken once: in a sandbox, such as a test runner's, each look at a global is slow. */
const { abs, cos, max, min, PI, sin } = Math;

export type Arrival = { readonly frames: number; readonly gain: number };

/** A filter of second order (Butterworth), as loudspeakers and microphones have them; two in a row make it steep. */
export type Filter = { readonly type: 'low-pass' | 'high-pass'; readonly hz: number };

const cabinet: readonly Filter[] = [
  { type: 'high-pass', hz: 80 },
  { type: 'low-pass', hz: 5000 },
];
const phone: readonly Filter[] = [
  { type: 'high-pass', hz: 300 },
  { type: 'low-pass', hz: 8000 },
];

/** What sound goes through, bright and dull, gentle and steep. */
export const speakers = {
  cable: [],
  interface: [
    { type: 'high-pass', hz: 10 },
    { type: 'low-pass', hz: 20_000 },
  ],
  cabinet,
  'steep cabinet': [...cabinet, ...cabinet],
  phone,
  'steep phone': [...phone, ...phone],
} as const satisfies Record<string, readonly Filter[]>;

export type Speaker = keyof typeof speakers;

const fftSize = 65_536;
const fft = new FFT(fftSize);
const lead = 32;

/** Delayed by a part of a frame, exactly: by its spectrum. Begins `lead` frames early. */
const between = (burst: Float32Array, part: number): Float64Array => {
  const sound = new Float64Array(2 * fftSize);
  for (let at = 0; at < burst.length; at += 1) sound[2 * (at + lead)] = burst[at] ?? 0;
  const spectrum = new Float64Array(2 * fftSize);
  fft.transform(spectrum, sound);
  for (let bin = 0; bin < fftSize; bin += 1) {
    const turn = (-2 * PI * part * (bin <= fftSize / 2 ? bin : bin - fftSize)) / fftSize;
    const [real, imaginary] = [spectrum[2 * bin] ?? 0, spectrum[2 * bin + 1] ?? 0];
    spectrum[2 * bin] = real * cos(turn) - imaginary * sin(turn);
    spectrum[2 * bin + 1] = real * sin(turn) + imaginary * cos(turn);
  }
  fft.inverseTransform(sound, spectrum);
  return Float64Array.from({ length: burst.length + 2 * lead }, (_, at) => sound[2 * at] ?? 0);
};

/** A burst as it comes back by several ways, between the samples too. */
export const arriving = (probe: Probe, arrivals: readonly Arrival[]): Float64Array => {
  const longest = max(...arrivals.map(({ frames }) => frames));
  const sound = new Float64Array(Math.ceil(longest) + probe.burst.length + 2 * lead);
  for (const { frames, gain } of arrivals) {
    const whole = Math.floor(frames);
    const exact = frames === whole;
    const shifted = exact ? probe.burst : between(probe.burst, frames - whole);
    const from = exact ? whole : whole - lead;
    for (let at = max(0, -from); at < shifted.length; at += 1) {
      sound[from + at] = (sound[from + at] ?? 0) + gain * (shifted[at] ?? 0);
    }
  }
  return sound;
};

/** By the bilinear transform; in place. */
const filter = (sound: Float64Array, { type, hz }: Filter, rate: number): void => {
  const k = Math.tan((Math.PI * hz) / rate);
  const norm = 1 / (1 + Math.SQRT2 * k + k * k);
  const [b0, b1] = type === 'low-pass' ? [k * k * norm, 2 * k * k * norm] : [norm, -2 * norm];
  const [a1, a2] = [2 * (k * k - 1) * norm, (1 - Math.SQRT2 * k + k * k) * norm];
  let [z1, z2] = [0, 0];
  for (let at = 0; at < sound.length; at += 1) {
    const input = sound[at] ?? 0;
    const output = b0 * input + z1;
    z1 = b1 * input - a1 * output + z2;
    z2 = b0 * input - a2 * output;
    sound[at] = output;
  }
};

/** Through a speaker, in place. */
export const through = (speaker: Speaker, sound: Float64Array, rate: number, gain = 1): Float64Array => {
  for (const part of speakers[speaker]) filter(sound, part, rate);
  if (gain !== 1) for (let at = 0; at < sound.length; at += 1) sound[at] = gain * (sound[at] ?? 0);
  return sound;
};

const delayOf = (probe: Probe, speaker: Speaker, rate: number): number => {
  const sound = through(speaker, arriving(probe, [{ frames: 0, gain: 1 }]), rate);
  const match = (lag: number): number =>
    abs(probe.burst.reduce((sum, sample, at) => sum + sample * (sound[at + lag] ?? 0), 0));
  const lags = Array.from({ length: 40 }, (_, lag) => match(lag));
  const at = lags.indexOf(max(...lags));
  const [before, here, after] = [lags[at - 1] ?? 0, lags[at] ?? 0, lags[at + 1] ?? 0];
  return at + (before - after) / (2 * (before - 2 * here + after));
};

const delays = new Map<string, number>();

/** By how many frames a speaker's sound is later than a cable's: by a plain correlation in the time domain. */
export const speakerFrames = (probe: Probe, speaker: Speaker, rate: number): number => {
  if (speaker === 'cable') return 0;
  const key = `${speaker} ${rate}`;
  const delay = delays.get(key) ?? delayOf(probe, speaker, rate);
  delays.set(key, delay);
  return delay;
};

/** What one side records when each burst of the probe comes back as `burst(number)` says. */
export const recordingOf = (
  probe: Probe,
  rate: number,
  burst: (number: number) => Float64Array,
  side: 0 | 1 = 0,
): Recording => {
  const samples = new Float32Array(2 * probe.frames);
  for (const [index, start] of probe.starts.entries()) {
    const sound = burst(index + 1);
    const sign = probe.signs[index] ?? 1;
    const end = min(sound.length, probe.frames - start);
    for (let at = 0; at < end; at += 1) {
      const place = 2 * (start + at) + side;
      samples[place] = (samples[place] ?? 0) + sign * (sound[at] ?? 0);
    }
  }
  return { rate, samples };
};

/** Adds a sound to one side. */
export const add = ({ samples }: Recording, side: 0 | 1, sample: (frame: number) => number): void => {
  for (let at = side; at < samples.length; at += 2) samples[at] = (samples[at] ?? 0) + sample(at >> 1);
};

/** What a converter makes of it. */
export const cutOff = ({ samples }: Recording): void => {
  for (let at = 0; at < samples.length; at += 1) samples[at] = max(-1, min(1, samples[at] ?? 0));
};

/** The root mean square of the untouched burst. */
export const burstLevel = ({ burst }: Probe): number =>
  Math.sqrt(burst.reduce((power, sample) => power + sample * sample, 0) / burst.length);

import type { Recording } from '../../../src/adapters/calibration/correlate.ts';
import { add } from './path.ts';

/** Taken once: in a sandbox, such as a test runner's, each look at a global is slow. */
const { exp, floor, imul, sin, sqrt } = Math;

export type Random = () => number;
/** A sound without end, of a root mean square of about 1. */
export type Noise = (frame: number) => number;

/** Numbers in [0, 1) that a seed repeats (mulberry32). */
export const randomOf = (seed: number): Random => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

export const uniform = (random: Random, from: number, to: number): number => from + (to - from) * random();

export const pick = <Choice>(random: Random, choices: readonly [Choice, ...Choice[]]): Choice =>
  choices[floor(random() * choices.length)] ?? choices[0];

const gaussian = (random: Random): number => sqrt(3) * (random() + random() + random() + random() - 2);

/** Filled in a loop: `from` takes seconds for a million samples in a test runner. */
const tableOf = (frames: number, sample: Noise): Float32Array => {
  const table = new Float32Array(frames);
  for (let frame = 0; frame < frames; frame += 1) table[frame] = sample(frame);
  return table;
};

const whiteFrames = 2 ** 20;
const firstRandom = randomOf(1);
const whiteTable = tableOf(whiteFrames, () => gaussian(firstRandom));

/** White noise, from somewhere in a table: much faster than new noise. */
export const white = (random: Random): Noise => {
  const from = floor(random() * whiteFrames);
  return (frame) => whiteTable[(from + frame) & (whiteFrames - 1)] ?? 0;
};

/** Hum with falling harmonics at random phases, which repeats after so many frames. */
export const hum = (random: Random, periodFrames: number, harmonics = 12): Noise => {
  const period = new Float32Array(periodFrames);
  for (let harmonic = 1; harmonic <= harmonics; harmonic += 1) {
    const phase = uniform(random, 0, 2 * Math.PI);
    const turn = (2 * Math.PI * harmonic) / periodFrames;
    for (let frame = 0; frame < periodFrames; frame += 1) {
      period[frame] = (period[frame] ?? 0) + sin(turn * frame + phase) / harmonic;
    }
  }
  return (frame) => period[frame % periodFrames] ?? 0;
};

const songs = new Map<string, Float32Array>();

/** Notes and a drum on a beat, ten seconds of them. */
const songOf = (bpm: number, rate: number): Float32Array => {
  const random = randomOf(bpm);
  const beat = Math.round((60 * rate) / bpm);
  const notes = Array.from({ length: 32 }, () => 110 * 2 ** (floor(uniform(random, 0, 36)) / 12));
  return tableOf(10 * rate, (frame) => {
    const since = frame % beat;
    const hz = notes[floor(frame / beat) % notes.length] ?? 220;
    const note = (2 * (((hz * frame) / rate) % 1) - 1) * exp((-3 * since) / rate);
    const drum = since < 0.15 * rate ? 3 * gaussian(random) * exp((-40 * since) / rate) : 0;
    return 1.5 * note + drum;
  });
};

/** Music that plays in meanwhile. */
export const music = (random: Random, rate: number): Noise => {
  const bpm = pick(random, [60, 90, 120, 133.7, 174]);
  const key = `${bpm} ${rate}`;
  const song = songs.get(key) ?? songOf(bpm, rate);
  songs.set(key, song);
  const from = floor(random() * song.length);
  return (frame) => song[(from + frame) % song.length] ?? 0;
};

/** A door: a knock that drowns all else, and dies away. */
export const slam = (recording: Recording, side: 0 | 1, atFrame: number, random: Random): void => {
  const { rate } = recording;
  add(recording, side, (frame) => {
    const since = frame - atFrame;
    return since < 0 || since > 0.4 * rate ? 0 : 0.8 * gaussian(random) * exp((-12 * since) / rate);
  });
};

import { whiteNoise } from '../../core/sound/noise.ts';
import type { Beat, Bpm, Rate } from '../../core/time/units.ts';

/** Semitones above E2 on the eighths of two bars of four; a dash of minor pentatonic. */
const notes = [0, 12, 10, 12, 15, 12, 10, 7, 0, 12, 10, 15, 17, 15, 12, 10];
const lowE = 82.41;

/** A plucked string (Karplus and Strong, 1983) added to `into` from `start` on, wrapping at the end. */
const pluck = (into: Float32Array, start: number, frames: number, period: number, random: () => number): void => {
  const string = Float32Array.from({ length: Math.max(2, Math.round(period)) }, random);
  const size = into.length / 2;
  for (let frame = 0; frame < frames; frame += 1) {
    const at = frame % string.length;
    const sample = string[at] ?? 0;
    string[at] = 0.498 * (sample + (string[(at + 1) % string.length] ?? 0));
    const to = ((start + frame) % size) * 2;
    into[to] = (into[to] ?? 0) + sample * 0.25;
    into[to + 1] = (into[to + 1] ?? 0) + sample * 0.2;
  }
};

/** Two bars of a guitar for whoever has none at hand: interleaved stereo, in time with the grid, seamless. */
export const riff = (rate: Rate, bpm: Bpm, beatsPerBar: Beat): Float32Array => {
  const eighths = beatsPerBar * 4;
  const eighth = (30 * rate) / bpm;
  const samples = new Float32Array(Math.round(eighths * eighth) * 2);
  const random = whiteNoise(20);
  for (let step = 0; step < eighths; step += 1) {
    const semitones = notes[step % notes.length] ?? 0;
    pluck(samples, Math.round(step * eighth), Math.round(eighth * 1.5), rate / (lowE * 2 ** (semitones / 12)), random);
  }
  return samples;
};

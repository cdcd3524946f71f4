import { mixdown, mixFrames, onePass, type WholeLoop } from '../../../src/adapters/engine/mixdown.ts';
import { framesBetween, type Grid } from '../../../src/core/time/grid.ts';
import { limited } from '../../../src/engine/limiter.ts';
import { seamTables } from '../../../src/engine/seam.ts';

/** Beats of 15,000.5 frames: passes of one beat differ by a frame. */
const grid: Grid = { rate: 48_000, bpm: (60 * 48_000) / 15_000.5, beatsPerBar: 4, origin: 77 };

const whole = (pieces: Iterable<Float32Array>): Float32Array => {
  const all = [...pieces];
  const samples = new Float32Array(all.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of all) {
    samples.set(piece, at);
    at += piece.length;
  }
  return samples;
};

const loopOf = (beats: number, leadFrames: number, level: (frame: number) => number): WholeLoop => {
  const frames = framesBetween({ ...grid, origin: 0 }, 0, beats) + leadFrames;
  return { beats, leadFrames, samples: Float32Array.from({ length: frames * 2 }, (_, at) => level(at >> 1)) };
};

test('a pass is the loop, its end blended into its lead-in', () => {
  const lead = 1200;
  const loop = loopOf(1, lead, (frame) => Math.sin(frame / 50) / 3);
  const pass = whole(onePass(loop, grid));
  const length = loop.samples.length / 2 - lead;
  expect(pass).toHaveLength(length * 2);
  const { fadeIn, fadeOut } = seamTables(lead);
  for (let frame = 0; frame < length; frame += 1) {
    const blend = frame - (length - lead);
    const dry = loop.samples[(frame + lead) * 2] ?? 0;
    const wanted =
      blend < 0 ? dry : dry * (fadeOut[blend] ?? 0) + (loop.samples[blend * 2] ?? 0) * (fadeIn[blend] ?? 0);
    if (Math.abs((pass[frame * 2] ?? 9) - wanted) > 1e-6)
      throw new Error(`frame ${frame}: ${pass[frame * 2]}, not ${wanted}`);
  }
});

test('a loop without a lead-in has no seam', () => {
  const loop = loopOf(2, 0, (frame) => (frame % 100) / 200);
  expect(whole(onePass(loop, grid))).toEqual(loop.samples);
});

test('the mix is the sum of all passes, each from the frame of its own beat, limited', () => {
  const loops = [loopOf(1, 0, (frame) => (frame === 0 ? 0.7 : 0)), loopOf(3, 0, (frame) => (frame === 0 ? 0.6 : 0))];
  const frames = mixFrames(loops, grid, 2);
  expect(frames).toBe(framesBetween({ ...grid, origin: 0 }, 0, 6));
  const mix = whole(mixdown(loops, grid, frames));
  const heard = [...mix.entries()]
    .filter(([at, sample]) => at % 2 === 0 && sample !== 0)
    .map(([at, sample]) => [at / 2, sample]);
  const beat = (count: number) => Math.round(count * 15_000.5);
  const [one, both] = [Math.fround(0.7), Math.fround(limited(Math.fround(Math.fround(0.7) + Math.fround(0.6))))];
  expect(heard).toEqual([
    [beat(0), both],
    [beat(1), one],
    [beat(2), one],
    [beat(3), both],
    [beat(4), one],
    [beat(5), one],
  ]);
});

import { frameOfBeat, framesBetween, type Grid } from '../../core/time/grid.ts';
import type { Beat, Frame } from '../../core/time/units.ts';
import { limited } from '../../engine/limiter.ts';
import { type SeamTables, seamTables } from '../../engine/seam.ts';

/** A loop's whole sound, interleaved stereo, lead-in first. */
export type WholeLoop = { readonly samples: Float32Array; readonly leadFrames: Frame; readonly beats: Beat };

type Seamed = WholeLoop & { readonly frames: Frame; readonly seam: SeamTables };

const seamed = (loop: WholeLoop): Seamed => ({
  ...loop,
  frames: loop.samples.length / 2,
  seam: seamTables(loop.leadFrames),
});

/** A sample of a pass of some length, as the voice plays it: its end blends into the lead-in, its last frame stays where the pass is longer. */
const sampleAt = ({ samples, frames, leadFrames, seam }: Seamed, place: Frame, length: Frame, side: number): number => {
  const at = Math.min(place + leadFrames, frames - 1);
  const sample = samples[at * 2 + side] ?? 0;
  const blend = place - (length - leadFrames);
  if (blend < 0) return sample;
  return sample * (seam.fadeOut[blend] ?? 0) + (samples[blend * 2 + side] ?? 0) * (seam.fadeIn[blend] ?? 0);
};

/** Adds what a loop sounds like, in passes from beat 0 of a grid on, to the frames from `from` on. */
const addPasses = (bus: Float32Array, loop: Seamed, grid: Grid, from: Frame): void => {
  const end = from + bus.length / 2;
  const perPass = (loop.beats * 60 * grid.rate) / grid.bpm;
  for (let pass = Math.max(0, Math.floor(from / perPass) - 1); ; pass += 1) {
    const start = frameOfBeat(grid, pass * loop.beats);
    if (start >= end) return;
    const length = framesBetween(grid, pass * loop.beats, (pass + 1) * loop.beats);
    for (let at = Math.max(from, start); at < Math.min(end, start + length); at += 1) {
      for (let side = 0; side < 2; side += 1) {
        const to = (at - from) * 2 + side;
        bus[to] = (bus[to] ?? 0) + sampleAt(loop, at - start, length, side);
      }
    }
  }
};

/** A grid that begins with the first frame. */
const fromZero = (grid: Grid): Grid => ({ ...grid, origin: 0 });

/** Frames at a time: a second or so of stereo. */
const pieceFrames = 65_536;

/** The frames of so many passes of the longest loop. */
export const mixFrames = (loops: readonly WholeLoop[], grid: Grid, passes: number): Frame =>
  framesBetween(fromZero(grid), 0, passes * Math.max(0, ...loops.map(({ beats }) => beats)));

/**
 * What loops sound like together, all from their beginnings, over `frames` frames: interleaved stereo, piece by piece, limited as the
 * looper's own output is.
 */
export function* mixdown(loops: readonly WholeLoop[], grid: Grid, frames: Frame): Generator<Float32Array> {
  const parts = loops.map(seamed);
  for (let from = 0; from < frames; from += pieceFrames) {
    const bus = new Float32Array(Math.min(pieceFrames, frames - from) * 2);
    for (const part of parts) addPasses(bus, part, fromZero(grid), from);
    yield bus.map(limited);
  }
}

/** One pass of a loop, with its seam, so that it can be looped anywhere; as loud as it was played. */
export function* onePass(loop: WholeLoop, grid: Grid): Generator<Float32Array> {
  const length = framesBetween(fromZero(grid), 0, loop.beats);
  const part = seamed(loop);
  for (let from = 0; from < length; from += pieceFrames) {
    const bus = new Float32Array(Math.min(pieceFrames, length - from) * 2);
    addPasses(bus, part, fromZero(grid), from);
    yield bus;
  }
}

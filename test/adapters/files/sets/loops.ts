import type { HeldSet, StoredSet } from '../../../../src/core/set/kept-set.ts';
import { pieceFrames } from '../../../../src/core/sound/span.ts';
import type { LoopSound } from '../../../../src/ports/audio-engine.ts';

export const rate = 48_000;

/** Memory for a loop: pieces that are neither in order nor all there are, in shared memory. */
export const memory = (frames: number): LoopSound => {
  const count = Math.ceil(frames / pieceFrames);
  const samples = new Float32Array(new SharedArrayBuffer((2 * count + 1) * pieceFrames * 8));
  return { samples, pieces: Int32Array.from({ length: count }, (_, at) => 2 * (count - at)), frames };
};

const at = (
  { samples, pieces }: LoopSound,
  sample: number,
): { readonly samples: Float32Array; readonly at: number } => ({
  samples,
  at: (pieces[Math.floor(sample / 2 / pieceFrames)] ?? 0) * pieceFrames * 2 + (sample % (2 * pieceFrames)),
});

/** A loop's samples in the order in which they sound. */
export const samplesOf = (sound: LoopSound): Float32Array =>
  Float32Array.from({ length: sound.frames * 2 }, (_, sample) => {
    const place = at(sound, sample);
    return place.samples[place.at] ?? Number.NaN;
  });

/** Memory that holds what a function of the sample gives. */
export const filled = (frames: number, value: (sample: number) => number): LoopSound => {
  const sound = memory(frames);
  for (let sample = 0; sample < frames * 2; sample += 1) {
    const place = at(sound, sample);
    place.samples[place.at] = value(sample);
  }
  return sound;
};

/** Noise that is the same for the same seed. */
export const noise = (seed: number, frames: number): LoopSound => {
  let state = seed * 2_654_435_761 + 1;
  return filled(frames, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  });
};

/** A set with a loop of some frames in each of the named tracks: `[track, loopId, frames]`. */
export const heldSet = (
  loops: readonly (readonly [track: number, loopId: number, frames: number, stored?: string])[],
  other: Partial<HeldSet> = {},
): HeldSet => ({
  name: null,
  bpm: 120,
  beatsPerBar: 4,
  bars: 2,
  click: { volume: 0.5, muted: false },
  tracks: loops.map(([track, loopId, frames, stored]) => ({
    track,
    playing: true,
    loop: {
      ...{ loopId, ...(stored !== undefined && { stored }) },
      ...{ frames, leadFrames: 100, beats: 8, phaseBeats: 0, latencyFrames: 700, nudgeFrames: 0, lostFrames: 0 },
    },
  })),
  ...other,
});

/** The tracks of a set and its sounds' names. */
export const soundsOf = (set: StoredSet | undefined): readonly (readonly [track: number, sound: string])[] =>
  (set?.tracks ?? []).map(({ track, loop }) => [track, loop.sound]);

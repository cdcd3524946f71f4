import { coded, type Sound } from './show.ts';

/** Where the first frame of [from, to) differs from what `expected` says of it, in words; undefined where none does. */
export const firstDifference = (
  { samples, frames }: Sound,
  from: number,
  to: number,
  expected: (frame: number, side: 0 | 1) => number,
): string | undefined => {
  if (from < 0 || from >= to || to > frames) throw new RangeError(`${from} to ${to} of ${frames} frames`);
  for (let at = from * 2; at < to * 2; at += 1) {
    const side = at % 2 === 0 ? 0 : 1;
    const wanted = expected(at >> 1, side);
    if (samples[at] !== wanted) return `frame ${at >> 1}, side ${side}: ${samples[at]} instead of ${wanted}`;
  }
  return undefined;
};

/** In [from, to) the input of `back` frames before sounds, to the bit. */
export const expectInput = (sound: Sound, from: number, to: number, back: number): void =>
  expect(firstDifference(sound, from, to, (frame, side) => coded(frame - back, side))).toBeUndefined();

export const expectSilence = (sound: Sound, from: number, to: number): void =>
  expect(firstDifference(sound, from, to, () => 0)).toBeUndefined();

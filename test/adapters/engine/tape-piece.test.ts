import { tapePiece } from '../../../src/adapters/engine/tape-piece.ts';

/** A tape of ten frames on which each frame says which one it is, `taken` of them so far. */
const tapeOf = (taken: number): Float32Array => {
  const tape = new Float32Array(20);
  for (let frame = 0; frame < taken; frame += 1) tape.fill(frame, (frame % 10) * 2, (frame % 10) * 2 + 2);
  return tape;
};

const framesOf = (piece: Float32Array | undefined): readonly number[] | undefined =>
  piece && Array.from({ length: piece.length / 2 }, (_, frame) => piece[frame * 2] ?? Number.NaN);

test.each([
  [4, 0, 4, [0, 1, 2, 3]],
  [25, 18, 5, [18, 19, 20, 21, 22]],
  [25, 15, 10, [15, 16, 17, 18, 19, 20, 21, 22, 23, 24]],
])('of %d frames those from %d on, %d of them, are a copy', (taken, from, frames, expected) => {
  expect(framesOf(tapePiece(tapeOf(taken), taken, from, frames))).toEqual(expected);
});

test.each([
  ['not all in yet', 4, 2, 3],
  ['written over', 25, 14, 3],
  ['more than the tape holds', 25, 15, 11],
  ['before the beginning', 4, -1, 2],
])('what is %s is not given', (_, taken, from, frames) => {
  expect(tapePiece(tapeOf(taken), taken, from, frames)).toBeUndefined();
});

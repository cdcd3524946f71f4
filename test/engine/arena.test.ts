import { pieceFrames } from '../../src/core/sound/span.ts';
import { Arena, arenaSamples } from '../../src/engine/arena.ts';

test('gives each piece to one loop only, and all of them again', () => {
  const arena = new Arena(arenaSamples(pieceFrames * 10));
  for (let round = 0; round < 5; round += 1) {
    const [three, seven] = [arena.take(pieceFrames * 3 - 1), arena.take(pieceFrames * 7)];
    expect(new Set([...(three ?? []), ...(seven ?? [])]).size).toBe(10);
    expect(arena.take(1)).toBeUndefined();
    for (const pieces of [seven, three]) if (pieces !== undefined) arena.giveBack(pieces);
  }
});

test('refuses what is larger than what is left, and is not smaller for it', () => {
  const arena = new Arena(arenaSamples(pieceFrames * 2));
  expect(arena.take(pieceFrames * 2 + 1)).toBeUndefined();
  expect(arena.take(pieceFrames * 2)).toHaveLength(2);
});

test('has no part of a piece', () => {
  expect(arenaSamples(pieceFrames * 3 - 1)).toHaveLength(pieceFrames * 2 * 2);
});

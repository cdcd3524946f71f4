import { glyphCode, glyphRows, glyphs } from '../../../src/core/lcd/glyphs.ts';
import { trackStates } from '../../../src/core/track/state.ts';

test('each state has a picture of its own', () => {
  const pictures = trackStates.map((state) => `${state}\n${glyphs[state].join('\n')}`).join('\n\n');
  expect(pictures).toBe(`EMPTY
.....
.....
.....
.....
.....
.....
#.#.#
.....

TRIGGERED
#####
#...#
.#.#.
..#..
.#.#.
#...#
#####
.....

RECORDING
.....
.###.
#####
#####
#####
.###.
.....
.....

PLAYING
#....
##...
###..
####.
###..
##...
#....
.....

STOPPING
#...#
##..#
###.#
#####
###.#
##..#
#...#
.....

STOPPED
.....
#####
#...#
#...#
#...#
#####
.....
.....`);
});

test('they fit the memory of the display, and leave the row of the cursor free', () => {
  expect(trackStates.map(glyphCode)).toEqual([0, 1, 2, 3, 4, 5]);
  expect(glyphRows).toHaveLength(6 * 8);
  expect(Math.max(...glyphRows)).toBeLessThan(32);
  expect(glyphRows.filter((_, at) => at % 8 === 7)).toEqual([0, 0, 0, 0, 0, 0]);
  expect(trackStates.flatMap((state) => glyphs[state]).every((row) => /^[.#]{5}$/.test(row))).toBe(true);
});

test('no two differ by fewer than four dots', () => {
  const rows = (code: number) => glyphRows.slice(code * 8, code * 8 + 8);
  const dots = (value: number) => [...value.toString(2)].filter((bit) => bit === '1').length;
  const apart = (one: number, other: number) =>
    rows(one).reduce((sum, row, at) => sum + dots(row ^ (rows(other)[at] ?? 0)), 0);
  const pairs = trackStates.flatMap((_, one) => trackStates.slice(0, one).map((_, other) => apart(one, other)));
  expect(Math.min(...pairs)).toBeGreaterThanOrEqual(4);
});

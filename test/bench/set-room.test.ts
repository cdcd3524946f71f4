import { roomTrouble } from '../../src/bench/measurements/sets.ts';

const mb = 2 ** 20;
const folder = '/srv/sets';

test.each([
  ['room', 756 * mb, 756 * mb, undefined],
  ['room, with memory that nobody tells', 756 * mb, null, undefined],
  ['too little disk', 755 * mb, 9999 * mb, /^\/srv\/sets: 755 MB are free on its disk, of 756 MB .*--folder$/],
  ['too little memory', 9999 * mb, 755 * mb, /^755 MB of memory are free, of 756 MB .*; end other programs$/],
])('a set of 500 MB and %s', (_, freeBytes, memoryBytes, trouble) => {
  const found = roomTrouble(folder, 500 * mb, freeBytes, memoryBytes);
  if (trouble === undefined) expect(found).toBeUndefined();
  else expect(found).toMatch(trouble);
});

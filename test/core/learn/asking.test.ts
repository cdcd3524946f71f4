import fc from 'fast-check';
import { type Asking, armed, ask } from '../../../src/core/learn/asking.ts';

type Said = readonly [at: number, ...bytes: readonly number[]];

/** The times at which it asks to be learnt. */
const asksAt = (said: readonly Said[]): readonly number[] => {
  let asking: Asking = armed;
  return said.flatMap(([at, ...bytes]) => {
    const answer = ask(asking, bytes, at);
    asking = answer.asking;
    return answer.asks ? [at] : [];
  });
};

const down = (at: number, note = 60): Said => [at, 0x90, note, 100];
const up = (at: number, note = 60): Said => [at, 0x80, note, 0];

test.each<[string, readonly Said[], readonly number[]]>([
  ['a note held for five seconds asks as it is let go', [down(0), up(5000)], [5000]],
  ['so does one that says its release by velocity 0', [down(0), [5000, 0x90, 60, 0]], [5000]],
  [
    'so does a switch of control changes',
    [
      [0, 0xb0, 80, 127],
      [6000, 0xb0, 80, 0],
    ],
    [6000],
  ],
  [
    'pressure, sensing and clock beside it change nothing',
    [down(0), [9, 0xa0, 60, 3], [9, 0xd0, 3], [9, 0xfe], up(5000)],
    [5000],
  ],
  ['a shorter hold does not, and is the last chance', [down(0), up(4999), down(6000), up(12_000)], []],
  ['a chord does not', [down(0), down(10, 64), up(6000), up(6000, 64)], []],
  ['a phrase does not', [down(0), up(100), down(200), up(6000)], []],
  ['another note between does not', [down(0), down(3000, 64), up(3100, 64), up(6000)], []],
  [
    'a fader is no switch',
    [
      [0, 0xb0, 7, 127],
      [5000, 0xb0, 8, 127],
      [6000, 0xb0, 8, 40],
    ],
    [],
  ],
  [
    'faders that tell where they stand are no playing',
    [[0, 0xb0, 7, 40], [1, 0xb0, 8, 127], [2, 0xc0, 3], down(9), up(5009)],
    [5009],
  ],
  ['a fader beside it changes nothing', [down(0), [10, 0xb0, 7, 40], up(5000)], [5000]],
  [
    'a pad that sends note and control change is one',
    [down(0), [1, 0xb0, 20, 127], [5000, 0xb0, 20, 0], up(5000)],
    [5000],
  ],
  ['in whatever order', [[0, 0xb0, 20, 127], down(1), up(5001), [5002, 0xb0, 20, 0]], [5001]],
  ['a pad that bounces is held all the same', [down(0), up(3), down(4), up(5004)], [5004]],
  ['a release of something else does not ask', [down(0), up(5000, 61), up(6000)], []],
  ['it asks once', [down(0), up(5000), down(6000), up(12_000)], [5000]],
])('%s', (_, said, asked) => {
  expect(asksAt(said)).toEqual(asked);
});

test('whoever has played two switches has no way to it', () => {
  const note = fc.integer({ min: 0, max: 127 });
  const message = fc.tuple(fc.constantFrom(0x80, 0x90, 0xb0), note, note);
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(9000), message)), (rest) => {
      let at = 300;
      const later = rest.map(([wait, bytes]): Said => {
        at += wait;
        return [at, ...bytes];
      });
      return asksAt([down(0, 1), up(100, 1), down(200, 2), ...later]).length === 0;
    }),
  );
});

import { Levels, meterShare } from '../../../src/page/link/levels.ts';

const heard = (left: number) => ({ type: 'levels', frame: 0, input: [left, 0], output: [0, 0] }) as const;

test('a peak is shown at once and falls slowly, never below nothing', () => {
  const levels = new Levels();
  levels.heard(heard(0.8), 1000);
  expect(levels.at('input', 1000)[0]).toBe(0.8);
  expect(levels.at('input', 1100)[0]).toBeCloseTo(0.72);
  expect(levels.at('input', 9000)).toEqual([0, 0]);
});

test('a lower peak does not take a higher one away', () => {
  const levels = new Levels();
  levels.heard(heard(0.8), 1000);
  levels.heard(heard(0.1), 1050);
  expect(levels.at('input', 1050)[0]).toBeCloseTo(0.76);
});

test('a clip is seen for a second and a half', () => {
  const levels = new Levels();
  levels.heard(heard(1), 1000);
  expect([levels.clips('input', 2400), levels.clips('input', 2600), levels.clips('output', 1000)]).toEqual([
    ...[true, false, false],
  ]);
});

test.each([
  [1, 1],
  [0.1, 2 / 3],
  [0.001, 0],
  [0, 0],
])('a sample of %d fills %d of a meter', (sample, share) => {
  expect(meterShare(sample)).toBeCloseTo(share);
});

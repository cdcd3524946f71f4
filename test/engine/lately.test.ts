import { LatelyMost } from '../../src/engine/lately.ts';

test('who looks each five seconds sees the greatest of all since, and nothing of more than ten ago', () => {
  const lately = new LatelyMost();
  const values = (time: number): number => (time === 12_340 ? 9 : 1);
  const seen: number[] = [];
  for (let time = 10; time <= 40_000; time += 10) {
    const most = lately.take(values(time), 1_000_000 + time);
    if (time % 5000 === 0) seen.push(most);
  }
  expect(seen).toContain(9);
  expect(seen.slice(2, 3)).toEqual([9]);
  expect(seen.slice(4)).toEqual([1, 1, 1, 1]);
});

test('a value is told at once', () => {
  const lately = new LatelyMost();
  expect(lately.take(1, 10_000)).toBe(1);
  expect(lately.take(3, 10_001)).toBe(3);
  expect(lately.take(2, 10_002)).toBe(3);
});

test('what is forgotten does not come back', () => {
  const lately = new LatelyMost();
  lately.take(3, 10_001);
  lately.take(2, 15_001);
  lately.forget();
  expect(lately.take(1, 15_002)).toBe(1);
});

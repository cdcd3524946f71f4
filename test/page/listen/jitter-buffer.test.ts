import { JitterBuffer } from '../../../src/page/listen/jitter-buffer.ts';

const rate = 48_000;
const targetFrames = 5760;
const mostFrames = 19_200;

/** Frames that count up, so that each is known again: left as they are, right negative. */
const counting = (first: number, frames: number): Int16Array =>
  Int16Array.from({ length: frames * 2 }, (_, index) => {
    const value = (first + (index >> 1)) % 30_000;
    return index % 2 === 0 ? value : -value;
  });

const pull = (buffer: JitterBuffer, frames: number): readonly number[] => {
  const [left, right] = [new Float32Array(frames), new Float32Array(frames)];
  buffer.pull(left, right);
  for (const [index, sample] of left.entries()) expect(right[index]).toBeCloseTo(-sample, 6);
  return [...left].map((sample) => Math.round(sample * 32_768));
};

test('it is silent until there is enough, and then gives all of it in order', () => {
  const buffer = new JitterBuffer(rate);
  buffer.push(counting(1, targetFrames - 1));
  expect(pull(buffer, 128)).toEqual(new Array(128).fill(0));
  buffer.push(counting(targetFrames, 1));
  expect(pull(buffer, 3)).toEqual([1, 2, 3]);
  expect(pull(buffer, 3)).toEqual([4, 5, 6]);
});

test('when it has run dry it is silent until there is enough again', () => {
  const buffer = new JitterBuffer(rate);
  buffer.push(counting(1, targetFrames));
  pull(buffer, targetFrames - 1);
  expect(pull(buffer, 3)).toEqual([targetFrames, 0, 0]);
  buffer.push(counting(9000, 100));
  expect(pull(buffer, 2)).toEqual([0, 0]);
  buffer.push(counting(9100, targetFrames));
  expect(pull(buffer, 2)).toEqual([9000, 9001]);
});

test('it never holds more than its most: the oldest goes, back to what it aims at', () => {
  const buffer = new JitterBuffer(rate);
  for (let first = 0; first < mostFrames; first += 960) buffer.push(counting(first, 960));
  expect(buffer.frames).toBe(mostFrames);
  buffer.push(counting(mostFrames, 960));
  expect(buffer.frames).toBe(targetFrames);
  expect(pull(buffer, 1)).toEqual([mostFrames + 960 - targetFrames]);
});

test('a message longer than all it holds leaves its end', () => {
  const buffer = new JitterBuffer(rate);
  buffer.push(counting(0, mostFrames + 500));
  expect(buffer.frames).toBeLessThanOrEqual(mostFrames);
  expect(pull(buffer, 1)).toEqual([500]);
});

import { BlockTimes, SharedClock } from '../../src/engine/frame-clock.ts';

const rate = 48000;
const frames = 256;
const blockMs = (frames * 1000) / rate;

/** Feeds `blocks` blocks whose callbacks come late by `lateMs(block)`; gives the largest error of the last half, in frames. */
const worstError = (blocks: number, deviceRate: number, lateMs: (block: number) => number): number => {
  const times = new BlockTimes(rate);
  let worst = 0;
  for (let block = 0; block < blocks; block += 1) {
    const exact = 5000 + (block * frames * 1000) / deviceRate;
    times.update(exact + lateMs(block), frames);
    if (block > blocks / 2) worst = Math.max(worst, Math.abs((times.time - exact) * rate) / 1000);
  }
  return worst;
};

describe('the fit of block times', () => {
  test('follows a device whose clock differs from ours', () => {
    for (const ppm of [-300, 0, 300]) expect(worstError(20_000, rate * (1 + ppm / 1e6), () => 0)).toBeLessThan(1);
  });

  test('smooths late callbacks', () => {
    const jitter = (block: number): number => ((block * 7919) % 13) / 13;
    const mean = 6 / 13;
    expect(worstError(20_000, rate, (block) => jitter(block) - mean)).toBeLessThan((0.5 * rate) / 1000 / 5);
  });

  test('begins anew after a stall, without running after what is past', () => {
    const times = new BlockTimes(rate);
    for (let block = 0; block < 1000; block += 1) times.update(block * blockMs, frames);
    times.update(1000 * blockMs + 2000, frames);
    expect(times.time).toBe(1000 * blockMs + 2000);
    expect(times.msPerFrame).toBe(1000 / rate);
  });
});

test('a stall that is made up for by a burst leaves no error behind', () => {
  const times = new BlockTimes(rate);
  for (let block = 0; block < 1000; block += 1) times.update(block * blockMs, frames);
  const stalled = 100;
  const now = (1000 + stalled) * blockMs;
  for (let block = 0; block < stalled; block += 1) times.update(now, frames);
  for (let block = 1; block < 5; block += 1) times.update(now + block * blockMs, frames);
  expect(Math.abs(times.time - (now + 4 * blockMs))).toBeLessThan(blockMs);
});

describe('the shared clock', () => {
  const clock = () => new SharedClock(new SharedArrayBuffer(SharedClock.bytes));

  test('is at frame 0 before the first block', () => {
    expect(clock().frameAt(123456)).toBe(0);
  });

  test('gives the frame at a time before and after the last block', () => {
    const shared = clock();
    shared.write(48000, 48256, 1000, 1000 / rate);
    expect([shared.frameAt(1000), shared.frameAt(1005), shared.frameAt(990)]).toEqual([48000, 48240, 47520]);
  });

  test('is never ahead of what the device has taken: a stomp is not later than what it brings about', () => {
    const shared = clock();
    shared.write(48000, 48256, 1000, 1000 / rate);
    expect([shared.frameAt(1010), shared.taken]).toEqual([48256, 48256]);
  });

  test('is never before the first frame', () => {
    const shared = clock();
    shared.write(256, 512, 1000, 1000 / rate);
    expect(shared.frameAt(0)).toBe(0);
  });

  test('is the same for a reader of the same memory, and for one who comes upon a write that never ended', () => {
    const shared = clock();
    shared.write(96000, 96256, 2000, 1000 / rate);
    new Int32Array(shared.buffer)[0] = 7;
    expect(new SharedClock(shared.buffer).frameAt(2000)).toBe(96000);
  });
});

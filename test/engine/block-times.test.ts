import { BlockTimes } from '../../src/engine/block-times.ts';

const rate = 48000;
const frames = 256;
const blockMs = (frames * 1000) / rate;

/** A device whose blocks come late by `lateMs(block)`; gives the largest error of the last half in frames, and what was taken for lost. */
const run = (blocks: number, deviceRate: number, lateMs: (block: number) => number) => {
  const times = new BlockTimes(rate);
  let worst = 0;
  let lost = 0;
  for (let block = 0; block < blocks; block += 1) {
    const exact = 5000 + (block * frames * 1000) / deviceRate;
    lost += times.update(exact + lateMs(block), frames, false);
    if (block > blocks / 2) worst = Math.max(worst, Math.abs((times.time - exact) * rate) / 1000);
  }
  return { worst, lost, times };
};

/** So many blocks on time, then whatever comes. */
const steady = (blocks = 1000): BlockTimes => {
  const times = new BlockTimes(rate);
  for (let block = 0; block < blocks; block += 1) times.update(block * blockMs, frames, false);
  return times;
};

describe('the fit of block times', () => {
  test.each([-300, 0, 300])('follows a device whose clock is %d ppm off, and misses no frame', (ppm) => {
    const { worst, lost } = run(20_000, rate * (1 + ppm / 1e6), () => 0);
    expect([worst < 1, lost]).toEqual([true, 0]);
  });

  test('smooths late callbacks', () => {
    const jitter = (block: number): number => ((block * 7919) % 13) / 13;
    const mean = 6 / 13;
    expect(run(20_000, rate, (block) => jitter(block) - mean).worst).toBeLessThan((0.5 * rate) / 1000 / 5);
  });

  test('learns nothing from blocks that are held up and catch up', () => {
    // Every hundredth block is 40 ms late, and those behind it come in a burst.
    const late = (block: number): number => Math.max(0, 40 - (block % 100) * blockMs);
    const { worst, lost } = run(20_000, rate, late);
    expect([worst < 3, lost]).toEqual([true, 0]);
  });

  test('tells how far blocks are from where they are expected', () => {
    const { times } = run(2000, rate, (block) => (block % 2) * 0.4);
    expect(times.jitter.percentile(0.5)).toBeGreaterThan(0.1);
    expect(times.jitter.percentile(0.99)).toBeLessThan(0.5);
  });

  test('a stall that is made up for by a burst leaves no error behind, and nothing is lost', () => {
    const times = steady();
    const stalled = 100;
    const now = (1000 + stalled) * blockMs;
    let lost = 0;
    for (let block = 0; block < stalled; block += 1) lost += times.update(now, frames, false);
    for (let block = 1; block < 5; block += 1) lost += times.update(now + block * blockMs, frames, false);
    expect(lost).toBe(0);
    expect(Math.abs(times.time - (now + 4 * blockMs))).toBeLessThan(blockMs);
  });
});

describe('lost frames', () => {
  test('that the driver tells of are as many as the time that has passed', () => {
    const times = steady();
    expect(times.update(1000 * blockMs + 50, frames, true)).toBe(2400);
    expect(times.update(1001 * blockMs + 50, frames, false)).toBe(0);
  });

  test('that are told without any time having passed are none', () => {
    expect(steady().update(1000 * blockMs - 1, frames, true)).toBe(0);
  });

  test('that nobody tells of are seen by what does not catch up, within a quarter of a second', () => {
    const times = steady();
    const found: number[] = [];
    for (let block = 0; block < 100; block += 1) {
      const lost = times.update((1000 + block) * blockMs + 30, frames, false);
      if (lost > 0) found.push(block, lost);
    }
    const [block = 100, lost] = found;
    expect([found.length, lost]).toEqual([2, 1440]);
    expect(block * blockMs).toBeLessThanOrEqual(250 + blockMs);
  });

  test('are counted by the block that was least late: jitter is no loss', () => {
    const times = steady();
    let lost = 0;
    for (let block = 0; block < 100; block += 1) {
      lost += times.update((1000 + block) * blockMs + 30 + ((block * 7) % 5), frames, false);
    }
    expect(lost).toBe(1440);
  });

  test('of a device that begins are the time since the last one', () => {
    const times = steady();
    times.begin();
    expect(times.update(1000 * blockMs + 2000, frames, true)).toBe(96_000);
  });
});

describe('time without a device', () => {
  test('passes as expected, and a device that comes back takes up where it is', () => {
    const times = steady();
    for (let block = 0; block < 10; block += 1) times.pass(frames);
    expect(times.expected).toBeCloseTo(1010 * blockMs, 6);
    times.begin();
    expect(times.update(1010 * blockMs + 1, frames, true)).toBe(48);
  });
});

describe('the rate of a device', () => {
  /** Some seconds of a device whose blocks are lost or late as `mishap` says; gives what was found of its rate. */
  const listen = (
    deviceRate: number,
    seconds: number,
    mishap: (block: number) => { lost?: number; late?: number; told?: boolean } = () => ({}),
  ) => {
    const times = new BlockTimes(rate);
    times.begin();
    const found: number[] = [];
    let device = 0;
    for (let block = 0; block * frames < seconds * deviceRate; block += 1) {
      const { lost = 0, late = 0, told = false } = mishap(block);
      device += ((frames + lost) * 1000) / deviceRate;
      times.update(device + late, frames, told || block === 0);
      const off = times.offRate();
      if (!Number.isNaN(off)) found.push(Math.round(off));
    }
    return { found, times };
  };

  test('that is another one than asked for is named once, and the clock goes by it', () => {
    const { found, times } = listen(44_100, 20);
    expect(found).toEqual([44_100]);
    expect(1 / times.msPerFrame).toBeCloseTo(44.1, 1);
  });

  test('is judged anew when a device begins anew', () => {
    const { times } = listen(48_000, 5);
    times.begin();
    let found = 0;
    for (let block = 0; block < 1000; block += 1) {
      times.update(10_000 + (block * frames * 1000) / 44_100, frames, block === 0);
      if (!Number.isNaN(times.offRate())) found += 1;
    }
    expect(found).toBe(1);
  });

  test.each([
    ['the crystal is off', 48_000 * 1.0003, () => ({})],
    ['blocks come in pairs', 48_000, (block: number) => ({ late: (block % 2) * 5 })],
    ['a block is 150 ms late', 48_000, (block: number) => ({ late: block > 540 && block < 569 ? 150 : 0 })],
    ['thousands of frames are lost and nobody tells', 48_000, (block: number) => ({ lost: block === 300 ? 5000 : 0 })],
    ['each block loses as much again, and says so', 48_000, () => ({ lost: frames, told: true })],
  ] as const)('is left alone where %s', (_, deviceRate, mishap) => {
    const { found, times } = listen(deviceRate, 10, mishap);
    expect(found).toEqual([]);
    expect(Math.abs(times.msPerFrame * 48 - 1)).toBeLessThan(0.005);
  });
});

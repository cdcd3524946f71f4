import type { WorkerAnalyst as Class } from '../../../src/adapters/calibration/analyst.ts';
import { addProbe, probeOf } from '../../../src/core/sound/probe.ts';

// The worker thread cannot load the sources.
const compiled = new URL('../../../dist/adapters/calibration/analyst.js', import.meta.url).href;
const { WorkerAnalyst }: { WorkerAnalyst: typeof Class } = await import(compiled);

const rate = 48_000;
const probe = probeOf(rate);

const looped = (): { rate: number; samples: Float32Array } => {
  const samples = new Float32Array(2 * probe.frames);
  addProbe(probe, samples.subarray(2 * 960), 0, probe.frames - 960);
  return { rate, samples };
};

let analyst: Class;
beforeEach(() => {
  analyst = new WorkerAnalyst();
});
afterEach(() => analyst.close());

test('a recording becomes a measurement and its picture, and stays as it was', async () => {
  const recording = looped();
  const { measurement, svg, png } = await analyst.analyse(recording);
  expect(measurement).toMatchObject({ ok: true, latencyFrames: 960 });
  expect(svg).toContain('20.00 ms');
  expect(Buffer.from(png).subarray(1, 4).toString()).toBe('PNG');
  expect(recording).toEqual(looped());
}, 20_000);

test('meanwhile the thread that asked is free', async () => {
  const delays: number[] = [];
  let last = performance.now();
  const timer = setInterval(() => {
    delays.push(performance.now() - last);
    last = performance.now();
  }, 1);
  await analyst.analyse(looped());
  clearInterval(timer);
  // It would be one delay as long as all of it.
  expect(delays.length).toBeGreaterThan(20);
}, 20_000);

test('a recording shared between threads is analysed as well', async () => {
  const { samples } = looped();
  const shared = new Float32Array(new SharedArrayBuffer(samples.byteLength));
  shared.set(samples);
  expect((await analyst.analyse({ rate, samples: shared })).measurement).toMatchObject({
    ok: true,
    latencyFrames: 960,
  });
}, 20_000);

test('two at once do not disturb each other', async () => {
  const nothing = { rate, samples: new Float32Array(2 * probe.frames) };
  const [one, other] = await Promise.all([analyst.analyse(looped()), analyst.analyse(nothing)]);
  expect(one.measurement).toMatchObject({ ok: true });
  expect(other.measurement).toMatchObject({ ok: false, code: 'no-signal' });
}, 20_000);

test('what goes wrong in the worker is told as an error', async () => {
  const impossible = { rate: Number.NaN, samples: new Float32Array(0) };
  await expect(analyst.analyse(impossible)).rejects.toThrow(/^calibration: the analysis failed: .*; measure again$/);
  expect((await analyst.analyse(looped())).measurement).toMatchObject({ ok: true });
}, 20_000);

test('closing ends what is under way, at once; afterwards nothing is taken on', async () => {
  const underWay = expect(analyst.analyse(looped())).rejects.toThrow('calibration: the analysis was stopped');
  await analyst.close();
  await underWay;
  await expect(analyst.analyse(looped())).rejects.toThrow('calibration: the analysis is closed');
  await analyst.close();
}, 20_000);

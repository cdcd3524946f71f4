import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { Engine } from '../../src/engine/engine.ts';
import { MixOutlet } from '../../src/engine/mix-outlet.ts';
import { SharedMix } from '../../src/engine/mix-tap.ts';
import type { EngineOptions } from '../../src/engine/protocol.ts';
import { captureOf, piecesFor, stereo } from './looper.ts';
import { outlookOf } from './outlook.ts';

const rate = 48_000;
/** The ring's: the power of 2 above a second. */
const ring = 65_536;
const beat = 24_000;

/** Loops, click and monitor on outputs of their own. */
const outputs: EngineOptions['outputs'] = { channels: 6, loops: [0, 1], click: [2, 3], monitor: [5, 4] };

/** Exact in 32 bits, and other at each frame and on each side. */
const input = (frame: number, side: number): number => ((frame % 30_000) + 1 + side * 32_768) / 2 ** 17;

/** An engine that plays a loop, a click and the monitor, block by block, and the mix of it. */
const rig = (changed: Partial<EngineOptions> = {}) => {
  const options = { ...stereo, outputs, click: { volume: 0.1, muted: false }, ...changed };
  const engine = new Engine(options);
  const { parts, outlet } = outlookOf(options);
  const { channels } = options.outputs;
  const played = new Map<number, readonly number[]>();
  const turn = (frames: number): void => {
    const first = engine.frame;
    const from = Float32Array.from({ length: frames * 2 }, (_, at) => input(first + (at >> 1), at & 1));
    const to = new Float32Array(frames * channels);
    engine.process(from, to, frames);
    parts.mix.take(to, frames, engine.playhead);
    for (let frame = 0; frame < frames; frame += 1)
      played.set(first + frame, [...to.subarray(frame * channels, (frame + 1) * channels)]);
  };
  const until = (frame: number, block = 256): void => {
    while (engine.frame < frame) turn(Math.min(block, frame - engine.frame));
  };
  /** One bar in, then that bar as a loop. */
  const loop = (): void => {
    until(4 * beat + 4000, 4096);
    engine.apply(captureOf(1, 1), piecesFor(4 * beat + 1200));
  };
  return { engine, mix: parts.mix, outlet, turn, until, loop, played };
};

const limited = (sample: number): number => Math.fround(Math.max(-1, Math.min(1, sample)));

/** What a frame of six channels is mixed to. */
const mixed = ([a = 0, b = 0, c = 0, d = 0, e = 0, f = 0]: readonly number[] = []): number[] => [
  limited(a + c + f),
  limited(b + d + e),
];

test.each([1, 63, 256, 1021])(
  'is the sum of what went out at each pair, sample by sample, in blocks of %d',
  (block) => {
    const { engine, outlet, until, loop, played } = rig();
    loop();
    const reader = outlet.open();
    const from = engine.frame;
    const heard: number[] = [];
    while (engine.frame < from + beat) {
      until(engine.frame + 1500, block);
      const { frame, samples } = reader.read();
      expect(frame).toBe(from + heard.length / 2);
      heard.push(...samples);
    }
    expect(heard.length / 2).toBe(engine.frame - from);
    const expected = Array.from({ length: heard.length / 2 }, (_, at) => mixed(played.get(from + at))).flat();
    expect(heard).toEqual(expected);
    // All three were there, or the sum says little.
    const channels = Array.from({ length: 6 }, (_, channel) => {
      return Array.from({ length: beat }, (_, at) => played.get(from + at)?.[channel]).some((sample) => sample !== 0);
    });
    expect(channels).toEqual([true, true, true, true, true, true]);
  },
);

test('a sum above full scale is brought to it', () => {
  const { mix, outlet } = rig();
  const reader = outlet.open();
  mix.take(Float32Array.from([0.75, -0.75, 0.5, -0.5, 0, 0]), 1, { frame: 1 });
  expect([...reader.read().samples]).toEqual([1, -1]);
});

test('what goes to one pair is there once, however many sounds share it', () => {
  const shared = { ...stereo.outputs, monitor: stereo.outputs.loops };
  const { outlet, turn, played } = rig({ outputs: shared });
  const reader = outlet.open();
  turn(100);
  expect([...reader.read().samples]).toEqual(Array.from({ length: 100 }, (_, at) => played.get(at)).flat());
});

test('a pair of one channel is on both sides', () => {
  const mono = { channels: 1, loops: [0, 0], click: [0, 0], monitor: [0, 0] } as const;
  const { outlet, turn, played } = rig({ outputs: mono });
  const reader = outlet.open();
  turn(100);
  const expected = Array.from({ length: 100 }, (_, at) => [played.get(at)?.[0], played.get(at)?.[0]]).flat();
  expect([...reader.read().samples]).toEqual(expected);
});

describe('opening and closing', () => {
  test('it begins with the block after it was opened, and gives each frame once', () => {
    const { outlet, turn } = rig();
    turn(100);
    const reader = outlet.open();
    expect(reader.read().samples).toHaveLength(0);
    turn(50);
    expect([reader.read()].map(({ frame, samples }) => [frame, samples.length])).toEqual([[100, 100]]);
    expect([reader.read()].map(({ frame, samples }) => [frame, samples.length])).toEqual([[150, 0]]);
  });

  test('what is closed is not kept, and gives nothing any more', () => {
    const { outlet, turn } = rig();
    const reader = outlet.open();
    turn(50);
    reader.close();
    turn(50);
    expect(reader.read().samples).toHaveLength(0);
    const next = outlet.open();
    turn(10);
    expect([next.read()].map(({ frame, samples }) => [frame, samples.length])).toEqual([[100, 20]]);
  });

  test('one reader at a time: the newest has it, and who was before cannot take it away', () => {
    const { outlet, turn } = rig();
    const first = outlet.open();
    turn(50);
    const second = outlet.open();
    turn(50);
    expect(first.read().samples).toHaveLength(0);
    first.close();
    turn(50);
    expect([second.read()].map(({ frame, samples }) => [frame, samples.length])).toEqual([[50, 200]]);
  });
});

describe('a reader that is slower than the ring', () => {
  test('goes on with what is there: the newest frames, each where it belongs', () => {
    const { engine, outlet, until, turn, played } = rig();
    const reader = outlet.open();
    until(1000);
    expect(reader.read().samples).toHaveLength(2000);
    until(1000 + ring + 777, 333);
    const { frame, samples } = reader.read();
    expect([frame, samples.length / 2]).toEqual([engine.frame - ring, ring]);
    for (const at of [0, 1, ring - 1]) {
      expect([...samples.subarray(at * 2, at * 2 + 2)]).toEqual(mixed(played.get(frame + at)));
    }
    turn(10);
    expect([reader.read()].map((piece) => [piece.frame, piece.samples.length])).toEqual([[engine.frame - 10, 20]]);
  });

  test('gets no sample twice and none in the wrong place, however fast another thread writes', async () => {
    const shared = new SharedMix(new SharedArrayBuffer(SharedMix.bytes(rate)));
    const reader = new MixOutlet(shared).open();
    const writer = new Worker(new URL('./mix-writer.mjs', import.meta.url), { workerData: shared.buffer });
    let next = 0;
    let got = 0;
    let strangers = 0;
    const ended = once(writer, 'exit');
    let running = true;
    void ended.then(() => {
      running = false;
    });
    while (running) {
      await new Promise((resolve) => setImmediate(resolve));
      const { frame, samples } = reader.read();
      if (samples.length > 0 && frame < next) strangers += 1;
      for (let at = 0; at < samples.length; at += 2) {
        // As the writer has it: the number of the frame, as far as 24 bits hold it.
        if (samples[at] !== ((frame + at / 2) % 2 ** 20) / 2 ** 20) strangers += 1;
      }
      got += samples.length / 2;
      if (samples.length > 0) next = frame + samples.length / 2;
    }
    expect((await ended)[0]).toBe(0);
    expect(strangers).toBe(0);
    expect(got).toBeGreaterThan(ring);
  });
});

describe('what was never played', () => {
  test('is silence in its place, and what comes after is where it belongs', () => {
    const { engine, outlet, turn, played } = rig();
    const reader = outlet.open();
    turn(100);
    engine.lose(1000);
    turn(50);
    const { frame, samples } = reader.read();
    expect([frame, samples.length / 2]).toEqual([0, 1150]);
    expect(samples.subarray(200, 2200)).toEqual(new Float32Array(2000));
    expect([...samples.subarray(2298, 2300)]).toEqual(mixed(played.get(1149)));
  });

  test('goes on without a device, as its time passes', () => {
    const { engine, mix, outlet, turn } = rig();
    const reader = outlet.open();
    turn(100);
    for (let block = 0; block < 3; block += 1) {
      engine.lose(256);
      mix.pass(256, engine.playhead);
    }
    const { frame, samples } = reader.read();
    expect([frame, samples.length / 2]).toEqual([0, 100 + 3 * 256]);
    expect(samples.subarray(200)).toEqual(new Float32Array(2 * 3 * 256));
  });

  test('for longer than the ring is, leaves a second of silence', () => {
    const { outlet, mix } = rig();
    const reader = outlet.open();
    mix.take(new Float32Array(6 * 64).fill(0.25), 64, { frame: 64 });
    mix.pass(256, { frame: 100 * rate });
    const { frame, samples } = reader.read();
    expect([frame, samples.length / 2]).toEqual([100 * rate - ring, ring]);
    expect(samples.every((sample) => sample === 0)).toBe(true);
  });
});

test('frames are told right after days, and where the count of those that were read is larger than 32 bits', () => {
  const { outlet, mix } = rig();
  const reader = outlet.open();
  const block = new Float32Array(6 * 64).fill(0.25);
  const hours = 3600 * rate;
  mix.take(block, 64, { frame: 50 * hours + 64 });
  expect(reader.read().frame).toBe(50 * hours);
  for (let at = 60; at < 120; at += 10) {
    mix.take(block, 64, { frame: at * hours + 64 });
    const { frame, samples } = reader.read();
    expect(frame).toBe(at * hours + 64 - ring);
    expect([...samples.subarray(-128)]).toEqual(new Array(128).fill(0.75));
    expect(samples.subarray(0, -128).every((sample) => sample === 0)).toBe(true);
  }
});

test('the ring is a second at least, at each rate', () => {
  for (const frames of [44_100, 48_000, 88_200, 96_000]) {
    const mix = new SharedMix(new SharedArrayBuffer(SharedMix.bytes(frames)));
    expect(mix.frames).toBeGreaterThanOrEqual(frames);
    expect(mix.frames).toBeLessThan(2 * frames);
  }
});

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { openWav } from '../../../src/adapters/files/wav-reader.ts';
import { createWav, maxWavFrames } from '../../../src/adapters/files/wav-writer.ts';
import { type Scratch, scratch, userErrorOf } from './scratch.ts';
import { chunk, formatChunk, riff, sampleBytes } from './wav-bytes.ts';

let folder: Scratch;
beforeEach(() => {
  folder = scratch();
});
afterEach(() => folder.remove());

/** The file as the standard describes it, built another way: an extended format of no extra bytes, and the count of frames. */
const standardWav = (rate: number, samples: readonly number[]): Uint8Array => {
  const plain = formatChunk({ format: 'float32', rate, channels: 2 });
  const format = chunk('fmt ', Buffer.concat([plain.subarray(8), Buffer.alloc(2)]));
  const fact = Buffer.alloc(4);
  fact.writeUInt32LE(samples.length / 2);
  return riff([format, chunk('fact', fact), chunk('data', sampleBytes('float32', samples))]);
};

test.each([
  { rate: 48_000, samples: [0.5, -0.5, 0.1, 2] },
  { rate: 44_100, samples: [-0, Number.MIN_VALUE, Number.POSITIVE_INFINITY, 1e-40] },
  { rate: 96_000, samples: [] },
])('every byte is as the standard says: $samples at $rate Hz', ({ rate, samples }) => {
  const wav = createWav(folder.path('take.wav'), rate);
  wav.write(Float32Array.from(samples), samples.length / 2);
  wav.commit();
  expect(readFileSync(folder.path('take.wav'))).toEqual(Buffer.from(standardWav(rate, samples)));
});

test('any way of cutting it into writes gives the same file', () => {
  const samples = Float32Array.from({ length: 100_000 }, (_, index) => Math.sin(index));
  const whole = Buffer.from(samples.buffer);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 45_000 }), { minLength: 1, maxLength: 20 }), (sizes) => {
      const wav = createWav(folder.path('take.wav'), 48_000);
      let done = 0;
      for (const size of [...sizes, 50_000]) {
        const frames = Math.min(size, 50_000 - done);
        wav.write(samples.subarray(done * 2), frames);
        done += frames;
      }
      wav.commit();
      expect(readFileSync(folder.path('take.wav')).subarray(58).equals(whole)).toBe(true);
    }),
    { numRuns: 20 },
  );
});

test('what is written is read, to the bit', () => {
  const sound = Float32Array.from({ length: 50_000 }, (_, index) => Math.tan(index));
  const out = createWav(folder.path('take.wav'), 44_100);
  out.write(sound, 25_000);
  out.commit();
  const back = new Float32Array(50_000);
  const wav = openWav(folder.path('take.wav'));
  expect([wav.rate, wav.channels, wav.frames, wav.read(back, 25_000)]).toEqual([44_100, 2, 25_000, 25_000]);
  wav.close();
  expect(back).toEqual(sound);
});

test('the block may be used again at once, lie anywhere in its memory, and be shared', () => {
  const shared = new Float32Array(new SharedArrayBuffer(400_008), 4, 100_000);
  const wav = createWav(folder.path('take.wav'), 48_000);
  for (const value of [1, 2, 3]) {
    shared.fill(value);
    wav.write(shared, value === 2 ? 50_000 : 1);
  }
  wav.commit();
  const samples = new Float32Array(readFileSync(folder.path('take.wav')).buffer.slice(58));
  expect(samples).toEqual(Float32Array.from({ length: 100_004 }, (_, at) => (at < 2 ? 1 : at < 100_002 ? 2 : 3)));
});

test('wav-too-long: one frame beyond the limit, and nothing is left', () => {
  const path = folder.path('take.wav');
  const full = createWav(path, 48_000, 10);
  full.write(new Float32Array(20), 10);
  full.commit();
  expect(openWav(path).frames).toBe(10);
  const wav = createWav(path, 48_000, 10);
  wav.write(new Float32Array(20), 10);
  const error = userErrorOf(() => wav.write(new Float32Array(2), 1));
  expect([error.code, error.message]).toEqual(['wav-too-long', expect.stringContaining(`${path}: `)]);
  expect(folder.names()).toEqual(['take.wav']);
});

test('the limit is the last length whose sizes fit into 32 bits', () => {
  expect(maxWavFrames * 8 + 50).toBeLessThan(2 ** 32);
  expect((maxWavFrames + 1) * 8 + 50).toBeGreaterThanOrEqual(2 ** 32);
});

test.each([-1, 3, 0.5, Number.NaN])('refuses %d frames of a block of 2', (frames) => {
  const wav = createWav(folder.path('take.wav'), 48_000);
  expect(() => wav.write(new Float32Array(4), frames)).toThrow(RangeError);
  wav.write(new Float32Array(4), 2);
  wav.commit();
  expect(openWav(folder.path('take.wav')).frames).toBe(2);
});

test('a rate that no file can hold leaves nothing', () => {
  expect(() => createWav(folder.path('take.wav'), -1)).toThrow('out of range');
  expect(folder.names()).toEqual([]);
});

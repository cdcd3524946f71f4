import { mkdirSync, symlinkSync, truncateSync } from 'node:fs';
import fc from 'fast-check';
import { openWav } from '../../../src/adapters/files/wav-reader.ts';
import { asOrdinaryUser, type Scratch, scratch, testAsOrdinaryUser, userErrorOf } from './scratch.ts';
import { chunk, formatChunk, riff, sampleBytes, type WavSpec, wavBytes } from './wav-bytes.ts';

let folder: Scratch;
beforeEach(() => {
  folder = scratch();
});
afterEach(() => folder.remove());

const readAll = (path: string) => {
  const wav = openWav(path);
  const sound = new Float32Array(wav.frames * 2);
  const frames = wav.read(sound, wav.frames);
  wav.close();
  return { rate: wav.rate, channels: wav.channels, frames, sound };
};
const readBytes = (bytes: Uint8Array) => readAll(folder.put('take.wav', bytes));

const step = { int16: 2 ** -15, int24: 2 ** -23, int32: 2 ** -31 };
const stereo: WavSpec = { format: 'int16', rate: 48_000, channels: 2, samples: [0.5, -0.5, 0.25, -1] };
const sampleCount = stereo.samples.length;

describe('what a WAV file holds', () => {
  const both = [0, -0.5, 0.25, -1];
  test.each([
    { format: 'int16', samples: [...both, step.int16, 1 - step.int16], read: [...both, step.int16, 1 - step.int16] },
    { format: 'int24', samples: [...both, step.int24, 1 - step.int24], read: [...both, step.int24, 1 - step.int24] },
    { format: 'int32', samples: [...both, step.int32, -step.int32], read: [...both, step.int32, -step.int32] },
    { format: 'int32', samples: [1 - step.int32, 0.5 + 2 ** -25], read: [1, 0.5] },
    { format: 'float32', samples: [...both, 0.1, 3.5], read: [...both, Math.fround(0.1), 3.5] },
  ] as const)('$format comes out to the bit', ({ format, samples, read }) => {
    for (const extensible of [false, true]) {
      const wav = readBytes(wavBytes({ format, rate: 48_000, channels: 2, samples, extensible }));
      expect(wav).toEqual({ rate: 48_000, channels: 2, frames: read.length / 2, sound: Float32Array.from(read) });
    }
  });

  test.each(['int16', 'int24', 'int32', 'float32'] as const)('mono %s sounds on both sides', (format) => {
    const wav = readBytes(wavBytes({ format, rate: 44_100, channels: 1, samples: [0.5, -0.25, 0.125] }));
    const sound = Float32Array.of(0.5, 0.5, -0.25, -0.25, 0.125, 0.125);
    expect(wav).toEqual({ rate: 44_100, channels: 1, frames: 3, sound });
  });

  test.each(['int16', 'int24'] as const)('%s comes out exact, whatever the value', (format) => {
    const values = fc.double({ min: -1, max: 1 - step[format], noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(fc.array(values, { minLength: 1, maxLength: 50 }), (wild) => {
        const samples = wild.map((value) => Math.round(value / step[format]) * step[format] + 0);
        const { sound } = readBytes(wavBytes({ format, rate: 48_000, channels: 1, samples }));
        expect([...sound].filter((_, index) => index % 2 === 0)).toEqual(samples);
      }),
      { numRuns: 30 },
    );
  });

  test.each([44_100, 48_000, 88_200, 96_000])('a rate of %d Hz', (rate) => {
    expect(readBytes(wavBytes({ ...stereo, rate })).rate).toBe(rate);
  });

  test('any way of cutting it into reads gives the same sound', () => {
    const frames = 20_000;
    const samples = Float32Array.from({ length: frames * 2 }, (_, index) => ((index * 7919) % 32_768) / 32_768);
    for (const format of ['int16', 'int24', 'float32'] as const) {
      const path = folder.put(`${format}.wav`, wavBytes({ format, rate: 48_000, channels: 2, samples }));
      expect(readAll(path).sound).toEqual(samples);
      fc.assert(
        fc.property(fc.array(fc.integer({ min: 1, max: 9000 }), { minLength: 1, maxLength: 12 }), (sizes) => {
          const wav = openWav(path);
          const sound: number[] = [];
          const block = new Float32Array(9000 * 2);
          let turn = 0;
          for (let read = -1; read !== 0; ) {
            const size = sizes[turn++ % sizes.length] ?? 1;
            read = wav.read(block, size);
            expect(read).toBe(Math.min(size, frames - sound.length / 2));
            for (const value of block.subarray(0, read * 2)) sound.push(value);
          }
          wav.close();
          expect(Buffer.from(Float32Array.from(sound).buffer).equals(Buffer.from(samples.buffer))).toBe(true);
        }),
        { numRuns: 5, examples: [[[8192]], [[8191]], [[8193]]] },
      );
    }
  });

  test('a read leaves the rest of the block alone', () => {
    const wav = openWav(folder.put('take.wav', wavBytes(stereo)));
    const block = new Float32Array(10).fill(9);
    expect(wav.read(block, 5)).toBe(2);
    expect([...block]).toEqual([0.5, -0.5, 0.25, -1, 9, 9, 9, 9, 9, 9]);
    expect(wav.read(block, 5)).toBe(0);
    wav.close();
  });

  test('a link to a file is a file', () => {
    folder.put('take.wav', wavBytes(stereo));
    symlinkSync('take.wav', folder.path('link.wav'));
    expect(readAll(folder.path('link.wav')).frames).toBe(2);
  });
});

describe('what else a WAV file may carry', () => {
  const odd = chunk('LIST', Buffer.from('odd'));
  const bext = chunk('bext', Buffer.alloc(602));
  test.each<[string, Partial<WavSpec>]>([
    ['chunks before the format', { first: [bext, odd] }],
    ['chunks between the format and the data', { middle: [odd, chunk('fact', Buffer.alloc(4)), odd] }],
    ['chunks after the data', { last: [odd, bext] }],
    ['a second format, which does not count', { middle: [formatChunk({ ...stereo, channels: 1 })] }],
    ['a name and a word "data" within a chunk', { first: [chunk('note', Buffer.from('data....fmt data'))] }],
  ])('%s', (_, extra) => {
    expect(readBytes(wavBytes({ ...stereo, ...extra })).sound).toEqual(Float32Array.from([0.5, -0.5, 0.25, -1]));
  });

  test('24-bit mono of an odd number of bytes, padded or not', () => {
    const bytes = wavBytes({ format: 'int24', rate: 48_000, channels: 1, samples: [0.5] });
    expect(readBytes(bytes).frames).toBe(1);
    expect(readBytes(bytes.subarray(0, -1)).frames).toBe(1);
  });

  test('an incomplete frame at the end of the data is left out', () => {
    expect(readBytes(wavBytes({ ...stereo, dataSize: 7 })).frames).toBe(1);
  });

  test('an RF64 file takes its size from ds64', () => {
    expect(readBytes(wavBytes({ ...stereo, rf64: true, last: [odd] })).frames).toBe(2);
    expect(readBytes(wavBytes({ ...stereo, rf64: true, longDataSize: 4n })).frames).toBe(1);
  });
});

describe('a file whose writer never filled in its size is read to its end', () => {
  test.each<[string, Partial<WavSpec>]>([
    ['ffmpeg, to a pipe', { dataSize: 0xffff_ffff, riffSize: 0xffff_ffff }],
    ['arecord, to a pipe', { dataSize: 0x8000_0000, riffSize: 0x8000_0024 }],
    ['an older arecord', { dataSize: 0x7fff_ff00, riffSize: 0x7fff_ff24 }],
    ['sox, to a pipe', { dataSize: 0x7fff_f000, riffSize: 0x7fff_f024 }],
    ['a writer that was killed', { dataSize: 0, riffSize: 36 }],
    ['a writer of zeros', { dataSize: 0, riffSize: 0 }],
    ['a writer of zeros and ones', { dataSize: 0, riffSize: 0xffff_ffff }],
    ['RF64 to a pipe, all ones', { rf64: true, longDataSize: 0xffff_ffff_ffff_ffffn }],
    ['RF64 to a pipe, zero', { rf64: true, longDataSize: 0n }],
  ])('%s', (_, lie) => {
    expect(readBytes(wavBytes({ ...stereo, ...lie })).frames).toBe(2);
  });

  test("sox's size of 24-bit stereo, rounded down to a frame", () => {
    const bytes = wavBytes({ ...stereo, format: 'int24', dataSize: 0x7fff_effc, riffSize: 0x7fff_f020 });
    expect(readBytes(bytes).frames).toBe(2);
  });

  test('even if more came down the pipe than the size it wrote', () => {
    const bytes = wavBytes({ ...stereo, dataSize: 0x7fff_f000, riffSize: 0x7fff_f024 });
    const path = folder.put('take.wav', bytes);
    truncateSync(path, 44 + 0x7fff_f000 + 4000);
    const wav = openWav(path);
    wav.close();
    expect(wav.frames).toBe((0x7fff_f000 + 4000) / 4);
  });

  test('but a true size of 2 GiB is taken at its word, where another chunk follows', () => {
    const bytes = wavBytes({ ...stereo, dataSize: 0x8000_0000, riffSize: 0x8000_0024 + 4000 });
    const path = folder.put('take.wav', bytes);
    truncateSync(path, 44 + 0x8000_0000 + 4000);
    const wav = openWav(path);
    wav.close();
    expect(wav.frames).toBe(0x8000_0000 / 4);
  });

  test('what a dying writer left of its last frame is left out', () => {
    const bytes = wavBytes({ ...stereo, dataSize: 0xffff_ffff, riffSize: 0xffff_ffff });
    expect(readBytes(bytes.subarray(0, -1)).frames).toBe(1);
  });
});

describe('files that are refused, each with its code', () => {
  const whole = wavBytes(stereo);
  const mp3 = { ...stereo, tag: 0x55, bits: 0 };
  const data = chunk('data', sampleBytes('int16', stereo.samples));
  test.each<[string, string, string, Uint8Array | string]>([
    ['wav-not-wav', 'not a WAV file', 'text', 'This is not a sound.\n'],
    ['wav-not-wav', 'not a WAV file', 'a FLAC file', 'fLaC\0\0\0\x22 and so on'],
    ['wav-not-wav', 'not a WAV file', 'another RIFF file', 'RIFF\x04\0\0\0AVI '],
    ['wav-not-wav', 'not a WAV file', 'a big-endian WAV', 'RIFX\x04\0\0\0WAVE'],
    ['wav-truncated', 'within its header', 'one byte', 'R'],
    ['wav-truncated', 'within its header', 'half of the first header', whole.subarray(0, 10)],
    ['wav-truncated', 'before its data', 'nothing after the first header', whole.subarray(0, 12)],
    ['wav-truncated', 'within its header', 'half of a chunk header', whole.subarray(0, 17)],
    ['wav-truncated', 'within its fmt chunk', 'half of the format', whole.subarray(0, 30)],
    ['wav-truncated', 'before its data', 'no data although it was announced', whole.subarray(0, 36)],
    ['wav-truncated', '1 of the 2 frames', 'half of the data', whole.subarray(0, -4)],
    ['wav-truncated', '0 of the 2 frames', 'none of the data', whole.subarray(0, -8)],
    [
      'wav-truncated',
      '2 of the 100 frames',
      'RF64 with half of the data',
      wavBytes({ ...stereo, rf64: true, longDataSize: 400n }),
    ],
    ['wav-no-data', 'no data chunk', 'a format and no data', riff([formatChunk(stereo)])],
    ['wav-no-data', 'no data chunk', 'no chunks', riff([])],
    ['wav-no-frames', '0 frames', 'empty data', wavBytes({ ...stereo, samples: [] })],
    [
      'wav-no-frames',
      '0 frames',
      'empty data before another chunk',
      wavBytes({ ...stereo, samples: [], last: [data] }),
    ],
    ['wav-no-frames', '0 frames', 'half a frame', wavBytes({ ...stereo, dataSize: 2 })],
    [
      'wav-no-frames',
      '0 frames',
      'a pipe that broke at once',
      wavBytes({ ...stereo, samples: [], dataSize: 0xffff_ffff, riffSize: 0xffff_ffff }),
    ],
    ['wav-bad-header', 'data before its format', 'data first', riff([data, formatChunk(stereo)])],
    ['wav-bad-header', '14 bytes', 'a short format', riff([chunk('fmt ', Buffer.alloc(14)), data])],
    ['wav-bad-header', '0 channels', 'no channels', wavBytes({ ...stereo, channels: 0 })],
    ['wav-bad-header', '3 bytes a frame', 'a frame size that is not one', wavBytes({ ...stereo, frameBytes: 3 })],
    [
      'wav-bad-header',
      'at byte 36',
      'zeros where a chunk should start',
      riff([formatChunk(stereo), Buffer.alloc(40), data]),
    ],
    [
      'wav-bad-header',
      'sub-format',
      'extensible but short',
      riff([chunk('fmt ', Buffer.concat([Buffer.of(0xfe, 0xff), Buffer.alloc(16)])), data]),
    ],
    ['wav-format-unsupported', 'MP3 (format tag 0x0055)', 'MP3', wavBytes(mp3)],
    ['wav-format-unsupported', 'A-law (format tag 0x0006)', 'A-law', wavBytes({ ...stereo, tag: 6, bits: 8 })],
    ['wav-format-unsupported', 'IMA ADPCM', 'ADPCM', wavBytes({ ...stereo, tag: 0x11, bits: 4 })],
    ['wav-format-unsupported', 'format tag 0x1234', 'an unknown tag', wavBytes({ ...stereo, tag: 0x1234 })],
    ['wav-format-unsupported', '64-bit float', '64-bit float', wavBytes({ ...stereo, tag: 3, bits: 64 })],
    ['wav-format-unsupported', '8-bit PCM', '8 bit', wavBytes({ ...stereo, bits: 8 })],
    ['wav-format-unsupported', '20-bit PCM', '20 bit', wavBytes({ ...stereo, bits: 20 })],
    ['wav-format-unsupported', 'A-law', 'extensible A-law', wavBytes({ ...stereo, extensible: true, tag: 6, bits: 8 })],
    [
      'wav-format-unsupported',
      'GUID 0100',
      'ambisonics',
      wavBytes({ ...stereo, extensible: true, subFormat: '00002107d31186448c1ca00000000000' }),
    ],
    ['wav-too-many-channels', '6 channels', 'surround', wavBytes({ ...stereo, channels: 6, extensible: true })],
    ['wav-rate-out-of-range', '44099 Hz', 'too slow', wavBytes({ ...stereo, rate: 44_099 })],
    ['wav-rate-out-of-range', '96001 Hz', 'too fast', wavBytes({ ...stereo, rate: 96_001 })],
    ['file-empty', '0 bytes', 'an empty file', ''],
  ])('%s: %s (%s)', (code, says, _, bytes) => {
    const path = folder.put('take.wav', bytes);
    const error = userErrorOf(() => openWav(path));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(/^[^;]+: [^;]+; [^;]+; [^;]+$/);
    expect(error.message).toContain(`${path}: `);
    expect(error.message).toContain(says);
  });

  test('none is left open', () => {
    const path = folder.put('take.wav', 'This is not a sound.\n');
    const before = folder.openFiles();
    for (let count = 0; count < 20; count += 1) userErrorOf(() => openWav(path));
    userErrorOf(() => openWav(folder.folder));
    expect(folder.openFiles()).toBe(before);
  });

  test.each<[string, () => string]>([
    ['file-missing', () => folder.path('none.wav')],
    ['file-missing', () => `${folder.put('file', 'x')}/take.wav`],
    ['file-is-folder', () => folder.folder],
    ['file-not-regular', () => '/dev/zero'],
    ['file-not-readable', () => folder.path('x'.repeat(300))],
    ['file-not-readable', () => 'a\0b'],
  ])('%s', (code, path) => {
    const name = path();
    const error = userErrorOf(() => openWav(name));
    expect(error.code).toBe(code);
    expect(error.message.startsWith(`${name}: `)).toBe(true);
  });

  testAsOrdinaryUser('file-not-readable: without permission', () => {
    const path = folder.put('take.wav', whole);
    folder.mode('take.wav', 0o000);
    const error = asOrdinaryUser(() => userErrorOf(() => openWav(path)));
    expect([error.code, error.message.startsWith(`${path}: `)]).toEqual(['file-not-readable', true]);
  });

  test('file-missing: in a folder that is not there', () => {
    mkdirSync(folder.path('sets'));
    expect(userErrorOf(() => openWav(folder.path('sets/one/take.wav'))).code).toBe('file-missing');
  });
});

describe('a reader in use', () => {
  test('wav-truncated: the file shrinks under it', () => {
    const path = folder.put('take.wav', wavBytes({ ...stereo, samples: new Float32Array(2000) }));
    const wav = openWav(path);
    const block = new Float32Array(2000);
    expect(wav.read(block, 100)).toBe(100);
    truncateSync(path, 1000);
    const error = userErrorOf(() => wav.read(block, 900));
    expect(error.code).toBe('wav-truncated');
    expect(error.message).toContain(path);
    wav.close();
  });

  test('closes twice, and reads no more', () => {
    const before = folder.openFiles();
    const wav = openWav(folder.put('take.wav', wavBytes(stereo)));
    expect(folder.openFiles()).toBe(before + 1);
    wav.close();
    wav.close();
    expect(folder.openFiles()).toBe(before);
    expect(() => wav.read(new Float32Array(2), 1)).toThrow('read after close');
  });

  test.each([-1, 3, Number.NaN])('refuses to read %d frames into room for 2', (frames) => {
    const wav = openWav(folder.put('take.wav', wavBytes(stereo)));
    expect(() => wav.read(new Float32Array(sampleCount), frames)).toThrow(RangeError);
    wav.close();
  });
});

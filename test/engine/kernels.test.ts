import { whiteNoise } from '../../src/core/sound/noise.ts';
import { addBlended, addSamples } from '../../src/engine/kernels.ts';
import { seamTables } from '../../src/engine/seam.ts';

const random = whiteNoise(3);
const noise = (samples: number): Float32Array => Float32Array.from({ length: samples }, () => random());

describe('addSamples', () => {
  test.each([0, 2, 6, 8, 10, 16, 22, 510])('adds %i samples, each once, and leaves those around them', (count) => {
    const [from, to] = [noise(600), noise(600)];
    const before = to.slice();
    addSamples(from, 14, to, 20, count);
    const expected = before.map((sample, at) => (at >= 20 && at < 20 + count ? sample + (from[at - 6] ?? 0) : sample));
    expect(to).toEqual(expected);
  });
});

describe('addBlended', () => {
  test('adds the ending as it falls and the lead-in as it rises, both sides alike', () => {
    const [ending, leadIn, to] = [noise(400), noise(400), noise(400)];
    const before = to.slice();
    const seam = seamTables(64);
    addBlended({ samples: ending, at: 30 }, { samples: leadIn, at: 5 }, seam, 20, to, 12, 44);
    const expected = before.map((sample, at) => {
      const frame = (at - 12) >> 1;
      if (at < 12 || frame >= 44) return sample;
      const side = at % 2;
      const falls = (ending[(30 + frame) * 2 + side] ?? 0) * (seam.fadeOut[20 + frame] ?? 0);
      return sample + (falls + (leadIn[(5 + frame) * 2 + side] ?? 0) * (seam.fadeIn[20 + frame] ?? 0));
    });
    expect(to).toEqual(expected);
  });
});

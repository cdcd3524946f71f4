import fc from 'fast-check';
import { addProbe, type Probe, probeOf } from '../../../src/core/sound/probe.ts';

const rates = [44_100, 48_000, 96_000];

const rendered = (probe: Probe, blocks: readonly number[]): Float32Array => {
  const whole = new Float32Array(2 * probe.frames);
  let offset = 0;
  for (let block = 0; offset < probe.frames; block += 1) {
    const frames = Math.min(blocks[block % blocks.length] ?? 1, probe.frames - offset);
    addProbe(probe, whole.subarray(2 * offset, 2 * (offset + frames)), offset, frames);
    offset += frames;
  }
  return whole;
};

const bytes = (samples: Float32Array): Buffer => Buffer.from(samples.buffer);

/** The power of a sound at a frequency. */
const powerAt = (sound: Float32Array, hz: number, rate: number): number => {
  let [real, imaginary] = [0, 0];
  for (const [frame, sample] of sound.entries()) {
    real += sample * Math.cos((2 * Math.PI * hz * frame) / rate);
    imaginary += sample * Math.sin((2 * Math.PI * hz * frame) / rate);
  }
  return real * real + imaginary * imaginary;
};

describe.each(rates)('at %i Hz', (rate) => {
  const probe = probeOf(rate);

  test('the burst lasts 100 ms, peaks at a quarter of full scale, and begins and ends in silence', () => {
    expect(probe.burst).toHaveLength(rate / 10);
    expect(Math.max(...probe.burst.map(Math.abs))).toBeCloseTo(0.25, 3);
    expect(Math.abs(probe.burst[0] ?? 1)).toBeLessThan(0.002);
    expect(Math.abs(probe.burst.at(-1) ?? 1)).toBeLessThan(0.002);
  });

  test('the spectrum is flat from 100 Hz to near a third of the rate, within 4 dB', () => {
    const frequencies = Array.from({ length: 60 }, (_, index) => 100 * (rate / 3 / 110) ** (index / 59));
    const decibels = frequencies.map((hz) => 10 * Math.log10(powerAt(probe.burst, hz, rate)));
    const middle = decibels.toSorted((a, b) => a - b)[30] ?? 0;
    for (const level of decibels) expect(Math.abs(level - middle)).toBeLessThan(4);
  });

  test('each burst has room for the longest latency before the next one, and the last before the end', () => {
    const ends = [...probe.starts.slice(1), probe.frames];
    for (const [index, start] of probe.starts.entries()) {
      expect((ends[index] ?? 0) - start).toBeGreaterThanOrEqual(probe.longestFrames + probe.burst.length);
    }
    expect(probe.longestFrames).toBeGreaterThanOrEqual(0.75 * rate);
    expect(probe.starts[0]).toBe(probe.leadFrames);
    expect(probe.frames).toBe(9.5 * rate);
  });
});

test('no two distances between bursts are alike, nor a multiple of a period of mains hum', () => {
  const { starts } = probeOf(48_000);
  const distances = starts.flatMap((start, index) => starts.slice(index + 1).map((later) => (later - start) / 48));
  const neighbours = starts.slice(1).map((start, index) => (start - (starts[index] ?? 0)) / 48);
  for (const [index, one] of distances.entries()) {
    for (const other of distances.slice(index + 1)) expect(Math.abs(one - other)).toBeGreaterThan(1);
  }
  for (const distance of neighbours) {
    for (const periodMs of [20, 1000 / 60]) {
      expect(Math.abs(distance / periodMs - Math.round(distance / periodMs)) * periodMs).toBeGreaterThan(0.3);
    }
  }
});

test('as many bursts are up as down, and no shift of the pattern is the pattern', () => {
  const { signs } = probeOf(48_000);
  expect(signs).toHaveLength(8);
  expect(signs.reduce<number>((sum, sign) => sum + sign, 0)).toBe(0);
  for (let shift = 1; shift < 4; shift += 1) {
    const overlap = signs.slice(shift);
    const alike = overlap.filter((sign, index) => sign === signs[index]).length;
    expect(alike).toBeLessThan(overlap.length);
    expect(alike).toBeGreaterThan(0);
  }
});

test('what is played does not depend on the block size', () => {
  const probe = probeOf(8000);
  const whole = rendered(probe, [probe.frames]);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 5 }), (blocks) => {
      expect(Buffer.compare(bytes(rendered(probe, blocks)), bytes(whole))).toBe(0);
    }),
    { numRuns: 20 },
  );
  for (const [index, start] of probe.starts.entries()) {
    expect(whole[2 * (start + 100)]).toBe(Math.fround((probe.burst[100] ?? 0) * (probe.signs[index] ?? 0)));
    expect(whole[2 * (start + 100) + 1]).toBe(whole[2 * (start + 100)]);
  }
});

test('it is added to what the bus holds; before its beginning and after its end it adds nothing', () => {
  const probe = probeOf(48_000);
  const bus = new Float32Array(2 * 1000).fill(0.5);
  addProbe(probe, bus, -1000, 1000);
  addProbe(probe, bus, probe.frames, 1000);
  expect(bus.every((sample) => sample === 0.5)).toBe(true);
  const start = probe.starts[0] ?? 0;
  addProbe(probe, bus, start - 500, 1000);
  expect(bus[2 * 499]).toBe(0.5);
  expect(bus[2 * 700]).toBeCloseTo(0.5 + (probe.burst[200] ?? 0), 6);
  const early = new Float32Array(2 * (start + 1000));
  addProbe(probe, early, -500, start + 1000);
  expect(early[2 * (start + 500 + 50)]).toBe(probe.burst[50]);
});

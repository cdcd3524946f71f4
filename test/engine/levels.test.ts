import fc from 'fast-check';
import { Engine } from '../../src/engine/engine.ts';
import { SharedLevels } from '../../src/engine/levels.ts';
import type { EngineOptions, Pair } from '../../src/engine/protocol.ts';
import { stereo } from './looper.ts';
import { outlookOf } from './outlook.ts';

const fresh = (): SharedLevels => new SharedLevels(new SharedArrayBuffer(SharedLevels.bytes));
const float = fc.float({ noNaN: true, noDefaultInfinity: true });
const raise = (levels: SharedLevels, place: Parameters<SharedLevels['raise']>[0], samples: readonly number[]): void =>
  levels.raise(place, Float32Array.from(samples), 0, 1, samples.length);

test('the highest of all samples since the last look is read, and each look begins anew', () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.array(float))), (looks) => {
      const levels = fresh();
      for (const blocks of looks) {
        for (const block of blocks) raise(levels, 'outputRight', block);
        expect(levels.read()).toEqual({ input: [0, 0], output: [0, Math.max(0, ...blocks.flat().map(Math.abs))] });
      }
    }),
  );
});

test('who reads sees what another view of the same memory has raised', () => {
  const writer = fresh();
  raise(writer, 'inputLeft', [0.5]);
  raise(writer, 'inputRight', [-0.25]);
  raise(writer, 'outputLeft', [2]);
  expect(new SharedLevels(writer.buffer).read()).toEqual({ input: [0.5, 0.25], output: [2, 0] });
});

type Channels = Pick<EngineOptions, 'inputs' | 'outputs'>;

/** The levels of one block through a monitoring engine: `input(channel)` in the middle frame, silence around it. */
const levelsOf = (channels: Channels, input: (channel: number) => number) => {
  const engine = new Engine({ ...stereo, ...channels });
  const { parts, peaks } = outlookOf(channels);
  const frames = 63;
  const from = new Float32Array(frames * channels.inputs.channels);
  for (let channel = 0; channel < channels.inputs.channels; channel += 1)
    from[31 * channels.inputs.channels + channel] = input(channel);
  const to = new Float32Array(frames * channels.outputs.channels);
  engine.process(from, to, frames);
  parts.levels.take(from, to, frames);
  return peaks.read();
};

const pair = (left: number, right: number): Pair => [left, right];

test('the input is that of the pair that is played; the output is that of all pairs, each with its left and right', () => {
  const inputs = { channels: 4, pair: pair(2, 1) };
  const outputs = { channels: 6, loops: pair(0, 1), click: pair(2, 3), monitor: pair(5, 4) };
  expect(levelsOf({ inputs, outputs }, (channel) => -(channel + 1) / 8)).toEqual({
    input: [3 / 8, 2 / 8],
    output: [3 / 8, 2 / 8],
  });
});

test('a single channel is on both sides', () => {
  const inputs = { channels: 1, pair: pair(0, 0) };
  const outputs = { channels: 1, loops: pair(0, 0), click: pair(0, 0), monitor: pair(0, 0) };
  expect(levelsOf({ inputs, outputs }, () => 0.5)).toEqual({ input: [0.5, 0.5], output: [0.5, 0.5] });
});

test('more than full scale is told of the input; the output is limited', () => {
  const { input, output } = levelsOf({ ...stereo, outputs: { ...stereo.outputs, monitor: [0, 1] } }, () => 4);
  expect(input).toEqual([4, 4]);
  for (const level of output) {
    expect(level).toBeGreaterThan(0.9);
    expect(level).toBeLessThan(1);
  }
});

test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])('%s is silence', (sample) => {
  expect(levelsOf(stereo, () => sample)).toEqual({ input: [0, 0], output: [0, 0] });
});

import { Engine } from '../../src/engine/engine.ts';
import type { EngineOptions, Pair } from '../../src/engine/protocol.ts';
import { piecesFor } from './looper.ts';

const grid = { rate: 48000, bpm: 400, beatsPerBar: 1, origin: 0 };
const beat = 7200;

type Layout = {
  readonly inputs: EngineOptions['inputs'];
  readonly outputs: EngineOptions['outputs'];
  readonly click?: number;
};

const engineOn = ({ inputs, outputs, click = 0 }: Layout): Engine =>
  new Engine({
    grid,
    tapeFrames: 48000,
    loopFrames: 48000,
    tracks: 2,
    click: { volume: click, muted: false },
    inputs,
    outputs,
  });

/** Plays a beat of input, loops it, and gives the next beat's output: `input(channel)` on every frame of a channel. */
const looped = (layout: Layout, input: (channel: number) => number): Float32Array => {
  const engine = engineOn(layout);
  const { channels } = layout.inputs;
  const from = Float32Array.from({ length: 900 * channels }, (_, index) => input(index % channels));
  const to = new Float32Array(900 * layout.outputs.channels);
  for (let block = 0; block < 16; block += 1) engine.process(from, to, 900);
  const capture = { type: 'capture', track: 1, loopId: 1, grid, startBeat: 1, endBeat: 2, latencyFrames: 0 } as const;
  engine.apply(capture, piecesFor(8400));
  for (let block = 0; block < 2; block += 1) engine.process(from, to, 900);
  return to;
};

const outputs = (channels: number, loops: Pair, click = loops, monitor?: Pair): EngineOptions['outputs'] => ({
  channels,
  loops,
  click,
  monitor,
});

const frameOf = (output: Float32Array, channels: number): number[] => [...output.subarray(0, channels)];

const quarter = (channel: number): number => (channel + 1) / 8;

test('a pair of a larger interface comes in and another pair goes out; all other outputs are silent', () => {
  const layout = { inputs: { channels: 6, pair: [2, 3] as Pair }, outputs: outputs(4, [1, 3]) };
  expect(frameOf(looped(layout, quarter), 4)).toEqual([0, 3 / 8, 0, 4 / 8]);
});

test('a mono source is on both sides', () => {
  const layout = { inputs: { channels: 1, pair: [0, 0] as Pair }, outputs: outputs(2, [0, 1]) };
  expect(frameOf(looped(layout, quarter), 2)).toEqual([1 / 8, 1 / 8]);
});

test('a mono output has the mean of both sides', () => {
  const layout = { inputs: { channels: 2, pair: [0, 1] as Pair }, outputs: outputs(1, [0, 0]) };
  expect(frameOf(looped(layout, quarter), 1)).toEqual([3 / 16]);
});

test('the dry input goes nowhere unless it is monitored, and then only there', () => {
  const layout = { inputs: { channels: 2, pair: [0, 1] as Pair }, outputs: outputs(4, [0, 1], [0, 1], [2, 3]) };
  expect(frameOf(looped(layout, quarter), 4)).toEqual([1 / 8, 2 / 8, 1 / 8, 2 / 8]);
  const engine = engineOn(layout);
  const output = new Float32Array(4 * 64);
  engine.process(new Float32Array(2 * 64).fill(0.5), output, 64);
  expect(frameOf(output, 4)).toEqual([0, 0, 0.5, 0.5]);
});

test('a click on outputs of its own is not where the loops are', () => {
  const layout = { inputs: { channels: 2, pair: [0, 1] as Pair }, outputs: outputs(4, [0, 1], [2, 3]), click: 1 };
  const engine = engineOn(layout);
  const output = new Float32Array(4 * beat);
  for (let block = 0; block < 4; block += 1)
    engine.process(new Float32Array(2 * 900), output.subarray(block * 3600), 900);
  const loud = [0, 1, 2, 3].map((channel) => output.some((sample, index) => index % 4 === channel && sample !== 0));
  expect(loud).toEqual([false, false, true, true]);
});

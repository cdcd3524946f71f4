import { limited } from '../../src/engine/limiter.ts';
import { play } from './rig.ts';

const bar = 96000;
const stomp = (frame: number, track = 1) => ({ frame, command: { type: 'stomp', track } as const });

describe('the limiter', () => {
  test('leaves what is below -1 dBFS alone', () => {
    for (const sample of [0, 1e-9, -0.3, 0.89, -0.891]) expect(limited(sample)).toBe(sample);
  });

  test('rises all the way and never reaches full scale', () => {
    let last = 0;
    for (let sample = 0.8; sample < 1000; sample *= 1.01) {
      const out = limited(sample);
      expect(out).toBeGreaterThanOrEqual(last);
      expect(out).toBeLessThan(1);
      expect(limited(-sample)).toBe(-out);
      last = out;
    }
  });
});

test('eight loud loops and a click are limited and their clipping is said', () => {
  const tracks = Array.from({ length: 8 }, (_, index) => stomp(bar + 30000 + index * 10, index + 1));
  const { output, events, engine } = play(3 * bar, (frame) => Math.sin(frame * 0.05), tracks, { clickVolume: 1 });
  const clips = events.filter((event) => event.type === 'clip');
  expect(clips.length).toBeGreaterThanOrEqual(4);
  expect(clips.length).toBeLessThanOrEqual(8);
  expect(engine.clippedSamples).toBeGreaterThan(1000);
  expect(output.every((sample) => Math.abs(sample) < 1)).toBe(true);
});

test('below full scale no clipping is said', () => {
  const { events, engine } = play(3 * bar, (frame) => 0.99 * Math.sin(frame * 0.05), [stomp(bar + 30000)]);
  expect(events.some((event) => event.type === 'clip')).toBe(false);
  expect(engine.clippedSamples).toBe(0);
});

test('what is not a number in the input is silence in the loop, and what is around it is not touched', () => {
  const bad = new Map([
    [1000, Number.NaN],
    [1001, Number.POSITIVE_INFINITY],
    [1002, Number.NEGATIVE_INFINITY],
  ]);
  const { output } = play(3 * bar, (frame) => bad.get(frame) ?? 0.25, [stomp(bar + 500)]);
  expect([999, 1000, 1001, 1002, 1003].map((frame) => output[(bar + frame) * 2])).toEqual([0.25, 0, 0, 0, 0.25]);
  expect(output.every(Number.isFinite)).toBe(true);
});

test('two loops are the sum of both', () => {
  const input = (frame: number): number => (frame % 4096) / 16384;
  const { output } = play(4 * bar, input, [stomp(bar + 30000), stomp(2 * bar + 30000, 2)]);
  const frame = 3 * bar + 5000;
  expect(output[frame * 2]).toBeCloseTo(input(frame - 3 * bar) + input(frame - 2 * bar), 6);
});

describe('the click', () => {
  /** The frames at which silence ends. */
  const onsets = (output: Float32Array): number[] => {
    const found: number[] = [];
    let silent = 1000;
    for (let frame = 0; frame < output.length / 2; frame += 1) {
      const sounds = output[frame * 2] !== 0;
      if (sounds && silent > 100) found.push(frame);
      silent = sounds ? 0 : silent + 1;
    }
    return found;
  };
  const peak = (output: Float32Array, from: number): number =>
    output.subarray(from * 2, (from + 2000) * 2).reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);

  test('sounds on each beat, louder on the first of the bar', () => {
    const { output } = play(2 * bar, () => 0, [], { clickVolume: 1, beatsPerBar: 3 });
    expect(onsets(output)).toEqual([0, 1, 2, 3, 4, 5, 6, 7].map((beat) => beat * 24000 + 1));
    expect(peak(output, 0)).toBeGreaterThan(peak(output, 24000) * 1.3);
    expect(peak(output, 72000)).toBeCloseTo(peak(output, 0), 6);
  });

  test('is silent when muted and comes back on the next beat', () => {
    const { output } = play(
      2 * bar,
      () => 0,
      [
        { frame: 10_000, command: { type: 'muteClick' } },
        { frame: 60_000, command: { type: 'muteClick' } },
      ],
      { clickVolume: 1 },
    );
    expect(onsets(output)).toEqual([0, 3, 4, 5, 6, 7].map((beat) => beat * 24000 + 1));
  });

  test('a tempo change keeps the phase of the beat: no beat twice, none lost', () => {
    const { events } = play(6 * bar, () => 0, [{ frame: 24_000 * 2 + 12_000, command: { type: 'setBpm', bpm: 60 } }]);
    const beats = events.flatMap((event) => (event.type === 'beat' ? [[event.bar, event.beat, event.frame]] : []));
    expect(beats.slice(0, 5)).toEqual([
      [0, 0, 0],
      [0, 1, 24000],
      [0, 2, 48000],
      [0, 3, 84000],
      [1, 0, 132000],
    ]);
  });
});

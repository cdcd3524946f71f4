import type { Streamed } from '../../protocol/hindsight-v1.ts';

type Side = 'input' | 'output';
type Pair = readonly [number, number];

const decayPerSecond = 0.8;
const clipHoldMs = 1500;

/** What meters show: a peak at once, then slowly down, and a clip for long enough to be seen. 1 is full scale. */
export class Levels {
  #shown: Readonly<Record<Side, Pair>> = { input: [0, 0], output: [0, 0] };
  #atMs = 0;
  #clippedMs: Readonly<Record<Side, number>> = { input: Number.NEGATIVE_INFINITY, output: Number.NEGATIVE_INFINITY };

  heard({ input, output }: Streamed<'levels'>, nowMs: number): void {
    const now = { input: this.at('input', nowMs), output: this.at('output', nowMs) };
    const most = (a: Pair, b: Pair): Pair => [Math.max(a[0], b[0]), Math.max(a[1], b[1])];
    this.#shown = { input: most(now.input, input), output: most(now.output, output) };
    this.#atMs = nowMs;
    const clipped = (side: Side, pair: Pair): number => (Math.max(...pair) >= 0.999 ? nowMs : this.#clippedMs[side]);
    this.#clippedMs = { input: clipped('input', input), output: clipped('output', output) };
  }

  at(side: Side, nowMs: number): Pair {
    const fallen = (decayPerSecond * Math.max(0, nowMs - this.#atMs)) / 1000;
    const [left, right] = this.#shown[side];
    return [Math.max(0, left - fallen), Math.max(0, right - fallen)];
  }

  clips(side: Side, nowMs: number): boolean {
    return nowMs - this.#clippedMs[side] < clipHoldMs;
  }
}

/** A sample's share of a meter's height, by decibels from -60 up. */
export const meterShare = (sample: number): number =>
  sample <= 0.001 ? 0 : Math.min(1, 1 + (20 * Math.log10(sample)) / 60);

import { play } from './rig.ts';

const bar = 96000;
const stomp = (frame: number, track = 1) => ({ frame, command: { type: 'stomp', track } as const });

/** The largest step between neighbouring samples of one side in [from, to). */
const largestStep = (output: Float32Array, from: number, to: number): number => {
  let largest = 0;
  for (let frame = from + 1; frame < to; frame += 1) {
    largest = Math.max(largest, Math.abs((output[frame * 2] ?? 0) - (output[frame * 2 - 2] ?? 0)));
  }
  return largest;
};

/** A tone that does not fit into the bar, so that a cut would be heard. */
const tone = (frame: number): number => 0.5 * Math.sin(frame * 0.03137);
const slope = 0.5 * 0.03137;

describe('the seam', () => {
  test('has no step larger than the signal around it, from the first pass on', () => {
    const { output } = play(5 * bar, tone, [stomp(2 * bar + 30000)]);
    const steady = largestStep(output, 2 * bar + 40000, 3 * bar - 1200);
    expect(steady).toBeGreaterThan(slope * 0.9);
    for (const wrap of [3 * bar, 4 * bar]) {
      // Two unlike phases at equal power are at most sqrt 2 of one.
      expect(largestStep(output, wrap - 1300, wrap + 1300)).toBeLessThanOrEqual(steady * Math.SQRT2 * 1.01);
    }
  });

  test('ends on the frame that was played just before the start of the loop', () => {
    const { output } = play(5 * bar, tone, [stomp(2 * bar + 30000)]);
    expect(output[(3 * bar - 1) * 2]).toBe(Math.fround(tone(bar - 1)));
    expect(output[3 * bar * 2]).toBe(Math.fround(tone(bar)));
  });

  test('is the ending that falls and the lead-in that rises, sample by sample', () => {
    const { output } = play(6 * bar, tone, [stomp(2 * bar + 95000)]);
    const seam = 1200;
    for (const wrap of [4 * bar, 5 * bar]) {
      for (let index = 0; index < seam; index += 1) {
        const turn = ((index + 1) / seam) * (Math.PI / 2);
        const last = index + 1 === seam;
        const ending = Math.fround(tone(3 * bar - seam + index)) * (last ? 0 : Math.cos(turn));
        const leadIn = Math.fround(tone(2 * bar - seam + index)) * (last ? 1 : Math.sin(turn));
        expect(output[(wrap - seam + index) * 2]).toBe(Math.fround(ending + leadIn));
      }
    }
  });

  test('keeps the power of noise', () => {
    let state = 1;
    const samples = Float32Array.from({ length: 5 * bar }, () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state / 2 ** 32 - 0.5;
    });
    const { output } = play(5 * bar, (frame) => samples[frame] ?? 0, [stomp(2 * bar + 30000)]);
    const power = (from: number, to: number): number => {
      let sum = 0;
      for (let frame = from; frame < to; frame += 1) sum += (output[frame * 2] ?? 0) ** 2;
      return sum / (to - from);
    };
    const ratio = power(3 * bar - 1200, 3 * bar) / power(2 * bar + 40000, 3 * bar - 1200);
    expect(ratio).toBeGreaterThan(0.85);
    expect(ratio).toBeLessThan(1.15);
  });
});

describe('starts and stops', () => {
  const even = (): number => 0.5;

  test('ramp within 10 ms, without a step', () => {
    const { output, events } = play(7 * bar, even, [
      stomp(2 * bar + 30000),
      stomp(3 * bar + 500),
      stomp(5 * bar + 500),
    ]);
    const tracks = events.flatMap((event) => (event.type === 'track' ? [[event.state, event.frame]] : []));
    expect(tracks.slice(2)).toEqual([
      ['PLAYING', 2 * bar + 30000],
      ['STOPPING', 3 * bar + 500],
      ['STOPPED', 4 * bar],
      ['TRIGGERED', 5 * bar + 500],
      ['PLAYING', 6 * bar],
    ]);
    for (const [edge, silentAfter] of [
      [2 * bar + 30000, false],
      [4 * bar, true],
      [6 * bar, false],
    ] as const) {
      expect(largestStep(output, edge - 480, edge + 480)).toBeLessThan(0.01);
      const loud = silentAfter ? edge - 1300 : edge + 480;
      expect(output[loud * 2]).toBe(0.5);
      expect(output[(silentAfter ? edge : edge - 1) * 2]).toBe(0);
    }
  });

  test('a cleared loop fades within 10 ms and is gone', () => {
    const { output } = play(4 * bar, even, [
      stomp(2 * bar + 30000),
      { frame: 2 * bar + 50000, command: { type: 'reset' } },
    ]);
    expect(largestStep(output, 2 * bar + 49000, 2 * bar + 51000)).toBeLessThan(0.01);
    expect(output.subarray((2 * bar + 50480) * 2).every((sample) => sample === 0)).toBe(true);
  });

  test('a track that is captured anew while its last loop fades fades on', () => {
    const { output } = play(4 * bar, even, [
      stomp(2 * bar + 30000),
      { frame: 2 * bar + 50000, command: { type: 'clear', track: 1 } },
      stomp(2 * bar + 50020),
    ]);
    expect(largestStep(output, 2 * bar + 49000, 2 * bar + 51000)).toBeLessThan(0.01);
    expect(output[(2 * bar + 51000) * 2]).toBe(0.5);
  });

  test('a stop that is taken back within its ramp leaves no step', () => {
    const { output, events } = play(4 * bar, even, [
      stomp(2 * bar + 30000),
      stomp(3 * bar - 5000),
      stomp(3 * bar - 60),
    ]);
    expect(events.at(-1)).toMatchObject({ type: 'beat' });
    expect(events.filter((event) => event.type === 'track').at(-1)).toMatchObject({
      state: 'PLAYING',
      frame: 3 * bar - 60,
    });
    expect(largestStep(output, 2 * bar + 40000, 4 * bar)).toBeLessThan(0.02);
    expect(output[(3 * bar + 1000) * 2]).toBe(0.5);
  });

  test('a stop that comes too late for its line fades as soon as it can', () => {
    const { events, output } = play(4 * bar, even, [stomp(2 * bar + 30000), stomp(3 * bar - 10)]);
    const stopped = events.find((event) => event.type === 'track' && event.state === 'STOPPED');
    expect(stopped?.frame).toBeGreaterThan(3 * bar);
    expect(stopped?.frame).toBeLessThan(3 * bar + 480);
    expect(largestStep(output, 3 * bar - 480, 3 * bar + 480)).toBeLessThan(0.01);
  });
});

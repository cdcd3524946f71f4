import type { SessionEvent } from '../../src/core/session/event.ts';
import { frameOfBeat } from '../../src/core/time/grid.ts';
import { play, type Stomp } from '../engine/rig.ts';

/** Faults of the seed (seed-contract.md) that are heard. Each played on the offline rig: session and engine together. */

const bar = 96_000;
const stomp = (frame: number, track = 1): Stomp => ({ frame, command: { type: 'stomp', track } });
const reset = (frame: number): Stomp => ({ frame, command: { type: 'reset' } });
/** Each frame its own sample, exact in a 32-bit float. */
const coded = (frame: number): number => (frame + 1) / 2 ** 21;
const silence = (): number => 0;

const states = (events: readonly SessionEvent[], track = 1): string[] =>
  events.flatMap((event) => (event.type === 'track' && event.track === track ? [event.state] : []));

const left = (output: Float32Array, frame: number): number => output[frame * 2] ?? Number.NaN;
const isSilent = (output: Float32Array, from: number, to = output.length / 2): boolean =>
  output.subarray(from * 2, to * 2).every((sample) => sample === 0);
const bytes = (samples: Float32Array): Buffer => Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
const same = (a: Float32Array, b: Float32Array, from = 0): boolean =>
  bytes(a.subarray(from * 2)).equals(bytes(b.subarray(from * 2)));

describe('fault 1: actions in bar 0 are ignored silently', () => {
  test('an early stomp in bar 0 loops bar 0', () => {
    const { output, events } = play(3 * bar, coded, [stomp(80_000)]);
    expect(states(events)).toEqual(['TRIGGERED', 'RECORDING', 'PLAYING']);
    expect(left(output, bar + 5000)).toBe(coded(5000));
  });

  test('a late stomp in bar 0 loops what was before: silence, and the track plays', () => {
    const { output, events } = play(2 * bar, coded, [stomp(10_000)]);
    expect(states(events)).toEqual(['TRIGGERED', 'RECORDING', 'PLAYING']);
    expect(isSilent(output, 0)).toBe(true);
  });
});

describe('fault 3: reset while RECORDING: the loop starts playing later while its state says EMPTY', () => {
  test.each([
    ['RECORDING', [stomp(bar + 80_000), reset(bar + 90_000)]],
    ['TRIGGERED', [stomp(bar + 1000), stomp(2 * bar + 1000), stomp(3 * bar + 1000), reset(3 * bar + 90_000)]],
    ['STOPPING', [stomp(bar + 1000), stomp(2 * bar + 1000), reset(2 * bar + 90_000)]],
    ['PLAYING', [stomp(bar + 1000), reset(2 * bar + 90_000)]],
  ] as const)('a reset in %s is followed by silence and by nothing of that track', (state, stomps) => {
    const end = (stomps.at(-1)?.frame ?? 0) + 480;
    const { output, events } = play(7 * bar, coded, stomps);
    expect(states(events).slice(-2)).toEqual([state, 'EMPTY']);
    expect(isSilent(output, end)).toBe(true);
    expect(events.filter((event) => event.frame > end && event.type !== 'beat')).toEqual([]);
  });
});

describe('fault 5: the tempo can change under playing loops; bpm 0 is stored and then divides by zero', () => {
  const settings = [
    { type: 'setBpm', bpm: 90 },
    { type: 'setBpm', bpm: 0 },
    { type: 'setBpm', bpm: Number.NaN },
    { type: 'setBeatsPerBar', beatsPerBar: 3 },
  ] as const;

  test('while a loop plays they are refused, and the sound is as if they had not been asked for', () => {
    const asked = settings.map((command, index) => ({ frame: 2 * bar + index * 5000, command }));
    const asking = play(5 * bar, coded, [stomp(bar + 1000), ...asked]);
    const without = play(5 * bar, coded, [stomp(bar + 1000)]);
    const codes = asking.events.flatMap((event) => (event.type === 'refused' ? [event.code] : []));
    expect(codes).toEqual(['tracks-not-empty', 'out-of-range', 'out-of-range', 'tracks-not-empty']);
    expect(same(asking.output, without.output)).toBe(true);
    expect(isSilent(without.output, 4 * bar)).toBe(false);
  });

  test('a tempo of 0 is refused while all is empty, and the beats go on', () => {
    const { events, session } = play(2 * bar, silence, [{ frame: 1000, command: { type: 'setBpm', bpm: 0 } }]);
    expect(events.filter(({ type }) => type === 'refused')).toMatchObject([{ code: 'out-of-range' }]);
    expect(session.bpm).toBe(120);
    expect(events.filter(({ type }) => type === 'beat').map(({ frame }) => frame)).toEqual(
      [0, 1, 2, 3, 4, 5, 6, 7].map((beat) => beat * 24_000),
    );
  });
});

describe('fault 10: loops are windows on one tape, and the cross-fade is written into the tape', () => {
  const wave = (frame: number): number => 0.4 * Math.sin(frame * 0.03137);

  test('a loop that overlaps another sounds the same whether the other one is there or not', () => {
    const both = play(7 * bar, wave, [
      stomp(3 * bar + 1000),
      { ...stomp(3 * bar + 2000, 2), command: { type: 'record', track: 2, bars: 2 } },
      { frame: 4 * bar + 50_000, command: { type: 'clear', track: 1 } },
    ]);
    const alone = play(7 * bar, wave, [{ frame: 3 * bar + 2000, command: { type: 'record', track: 2, bars: 2 } }]);
    expect(same(both.output, alone.output, 4 * bar + 51_000)).toBe(true);
    expect(isSilent(alone.output, 6 * bar)).toBe(false);
  });

  test('a loop that is captured from where another one has its seam holds what was played, not a blend', () => {
    const { output } = play(7 * bar, coded, [
      stomp(2 * bar + 1000),
      { frame: 3 * bar + 1000, command: { type: 'clear', track: 1 } },
      { frame: 3 * bar + 2000, command: { type: 'record', track: 2, bars: 2 } },
    ]);
    // Its second bar's line lies in the middle of the loop: the seam of the first one was there.
    for (const frame of [2 * bar - 1200, 2 * bar - 600, 2 * bar - 1]) {
      expect(left(output, frame + 2 * bar)).toBe(coded(frame));
    }
  });

  test('the first pass has its cross-fade: it ends on what was played just before the loop', () => {
    const { output } = play(4 * bar, coded, [stomp(2 * bar + 1000)]);
    expect(left(output, 3 * bar - 1)).toBe(coded(bar - 1));
    expect(left(output, 3 * bar - 1200 - 1)).toBe(coded(2 * bar - 1200 - 1));
  });
});

describe('fault 11: a latency change moves every playing loop', () => {
  test('a new latency leaves the loops that are there as they are, to the sample', () => {
    const change: Stomp = { frame: 2 * bar + 5000, command: { type: 'setLatency', frames: 4800 } };
    const stomps = [stomp(bar + 1000), stomp(2 * bar + 1000), stomp(3 * bar + 1000)];
    const changed = play(7 * bar, coded, [...stomps.slice(0, 2), change, ...stomps.slice(2)], { latencyFrames: 480 });
    const kept = play(7 * bar, coded, stomps, { latencyFrames: 480 });
    expect(same(changed.output, kept.output)).toBe(true);
    expect(left(kept.output, 5 * bar + 5000)).toBe(coded(5000 + 480));
    expect(changed.session.state.latencyFrames).toBe(4800);
  });
});

describe('fault 12: two clocks: the grid follows the wall clock, the sound follows the samples; a loop slides against the click', () => {
  test('every pass starts on the very frame of its beat, after minutes too', () => {
    const rate = 44_100;
    const bpm = 399.7;
    const grid = { rate, bpm, beatsPerBar: 1, origin: 0 };
    const passes = 600;
    const end = frameOfBeat(grid, 10 + passes);
    // A dirac on beat 8 is the first sample of the loop.
    const input = (frame: number): number => (frame === frameOfBeat(grid, 8) ? 0.5 : 0);
    const { output, events } = play(end + 10, input, [stomp(frameOfBeat(grid, 9) + 10)], { rate, bpm, beatsPerBar: 1 });
    const beats = events.flatMap((event) => (event.type === 'beat' && event.bar > 9 ? [event.frame] : []));
    const heard: number[] = [];
    for (let frame = frameOfBeat(grid, 10); frame < end + 10; frame += 1)
      if (left(output, frame) !== 0) heard.push(frame);
    expect(beats).toHaveLength(passes + 1);
    expect(heard).toEqual(beats);
    expect(new Set(beats.slice(1).map((frame, index) => frame - (beats[index] ?? 0)))).toEqual(new Set([6619, 6620]));
  });
});

describe('fault 15: eight loops and a click can clip, unnoticed', () => {
  test('clipping is told, and what comes out stays below full scale', () => {
    const all = [1, 2, 3, 4, 5, 6, 7, 8].map((track) => stomp(bar + 1000 + track, track));
    const { output, events, engine } = play(2 * bar, () => 0.9, all, { clickVolume: 1 });
    expect(events.some(({ type }) => type === 'clip')).toBe(true);
    expect(engine.clippedSamples).toBeGreaterThan(0);
    expect(output.every((sample) => Math.abs(sample) < 1)).toBe(true);
  });

  test('a single loop below full scale is not told of', () => {
    const { events, engine } = play(2 * bar, () => 0.9, [stomp(bar + 1000)]);
    expect([events.some(({ type }) => type === 'clip'), engine.clippedSamples]).toEqual([false, 0]);
  });
});

import fc from 'fast-check';
import { frameOfBeat, type Grid } from '../../src/core/time/grid.ts';
import { play, settings } from './rig.ts';

/** Each sample says which one it is: exact in a 32-bit float, other on each side, below -1 dBFS. */
const coded = (frame: number, side: number): number => (frame + 1) / 2 ** 23 + side * 2 ** -24;

const seam = (rate: number): number => Math.round(rate * 0.025);
const ramp = (rate: number): number => Math.round(rate * 0.01);

/** The frames at which what sounds is not the captured input, sample by sample, outside seams and the start's ramp. */
const strangers = (
  output: Float32Array,
  grid: Grid,
  loop: { startFrame: number; anchorBeat: number; beats: number; latency: number },
  from: number,
  to: number,
): number[] => {
  const wrong: number[] = [];
  for (let beat = loop.anchorBeat; frameOfBeat(grid, beat) < to; beat += loop.beats) {
    const passStart = frameOfBeat(grid, beat);
    const passEnd = frameOfBeat(grid, beat + loop.beats) - seam(grid.rate);
    for (let frame = Math.max(passStart, from); frame < Math.min(passEnd, to); frame += 1) {
      const source = loop.startFrame + loop.latency + frame - passStart;
      for (const side of [0, 1]) {
        const expected = source < 0 ? 0 : coded(source, side);
        if (output[frame * 2 + side] !== expected) wrong.push(frame);
      }
    }
  }
  return wrong;
};

const playing = (events: ReturnType<typeof play>['events'], track = 1) =>
  events.find((event) => event.type === 'track' && event.track === track && event.state === 'PLAYING');

test('a late stomp plays the bars before this one, at once and in phase', () => {
  const bar = 96000;
  const stomp = bar + 30000;
  const { output, events } = play(4 * bar, coded, [{ frame: stomp, command: { type: 'stomp', track: 1 } }]);
  expect(events.filter((event) => event.type === 'track')).toEqual([
    { type: 'track', frame: stomp, track: 1, state: 'TRIGGERED', startFrame: 0, endFrame: bar },
    { type: 'track', frame: stomp, track: 1, state: 'RECORDING', startFrame: 0, endFrame: bar },
    { type: 'track', frame: stomp, track: 1, state: 'PLAYING', startFrame: 0, endFrame: bar },
  ]);
  const grid = { rate: 48000, bpm: 120, beatsPerBar: 4, origin: 0 };
  const loop = { startFrame: 0, anchorBeat: 4, beats: 4, latency: 0 };
  expect(strangers(output, grid, loop, stomp + 480, 4 * bar)).toEqual([]);
  expect(output.subarray(0, stomp * 2).every((sample) => sample === 0)).toBe(true);
});

test('an early stomp records up to the next bar line and plays from it', () => {
  const bar = 96000;
  const stomp = bar + 80000;
  const { output, events } = play(4 * bar, coded, [{ frame: stomp, command: { type: 'stomp', track: 1 } }]);
  expect(events.filter((event) => event.type === 'track')).toEqual([
    { type: 'track', frame: stomp, track: 1, state: 'TRIGGERED', startFrame: bar, endFrame: 2 * bar },
    { type: 'track', frame: stomp, track: 1, state: 'RECORDING', startFrame: bar, endFrame: 2 * bar },
    { type: 'track', frame: 2 * bar, track: 1, state: 'PLAYING', startFrame: bar, endFrame: 2 * bar },
  ]);
  const grid = { rate: 48000, bpm: 120, beatsPerBar: 4, origin: 0 };
  const loop = { startFrame: bar, anchorBeat: 8, beats: 4, latency: 0 };
  expect(strangers(output, grid, loop, 2 * bar + 480, 4 * bar)).toEqual([]);
});

test('what was before the first frame is silence', () => {
  const { output } = play(96000 * 3, coded, [{ frame: 96000 + 10, command: { type: 'record', track: 1, bars: 2 } }]);
  expect(output.subarray((96000 + 1000) * 2, (96000 * 2 - 1200) * 2).every((sample) => sample === 0)).toBe(true);
  expect(output[(96000 * 2 + 2000) * 2]).toBe(coded(2000, 0));
});

test('every pass of every loop is the captured input at its own frames, at any tempo, meter, latency and block size', () => {
  const scenario = fc.record({
    bpm: fc.double({ min: 120, max: 400, noNaN: true }),
    beatsPerBar: fc.integer({ min: 1, max: 7 }),
    bars: fc.integer({ min: 1, max: 3 }),
    rate: fc.constantFrom(44100, 48000, 96000),
    latency: fc.integer({ min: 0, max: 4000 }),
    block: fc.constantFrom(31, 32, 63, 64, 128, 441, 1024, 4096),
    at: fc.double({ min: 0.3, max: 0.6, noNaN: true }),
  });
  fc.assert(
    fc.property(scenario, ({ bpm, beatsPerBar, bars, rate, latency, block, at }) => {
      const frames = rate * 2;
      const stomp = Math.floor(frames * at);
      const { output, events, session } = play(
        frames,
        coded,
        [{ frame: stomp, command: { type: 'record', track: 1, bars } }],
        { bpm, beatsPerBar, rate, latencyFrames: latency, block, tapeFrames: rate * 12 },
      );
      const refused = events.find((event) => event.type === 'refused');
      if (refused !== undefined) return refused.code === 'latency-too-long';
      const started = playing(events);
      if (started?.type !== 'track' || started.startFrame === undefined) return false;
      const grid = session.state.grid;
      const track = session.state.tracks[0];
      if (track?.state !== 'PLAYING') return false;
      const { startBeat, endBeat, startFrame } = track.loop;
      const loop = { startFrame, anchorBeat: endBeat, beats: endBeat - startBeat, latency };
      return strangers(output, grid, loop, started.frame + ramp(rate), frames).length === 0;
    }),
    { numRuns: 40, seed: 7 },
  );
});

test('the output is the same to the bit for every block size', () => {
  const stomps = [
    { frame: 40_000, command: { type: 'stomp', track: 1 } },
    { frame: 50_001, command: { type: 'stomp', track: 2 } },
    { frame: 90_000, command: { type: 'stomp', track: 1 } },
    { frame: 120_333, command: { type: 'stomp', track: 1 } },
    { frame: 140_000, command: { type: 'clear', track: 2 } },
    { frame: 140_050, command: { type: 'stomp', track: 2 } },
  ] as const;
  const noise = (frame: number, side: number): number => Math.sin(frame * 0.05 + side) * 0.7;
  const take = (block: number) =>
    play(200_000, noise, stomps, { block, bpm: 171.3, clickVolume: 0.9, latencyFrames: 700, tracks: 3 });
  const reference = take(256);
  for (const block of [1, 2, 63, 100, 1000, 4096]) {
    const other = take(block);
    expect(other.events).toEqual(reference.events);
    expect(Buffer.compare(Buffer.from(other.output.buffer), Buffer.from(reference.output.buffer))).toBe(0);
  }
});

test('a loop keeps its latency when the session gets another one', () => {
  const bar = 96000;
  const { output } = play(5 * bar, coded, [
    { frame: 1000, command: { type: 'setLatency', frames: 480 } },
    { frame: bar + 30000, command: { type: 'stomp', track: 1 } },
    { frame: bar + 40000, command: { type: 'setLatency', frames: 9600 } },
  ]);
  const grid = { ...settings, origin: 0 };
  const loop = { startFrame: 0, anchorBeat: 4, beats: 4, latency: 480 };
  expect(strangers(output, grid, loop, bar + 31000, 5 * bar)).toEqual([]);
});

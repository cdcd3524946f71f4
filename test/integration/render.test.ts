import { expectInput, expectSilence, firstDifference } from './heard.ts';
import { coded, codedInput, ofType, type Played, renderer, reset, stomp } from './show.ts';

/** At 240 BPM and 48 kHz a bar is a second; N is 1. */
const bar = 48_000;
/** 10 ms: the longest ramp; 25 ms: the seam. */
const ramp = 480;
const seam = 1200;

const play = renderer({ bpm: 240, bars: 1 });

/** The states of a track with their frames. */
const states = ({ lines }: Played, track = 1) =>
  ofType(lines, 'track')
    .filter((line) => line.track === track)
    .map(({ frame, state }) => [frame, state]);

const loopOf = ({ lines }: Played, track = 1) => {
  const line = ofType(lines, 'track').find((one) => one.track === track);
  return [line?.startFrame, line?.endFrame];
};

describe('a late stomp', () => {
  test('loops the bar that ended where this one began, at once and in phase', async () => {
    const at = 2 * bar + 10_000;
    const played = await play({ frames: 6 * bar, messages: [stomp(at, 1)] });
    const { sound } = played;
    expect(sound.frames).toBe(6 * bar);
    expect(sound.rate).toBe(48_000);
    expect(loopOf(played)).toEqual([bar, 2 * bar]);
    expect(states(played)).toEqual([
      [at, 'TRIGGERED'],
      [at, 'RECORDING'],
      [at, 'PLAYING'],
    ]);
    expectSilence(sound, 0, at);
    expectInput(sound, at + ramp, 3 * bar - seam, bar);
    for (let pass = 3; pass < 6; pass += 1) {
      expectInput(sound, pass * bar, (pass + 1) * bar - seam, (pass - 1) * bar);
    }
  });

  test('at exactly three quarters of the bar is still late, a frame later is early', async () => {
    const late = await play({ frames: 4 * bar, messages: [stomp(2 * bar + 36_000, 1)] });
    expect(loopOf(late)).toEqual([bar, 2 * bar]);
    const early = await play({ frames: 4 * bar, messages: [stomp(2 * bar + 36_001, 1)] });
    expect(loopOf(early)).toEqual([2 * bar, 3 * bar]);
  });

  test('on the bar line itself loops the bar that just ended', async () => {
    const played = await play({ frames: 4 * bar, messages: [stomp(2 * bar, 1)] });
    expect(loopOf(played)).toEqual([bar, 2 * bar]);
    expectInput(played.sound, 2 * bar + ramp, 3 * bar - seam, bar);
  });

  test('before a whole bar was played loops the silence before the start', async () => {
    const played = await play({ frames: 3 * bar, messages: [stomp(1000, 1)] });
    expect(loopOf(played)).toEqual([-bar, 0]);
    expect(states(played).at(-1)).toEqual([1000, 'PLAYING']);
    expectSilence(played.sound, 0, bar - seam);
    expectSilence(played.sound, bar, 2 * bar - seam);
  });
});

describe('an early stomp', () => {
  const at = 2 * bar + 40_000;

  test('loops the bar that ends at the next line, from that line on', async () => {
    const played = await play({ frames: 6 * bar, messages: [stomp(at, 1)] });
    expect(loopOf(played)).toEqual([2 * bar, 3 * bar]);
    expect(states(played)).toEqual([
      [at, 'TRIGGERED'],
      [at, 'RECORDING'],
      [3 * bar, 'PLAYING'],
    ]);
    expectSilence(played.sound, 0, 3 * bar);
    expectInput(played.sound, 3 * bar + ramp, 4 * bar - seam, bar);
    expectInput(played.sound, 4 * bar, 5 * bar - seam, 2 * bar);
  });

  test('stomped on once more while it records is dropped, for good', async () => {
    const played = await play({ frames: 6 * bar, messages: [stomp(at, 1), stomp(at + 3000, 1)] });
    expect(states(played)).toEqual([
      [at, 'TRIGGERED'],
      [at, 'RECORDING'],
      [at + 3000, 'EMPTY'],
    ]);
    expectSilence(played.sound, 0, 6 * bar);
  });

  test('can come before the first bar has passed', async () => {
    const played = await play({ frames: 3 * bar, messages: [stomp(bar - 1000, 1)] });
    expect(loopOf(played)).toEqual([0, bar]);
    expectInput(played.sound, bar + ramp, 2 * bar - seam, bar);
  });

  test('means what the threshold of the config says', async () => {
    const session = { bpm: 240, bars: 1, retroThreshold: 0.25 };
    const played = await play({ frames: 3 * bar, messages: [stomp(bar + 12_001, 1)], config: { session } });
    expect(loopOf(played)).toEqual([bar, 2 * bar]);
  });
});

describe('a loop of two bars', () => {
  const session = { bpm: 240, bars: 2 };
  const record = stomp(3 * bar + 100, 1);

  test('stops at the bar and starts from its beginning at the bar', async () => {
    const messages = [record, stomp(4 * bar + 500, 1), stomp(7 * bar + 1, 1)];
    const played = await play({ frames: 12 * bar, messages, config: { session } });
    const { sound } = played;
    expect(loopOf(played)).toEqual([bar, 3 * bar]);
    expect(states(played).slice(3)).toEqual([
      [4 * bar + 500, 'STOPPING'],
      [5 * bar, 'STOPPED'],
      [7 * bar + 1, 'TRIGGERED'],
      [8 * bar, 'PLAYING'],
    ]);
    expectInput(sound, 3 * bar + 100 + ramp, 5 * bar - seam, 2 * bar);
    expectSilence(sound, 5 * bar + ramp, 8 * bar);
    expectInput(sound, 8 * bar + ramp, 10 * bar - seam, 7 * bar);
    expectInput(sound, 10 * bar, 12 * bar - seam, 9 * bar);
  });

  test('stops in the middle, where a bar ends', async () => {
    const messages = [record, stomp(3 * bar + 20_000, 1)];
    const played = await play({ frames: 6 * bar, messages, config: { session } });
    expect(states(played).at(-1)).toEqual([4 * bar, 'STOPPED']);
    expectInput(played.sound, 3 * bar + 100 + ramp, 4 * bar - ramp, 2 * bar);
    expectSilence(played.sound, 4 * bar + ramp, 6 * bar);
  });

  test('goes on unbroken when the stop is taken back', async () => {
    const messages = [record, stomp(3 * bar + 20_000, 1), stomp(3 * bar + 30_000, 1)];
    const played = await play({ frames: 8 * bar, messages, config: { session } });
    expect(states(played).slice(3)).toEqual([
      [3 * bar + 20_000, 'STOPPING'],
      [3 * bar + 30_000, 'PLAYING'],
    ]);
    expectInput(played.sound, 3 * bar + 100 + ramp, 5 * bar - seam, 2 * bar);
    expectInput(played.sound, 5 * bar, 7 * bar - seam, 4 * bar);
  });

  test('stays silent when the start is taken back', async () => {
    const messages = [record, stomp(3 * bar + 20_000, 1), stomp(5 * bar + 20_000, 1), stomp(5 * bar + 30_000, 1)];
    const played = await play({ frames: 9 * bar, messages, config: { session } });
    expect(states(played).slice(4)).toEqual([
      [4 * bar, 'STOPPED'],
      [5 * bar + 20_000, 'TRIGGERED'],
      [5 * bar + 30_000, 'STOPPED'],
    ]);
    expectSilence(played.sound, 4 * bar + ramp, 9 * bar);
  });
});

test('reset empties tracks in all states, and nothing sounds ever after', async () => {
  const at = 5 * bar + 40_000;
  const [playing, stopping, stopped, triggered, recording] = [1, 2, 3, 4, 5];
  const messages = [
    ...[playing, stopping, stopped, triggered].map((track) => stomp(2 * bar + track, track)),
    ...[stomp(3 * bar + 1, stopped), stomp(3 * bar + 2, triggered)],
    ...[stomp(5 * bar + 10, stopping), stomp(5 * bar + 20, triggered), stomp(at - 3000, recording)],
    reset(at),
  ];
  const played = await play({ frames: 9 * bar, messages });
  const before = [playing, stopping, stopped, triggered, recording].map((track) => states(played, track).at(-2)?.[1]);
  expect(before).toEqual(['PLAYING', 'STOPPING', 'STOPPED', 'TRIGGERED', 'RECORDING']);
  for (let track = 1; track <= 5; track += 1) expect(states(played, track).at(-1)).toEqual([at, 'EMPTY']);
  expectSilence(played.sound, at + ramp, 9 * bar);
});

test('loops that overlap on the tape leave each other alone, and sum up', async () => {
  const messages = [stomp(2 * bar + 100, 1), stomp(2 * bar + 200, 2), stomp(3 * bar + 40_000, 3)];
  const { sound } = await play({ frames: 7 * bar, messages });
  const twoOfBarOne = (frame: number, side: 0 | 1) => 2 * coded(frame - bar, side);
  expect(firstDifference(sound, 3 * bar - 10_000, 3 * bar - seam, twoOfBarOne)).toBeUndefined();
  const withBarThree = (frame: number, side: 0 | 1) => 2 * coded(frame - 4 * bar, side) + coded(frame - 2 * bar, side);
  expect(firstDifference(sound, 5 * bar, 6 * bar - seam, withBarThree)).toBeUndefined();
});

describe('with a latency', () => {
  test.each([1, 333, 4800])('of %d frames a loop is the input that came in later by it', async (latency) => {
    const messages = [
      stomp(2 * bar + 100, 1),
      stomp(2 * bar + 40_000, 2),
      stomp(4 * bar + 5, 2),
      stomp(5 * bar + 5, 1),
    ];
    const options = ['--latency', String(latency)];
    const played = await play({ frames: 8 * bar, messages, options });
    expect(loopOf(played, 1)).toEqual([bar, 2 * bar]);
    expect(loopOf(played, 2)).toEqual([2 * bar, 3 * bar]);
    expectInput(played.sound, 2 * bar + 100 + ramp, 3 * bar - seam, bar - latency);
    expectInput(played.sound, 5 * bar + ramp, 6 * bar - seam, 4 * bar - latency);
    expectSilence(played.sound, 6 * bar + ramp, 8 * bar);
  });

  test('of the config, which the option replaces', async () => {
    const show = { frames: 4 * bar, messages: [stomp(2 * bar, 1)], config: { audio: { latencyFrames: 700 } } };
    expectInput((await play(show)).sound, 2 * bar + ramp, 3 * bar - seam, bar - 700);
    const { sound } = await play({ ...show, options: ['--latency', '0'] });
    expectInput(sound, 2 * bar + ramp, 3 * bar - seam, bar);
  });
});

test('one loop just below -1 dBFS comes back to the bit', async () => {
  const loud = (at: number) => Math.fround((((at * 7919) % 20_001) / 10_000 - 1) * 0.891);
  const samples = Float32Array.from({ length: 8 * bar }, (_, at) => loud(at));
  const input = { ...codedInput(48_000, 0), samples };
  const { sound, lines } = await play({ frames: 4 * bar, messages: [stomp(2 * bar, 1)], input });
  const [from, to] = [2 * bar + ramp, 3 * bar - seam];
  const before = (frame: number, side: 0 | 1) => loud((frame - bar) * 2 + side);
  expect(firstDifference(sound, from, to, before)).toBeUndefined();
  expect(ofType(lines, 'clip')).toEqual([]);
});

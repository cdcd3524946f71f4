import { midiChunk, midiHeader, midiTrack, tempoEvent } from '../adapters/files/smf.ts';
import type { WavSpec } from '../adapters/files/wav-bytes.ts';
import { expectSilence, firstDifference } from './heard.ts';
import { hindsight } from './program.ts';
import { codedInput, type Message, ofType, press, reset, type Show, Stage, stomp } from './show.ts';

let stage: Stage;
beforeEach(() => {
  stage = new Stage();
});
afterEach(() => stage.remove());

const session = { bpm: 240, bars: 1 };

describe('the result is the same to the byte', () => {
  const bar = 48_000;
  const messages: readonly Message[] = [
    ...[stomp(bar + 1, 1), stomp(bar + 40_001, 2), stomp(2 * bar, 2), stomp(2 * bar + 700, 3), stomp(3 * bar - 3, 1)],
    ...[
      stomp(3 * bar + 40, 2),
      stomp(3 * bar + 41, 2),
      stomp(4 * bar + 3, 1),
      stomp(4 * bar + 47_000, 4),
      reset(6 * bar - 1),
    ],
    ...[{ frame: 6 * bar, bytes: [0xb0, 20, 99] }, stomp(6 * bar + 9000, 5)],
  ];
  const show: Show = { frames: 7 * bar, messages, config: { session, click: { volume: 0.9 } } };

  test('for every block size, and on every run', async () => {
    const hashes: string[] = [];
    for (const block of [256, 1, 7, 64, 1000, 4096, 256]) {
      hashes.push((await stage.play({ ...show, options: ['--block', String(block), '--latency', '123'] })).hash);
    }
    expect(hashes).toEqual(hashes.map(() => hashes[0]));
  }, 60_000);

  test('with and without the events, and by default in blocks of some size', async () => {
    const { hash } = await stage.play({ ...show, options: ['--block', '512'] });
    expect((await stage.play(show)).hash).toBe(hash);
    const args = stage.prepare(show).filter((_, at, all) => all[at] !== '--events' && all[at - 1] !== '--events');
    expect(await hindsight(...args)).toEqual({ code: 0, signal: null, stdout: '', stderr: '' });
    expect(stage.played().hash).toBe(hash);
  });

  test('and nothing but the files asked for is left in the folder', async () => {
    await stage.play(show);
    expect(stage.files.names()).toEqual(['events.jsonl', 'in.wav', 'out.wav', 'rig.yaml', 'stomps.mid']);
  });
});

describe('the input', () => {
  /** Exact in 16 bits and below -1 dBFS. */
  const coarse = (at: number) => ((at % 58_001) - 29_000) / 32_768;
  const looped = async (input: WavSpec, frames: number): Promise<void> => {
    const [bar, from] = [input.rate, 2 * input.rate];
    const { sound } = await stage.play({
      frames,
      rate: input.rate,
      messages: [stomp(from, 1)],
      input,
      config: { session },
    });
    expect(sound.rate).toBe(input.rate);
    expect(sound.frames).toBe(frames);
    const value = (frame: number, side: 0 | 1) =>
      Math.fround(input.samples[(frame - bar) * input.channels + (input.channels === 2 ? side : 0)] ?? 0);
    const [ramp, seam] = [Math.ceil(bar * 0.01), Math.ceil(bar * 0.025)];
    expect(firstDifference(sound, from + ramp, 3 * bar - seam, value)).toBeUndefined();
    expectSilence(sound, 0, from);
  };

  test.each(['int16', 'int24', 'int32', 'float32'] as const)('may be %s, mono or stereo', async (format) => {
    for (const channels of [1, 2]) {
      const samples = Float32Array.from({ length: 160_000 * channels }, (_, at) => coarse(at));
      await looped({ format, channels, rate: 48_000, samples }, 160_000);
    }
  });

  test.each([44_100, 48_000, 88_200, 96_000])('may be of %d Hz', async (rate) => {
    await looped(codedInput(rate, 3 * rate + 17), 3 * rate + 17);
  });

  test('may be extensible, with other chunks around its sound', async () => {
    const samples = Float32Array.from({ length: 320_000 }, (_, at) => coarse(at));
    await looped({ format: 'int24', channels: 2, rate: 48_000, samples, extensible: true }, 160_000);
  });

  test.each([1, 255, 257])('may be as short as %d frames', async (frames) => {
    const { sound, lines } = await stage.play({ frames, messages: [stomp(0, 1)], config: { session } });
    expect(sound.frames).toBe(frames);
    expect(ofType(lines, 'beat')).toEqual([{ frame: 0, type: 'beat', bar: 0, beat: 0 }]);
  });

  test('that holds what is no number comes back without it', async () => {
    const samples = Float32Array.from({ length: 320_000 }, (_, at) =>
      at % 3 === 0 ? Number.NaN : Number.POSITIVE_INFINITY,
    );
    const { sound } = await stage.play({
      ...{ frames: 160_000, messages: [stomp(96_000, 1)], config: { session } },
      input: { ...codedInput(48_000, 0), samples },
    });
    expectSilence(sound, 0, 160_000);
  });
});

describe('the MIDI file', () => {
  const bar = 48_000;
  const stompsOf = async (midi: Uint8Array) => {
    const { lines } = await stage.play({ frames: 5 * bar, messages: [], midi, config: { session } });
    const accepted = ofType(lines, 'track').filter(({ state }) => state === 'TRIGGERED');
    return { stomps: accepted.map(({ frame, track }) => [frame, track]) };
  };

  test('goes by its own tempo map', async () => {
    // 96 ticks a beat: 48 at 1 s a beat, 96 at 250 ms, then 0.333333 s a beat.
    const track = midiTrack([
      { tick: 0, bytes: tempoEvent(1_000_000) },
      { tick: 48, bytes: tempoEvent(250_000) },
      { tick: 144, bytes: tempoEvent(333_333) },
      { tick: 144, bytes: press(36) },
      { tick: 145, bytes: press(37) },
      { tick: 144 + 96 * 6, bytes: press(38) },
    ]);
    const { stomps } = await stompsOf(Uint8Array.from([...midiHeader(0, 1, 96), ...track]));
    const at = (seconds: number) => Math.round(seconds * 48_000);
    expect(stomps).toEqual([
      [at(0.75), 1],
      [at(0.75 + 0.333333 / 96), 2],
      [at(0.75 + 0.333333 * 6), 3],
    ]);
  });

  test('acts with all its tracks, and the tempo map of one holds for all', async () => {
    const file = [
      ...midiHeader(1, 4, 480),
      ...midiTrack([{ tick: 0, bytes: tempoEvent(250_000) }]),
      ...midiTrack([{ tick: 480 * 8, bytes: press(37) }]),
      ...midiChunk('XFIH', [1, 2, 3, 4]),
      ...midiTrack([{ tick: 480 * 4, bytes: press(36) }]),
      ...midiTrack([{ tick: 480 * 8, bytes: press(38) }]),
    ];
    const { stomps } = await stompsOf(Uint8Array.from(file));
    expect(stomps).toEqual([
      [bar, 1],
      [2 * bar, 2],
      [2 * bar, 3],
    ]);
  });

  test('may hold no message at all', async () => {
    const { stomps } = await stompsOf(Uint8Array.from([...midiHeader(0, 1, 480), ...midiTrack([])]));
    expect(stomps).toEqual([]);
  });
});

import { expectSilence } from './heard.ts';
import { type Message, ofType, type Played, press, renderer, type Show, type Sound, stomp } from './show.ts';

/** At 240 BPM and 48 kHz. */
const beat = 12_000;
const bar = 4 * beat;
const cc = (frame: number, number: number, value: number): Message => ({ frame, bytes: [0xb0, number, value] });

const play = renderer({ bpm: 240, bars: 1 });

const beatFrames = ({ lines }: Played) => ofType(lines, 'beat').map(({ frame }) => frame);

/** The loudest sample of [from, to). */
const peak = ({ samples }: Sound, from: number, to: number): number =>
  samples.subarray(from * 2, to * 2).reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);

describe('messages', () => {
  test('act on any channel', async () => {
    const messages = [1, 2, 16].map((channel, index) => ({
      frame: 2 * bar + index,
      bytes: [0x90 + channel - 1, 36 + index, 1],
    }));
    const { lines } = await play({ frames: 3 * bar, messages });
    const playing = ofType(lines, 'track').filter(({ state }) => state === 'PLAYING');
    expect(playing.map(({ frame, track }) => [frame, track])).toEqual([
      [2 * bar, 1],
      [2 * bar + 1, 2],
      [2 * bar + 2, 3],
    ]);
  });

  test('of release or of anything else do nothing', async () => {
    const idle = [press(36, 0), [0x80, 36, 64], [0xc0, 36], [0xd0, 36], [0xe0, 36, 36], [0xa0, 36, 36], press(35)];
    const bytes = [...idle, press(49), [0xb0, 36, 127], [0xb0, 23, 1], [0xf0, 0x7e, 0x7f, 0x06, 0x01, 0xf7]];
    const messages = bytes.map((one, index) => ({ frame: 2 * bar + index, bytes: one }));
    const { lines, sound } = await play({ frames: 3 * bar, messages });
    expect(lines.filter(({ type }) => type !== 'beat' && type !== 'lamp')).toEqual([]);
    expect(ofType(lines, 'lamp')).toHaveLength(8);
    expectSilence(sound, 0, 3 * bar);
  });

  test('between a press and its release act once', async () => {
    const messages = [stomp(2 * bar, 1), { frame: 2 * bar + 700, bytes: press(36, 0) }];
    const { lines } = await play({ frames: 3 * bar, messages });
    expect(ofType(lines, 'track').at(-1)).toMatchObject({ frame: 2 * bar, state: 'PLAYING' });
  });

  test('after the end of the input are too late to matter', async () => {
    const { lines } = await play({ frames: 3 * bar, messages: [stomp(3 * bar, 1), stomp(9 * bar, 2)] });
    expect(ofType(lines, 'track')).toEqual([]);
  });
});

test('CC 21 sets the bars in eight equal zones', async () => {
  const zones = [1, 2, 4, 8, 12, 16, 24, 32];
  const values = [0, 31, 32, 63, 64, 95, 96, 127];
  const messages = values.flatMap((value, index) => [cc(index * 2, 21, value), stomp(index * 2 + 1, index + 1)]);
  const { lines } = await play({ frames: bar, messages });
  const lengths = ofType(lines, 'track')
    .filter(({ state }) => state === 'PLAYING')
    .map(({ startFrame = 0, endFrame = 0 }) => (endFrame - startFrame) / bar);
  expect(lengths).toEqual(zones);
});

describe('CC 20', () => {
  test.each([
    [0, 40],
    [64, 121],
    [127, 200],
  ])('at %d sets %d BPM from the first beat on', async (value, bpm) => {
    const played = await play({ frames: 4 * 48_000, messages: [cc(0, 20, value)] });
    const interval = (60 * 48_000) / bpm;
    const beats = Math.ceil((4 * 48_000) / interval);
    expect(beatFrames(played)).toEqual(Array.from({ length: beats }, (_, index) => Math.round(index * interval)));
  });

  test('in the middle of a beat keeps the beat in phase', async () => {
    const at = 2 * bar + beat / 2;
    const played = await play({ frames: 5 * bar, messages: [cc(at, 20, 64)] });
    const interval = (60 * 48_000) / 121;
    const next = beatFrames(played).filter((frame) => frame > at);
    expect(Math.abs((next[0] ?? 0) - (at + interval / 2))).toBeLessThanOrEqual(1);
    expect(Math.abs((next[3] ?? 0) - (at + interval * 3.5))).toBeLessThanOrEqual(1);
    const { bar: bars, beat: beats } = ofType(played.lines, 'beat')[9] ?? {};
    expect([bars, beats]).toEqual([2, 1]);
  });
});

test('taps on note 46 set the tempo to their median, a slip among them or not', async () => {
  const taps = [0, 1, 2, 3, 4.2, 5, 6].map((count) => ({ frame: bar + Math.round(count * 28_800), bytes: press(46) }));
  const played = await play({ frames: bar + 12 * 28_800, messages: taps });
  const last = beatFrames(played).slice(-4);
  expect(last.slice(1).map((frame, index) => frame - (last[index] ?? 0))).toEqual([28_800, 28_800, 28_800]);
});

describe('the click', () => {
  const beats = [0, 1, 2, 3, 4, 5, 6, 7];
  const clicks = (sound: Sound) => beats.map((count) => peak(sound, count * beat, count * beat + 2400));

  test('sounds on each beat, louder on the first of a bar, and dies away', async () => {
    const { sound } = await play({ frames: 2 * bar, messages: [], config: { click: { volume: 1 } } });
    const [accent = 0, plain = 0] = clicks(sound);
    expect(plain).toBeGreaterThan(0.1);
    expect(accent).toBeGreaterThan(plain * 1.2);
    expect(clicks(sound)).toEqual(beats.map((count) => (count % 4 === 0 ? accent : plain)));
    for (const count of beats) expectSilence(sound, count * beat + beat / 2, (count + 1) * beat);
  });

  test('is half as loud at half the volume, by the config or by CC 22', async () => {
    const loudness = async (show: Partial<Show>) => {
      const { sound } = await play({ frames: 2 * bar, messages: [], ...show });
      return peak(sound, 0, beat);
    };
    const full = await loudness({ config: { click: { volume: 1 } } });
    expect(await loudness({ config: { click: { volume: 0.5 } } })).toBeCloseTo(full / 2, 5);
    expect(await loudness({ messages: [cc(0, 22, 127)] })).toBe(full);
    expect(await loudness({ config: { click: { volume: 1 } }, messages: [cc(0, 22, 0)] })).toBe(0);
  });

  test('is muted and heard again by note 45', async () => {
    const mute = (frame: number): Message => ({ frame, bytes: press(45) });
    const messages = [mute(beat + 6000), mute(4 * beat + 6000)];
    const { sound } = await play({ frames: 2 * bar, messages, config: { click: { volume: 1 } } });
    expect(clicks(sound).map((loudest) => loudest > 0)).toEqual([true, true, false, false, false, true, true, true]);
  });

  test('is all that is heard until a loop plays: the input is not sent on', async () => {
    const { sound } = await play({ frames: 2 * bar, messages: [] });
    expectSilence(sound, 0, 2 * bar);
  });
});

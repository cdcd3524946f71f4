import { firstDifference } from './heard.ts';
import { lampMistakes } from './lamp-rules.ts';
import { codedInput, type Line, ofType, type Played, press, renderer, reset, stomp } from './show.ts';

/** At 240 BPM and 48 kHz. */
const beat = 12_000;
const bar = 4 * beat;

const play = renderer({ bpm: 240, bars: 1 });

const keysOf = (lines: readonly Line[]) => [...new Set(lines.map((line) => Object.keys(line).join(' ')))].sort();
const lampsOf = (lines: readonly Line[], note: number) =>
  ofType(lines, 'lamp')
    .filter(({ bytes }) => bytes[1] === note)
    .map(({ frame, bytes }) => [frame, bytes[2]]);

test('each line tells its frame and type first, in order of frames, and nothing but what its type has', async () => {
  const messages = [stomp(2 * bar, 1), stomp(3 * bar + 10, 1), stomp(5 * bar + 40_000, 2), reset(7 * bar)];
  const { lines } = await play({ frames: 8 * bar, messages: [...messages, { frame: 7 * bar, bytes: press(46) }] });
  expect(keysOf(lines)).toEqual([
    'frame type bar beat',
    'frame type controller bytes',
    'frame type track state',
    'frame type track state startFrame endFrame',
  ]);
  const frames = lines.map(({ frame }) => frame);
  expect(frames).toEqual(frames.toSorted((a, b) => a - b));
  expect(lampMistakes(lines, 8)).toEqual([]);
});

test('bars and beats are counted from 0, a line on each', async () => {
  const { lines } = await play({
    frames: 2 * bar + 1,
    messages: [],
    config: { session: { bpm: 240, beatsPerBar: 3 } },
  });
  const expected = [0, 1, 2, 3, 4, 5, 6, 7, 8].map((count) => ({
    ...{ frame: count * beat, type: 'beat' },
    ...{ bar: Math.floor(count / 3), beat: count % 3 },
  }));
  expect(ofType(lines, 'beat')).toEqual(expected);
});

describe('lamps', () => {
  test('are all set at frame 0, before anything else', async () => {
    const { lines } = await play({ frames: beat, messages: [] });
    expect(lines.slice(0, 8)).toEqual(
      [36, 37, 38, 39, 40, 41, 42, 43].map((note) => ({
        ...{ frame: 0, type: 'lamp', controller: 'generic' },
        bytes: [0x90, note, 0],
      })),
    );
    expect(lines[8]).toEqual({ frame: 0, type: 'beat', bar: 0, beat: 0 });
  });

  test('show each state, by colour and by rhythm', async () => {
    const [record, stop, start] = [2 * bar + 40_000, 4 * bar + beat + 100, 6 * bar + 3 * beat + 7000];
    const { lines } = await play({ frames: 8 * bar, messages: [stomp(record, 3), stomp(stop, 3), stomp(start, 3)] });
    expect(lampsOf(lines, 38)).toEqual([
      [0, 0],
      [record, 7],
      [record, 3],
      [3 * bar, 5],
      [stop, 7],
      // It winks, and a loop that is held goes out for half a beat on the one.
      [4 * bar + 3 * beat + beat / 2, 0],
      [5 * bar, 1],
      [5 * bar, 0],
      [5 * bar + beat / 2, 1],
      [6 * bar, 0],
      [6 * bar + beat / 2, 1],
      // In the dark half of a beat the lamp answers all the same.
      [start, 7],
      [7 * bar, 5],
    ]);
    for (const note of [36, 37, 39, 40, 41, 42, 43]) expect(lampsOf(lines, note)).toEqual([[0, 0]]);
  });

  test('are those of the profile that the config names', async () => {
    const midi = { controllers: [{ profile: 'launchpad-mini-mk3' }] };
    const { lines } = await play({
      ...{ frames: 3 * bar, config: { midi } },
      messages: [stomp(2 * bar, 1), { frame: 2 * bar + 100, bytes: [0x90, 12, 100] }],
    });
    const tracks = ofType(lines, 'track').map(({ frame, track }) => ({ frame, track }));
    expect(new Set(tracks.map(({ track }) => track))).toEqual(new Set([2]));
    expect(ofType(lines, 'lamp')).toContainEqual({
      ...{ frame: 2 * bar + 100, type: 'lamp', controller: 'launchpad-mini-mk3' },
      bytes: [0x90, 12, 21],
    });
  });
});

describe('what cannot be is refused with a code and a reason, and the show goes on', () => {
  const refused = ({ lines }: Played) => ofType(lines, 'refused');

  test('a stomp on a track that does not exist', async () => {
    const session = { bpm: 240, bars: 1, tracks: 4 };
    const messages = [stomp(2 * bar, 8), stomp(2 * bar + 5, 4)];
    const played = await play({ frames: 3 * bar, messages, config: { session } });
    expect(refused(played)).toEqual([
      { frame: 2 * bar, type: 'refused', code: 'no-such-track', reason: expect.stringContaining('1 to 4') },
    ]);
    expect(ofType(played.lines, 'track').at(-1)).toMatchObject({ track: 4, state: 'PLAYING' });
  });

  test('another tempo while a track holds a loop', async () => {
    const tempo = { frame: 2 * bar + 9, bytes: [0xb0, 20, 127] };
    const played = await play({ frames: 4 * bar, messages: [stomp(2 * bar, 1), tempo] });
    expect(refused(played)).toEqual([
      { frame: 2 * bar + 9, type: 'refused', code: 'tracks-not-empty', reason: expect.any(String) },
    ]);
    expect(ofType(played.lines, 'beat').at(-1)?.frame).toBe(4 * bar - beat);
  });

  test('a loop longer than the tape, saying how many bars would fit', async () => {
    const [session, tape] = [{ bpm: 240, bars: 32 }, { seconds: 10 }];
    const played = await play({ frames: 3 * bar, messages: [stomp(2 * bar, 1)], config: { session, tape } });
    expect(refused(played)).toEqual([
      { frame: 2 * bar, type: 'refused', code: 'tape-too-short', reason: expect.stringContaining('9 bars would fit') },
    ]);
    expect(ofType(played.lines, 'track')).toEqual([]);
  });
});

test('what is too loud is limited below full scale and told', async () => {
  const samples = Float32Array.from({ length: 8 * bar }, (_, at) => 0.7 * Math.sin(at / 50));
  const messages = [stomp(2 * bar, 1), stomp(2 * bar, 2), stomp(2 * bar, 3)];
  const { sound, lines } = await play({ frames: 4 * bar, messages, input: { ...codedInput(48_000, 0), samples } });
  expect(
    firstDifference(sound, 0, sound.frames, (frame, side) => {
      const is = sound.samples[frame * 2 + side] ?? 2;
      return Math.abs(is) < 1 ? is : 0;
    }),
  ).toBeUndefined();
  const clips = ofType(lines, 'clip');
  expect(clips.length).toBeGreaterThan(0);
  expect(Object.keys(clips[0] ?? {})).toEqual(['frame', 'type']);
  expect(clips.every(({ frame }) => frame >= 2 * bar)).toBe(true);
});

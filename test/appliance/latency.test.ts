import { smf } from '../adapters/files/smf.ts';
import { wavBytes } from '../adapters/files/wav-bytes.ts';
import { bootGuest, type Guest } from './machine.ts';
import { readRecording, sampleAt } from './recording.ts';

const rate = 48000;
const block = 2048;
const beat = 24_000;
const bar = 4 * beat;
const seam = 1200;

/** Every sample of the guitar says which one it is; three of them together still fit into 24 bits and below -1 dBFS. */
const guitar = Float32Array.from({ length: rate * 60 * 2 }, (_, index) => ((index >> 1) + 1) / 2 ** 24);

// What goes out of a through port comes in at it: the lamps go to another one.
const controllers = '[{ profile: generic, input: Through Port-0, output: Through Port-1 }]';
const config = (audio: string): string => `
session: { bpm: 120, bars: 1 }
audio: { blockFrames: ${block}, ${audio} }
midi: { controllers: ${controllers} }
`;

/** A short step on a pad: one that stays down is a hold, which clears the track. */
const step = (seconds: number, note: number) => [
  { seconds, bytes: [0x90, note, 100] },
  { seconds: seconds + 0.1, bytes: [0x90, note, 0] },
];

type Event = {
  readonly type: string;
  readonly frame: number;
  readonly track?: number;
  readonly state?: string;
  readonly frames?: number;
  readonly latencyFrames?: number;
};

let guest: Guest;
beforeAll(() => {
  const files = new Map<string, string | Buffer>([
    ['guitar.wav', Buffer.from(wavBytes({ format: 'float32', rate, channels: 2, samples: guitar }))],
    ['stomp.mid', Buffer.from(smf(step(5.2, 36)))],
    ['three.mid', Buffer.from(smf([...step(4.5, 36), ...step(5.6, 37), ...step(6.7, 38)]))],
    ['uncorrected.yaml', config('device: "hw:Loopback,0", latencyFrames: 0, outputShare: 0')],
    [
      'six.yaml',
      `${config('device: "hw:Loopback,0", latencyFrames: 0, outputShare: 0')}\nclick: { outputChannels: [5, 6] }\n`,
    ],
    ['hda.yaml', config('device: HDA, latencyFrames: 0')],
  ]);
  guest = bootGuest({ show: 'latency', files, timeoutSeconds: 900 });
  if (guest.code !== 0) throw new Error(`the guest failed with ${guest.code}:\n${guest.console}`);
});

const eventsIn = (name: string): readonly Event[] =>
  guest
    .text(name)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

/** The moments (guest's milliseconds) at which a log says something. */
const said = (log: string, words: string): readonly number[] =>
  guest
    .text(log)
    .trim()
    .split('\n')
    // ALSA's library speaks up, too.
    .filter((line) => line.startsWith('{'))
    .map((line): { readonly time: number; readonly msg: string } => JSON.parse(line))
    .filter(({ msg }) => msg.includes(words))
    .map(({ time }) => time);

const moments = (name: string): readonly number[] => guest.text(name).trim().split('\n').map(Number);

describe('a cable made of arecord and aplay', () => {
  const measured = (): number => {
    const found = eventsIn('calibrate.jsonl').find(({ latencyFrames }) => latencyFrames !== undefined);
    return found?.latencyFrames ?? Number.NaN;
  };

  /** Where sound begins after silence in what the cable carried, on the left. */
  const onsets = (): readonly number[] => {
    const bytes = guest.bytes('cable.raw');
    const samples = new Float32Array(new Uint8Array(bytes.subarray(0, bytes.length & ~7)).buffer);
    const found: number[] = [];
    let silent = 0;
    for (let frame = 0; frame < samples.length / 2; frame += 1) {
      const isSilent = samples[frame * 2] === 0;
      if (!isSilent && silent > 300) found.push(frame);
      silent = isSilent ? silent + 1 : 0;
    }
    return found;
  };

  test('is measured as long as a loop that was cut without a latency lags behind the click', () => {
    const distances = onsets().map((onset, index, all) => onset - (all[index - 1] ?? Number.NaN));
    // Clicks come on each beat, until the loop begins, which may be in the midst of one of its clicks. From the next beat on all of them are
    // whole, and lag behind by whole beats and so much.
    const begins = distances.findIndex((distance, index) => distances[index - 1] === beat && distance < beat);
    const lag = distances[begins + 2] ?? Number.NaN;
    expect(lag + (distances[begins + 3] ?? 0)).toBe(beat);
    process.stdout.write(
      `latency: measured ${measured()} frames = ${measured() % beat} in the beat, by the recording ${lag}\n`,
    );
    expect(Math.abs((measured() % beat) - lag)).toBeLessThanOrEqual(1);
  });

  test('is measured while a loop plays, since it may be muted', () => {
    expect(guest.text('calibrated.txt')).toContain('calibration: the round trip is');
    expect(guest.text('calibrated.txt')).not.toContain('code');
  });

  test('leaves tempo, click and loops as they were', () => {
    const events = eventsIn('calibrate.jsonl');
    const playing = events.filter(({ type, track }) => type === 'track' && track === 1).map(({ state }) => state);
    expect(playing).toEqual(['TRIGGERED', 'RECORDING', 'PLAYING']);
    const beats = events.filter(({ type }) => type === 'beat').map(({ frame }) => frame % beat);
    expect(new Set(beats)).toEqual(new Set([0]));
  });

  test('is kept for this very card, with its picture', () => {
    const { latencies } = JSON.parse(guest.text('state/hindsight/latency.json'));
    expect(latencies).toMatchObject([
      {
        input: 'alsa:Loopback,0',
        output: 'alsa:Loopback,0',
        blockFrames: block,
        frames: measured(),
        source: 'measured',
      },
    ]);
    expect(guest.text('state/hindsight/calibration.svg')).toContain('<svg');
    expect(guest.bytes('state/hindsight/calibration.png').subarray(1, 4).toString()).toBe('PNG');
  });
});

describe('a card that comes back under another number', () => {
  /** One bar of the loops' outputs from a bar line on, as the accent on the click's outputs tells it, up to the seam. */
  const barIn = (name: string): readonly number[] => {
    const recording = readRecording(guest.bytes(name));
    const onsets: number[] = [];
    let silent = 0;
    for (let frame = 0; frame < recording.frames; frame += 1) {
      const isSilent = sampleAt(recording, frame, 4) === 0;
      // A click's first sample is zero.
      if (!isSilent && silent > 300) onsets.push(frame - 1);
      silent = isSilent ? silent + 1 : 0;
    }
    const loudness = (frame: number): number =>
      Math.max(...Array.from({ length: 200 }, (_, index) => Math.abs(sampleAt(recording, frame + index, 4))));
    const accent = Math.max(...onsets.map(loudness));
    const line = onsets.find((frame) => loudness(frame) > accent * 0.9 && frame > 0 && frame + bar <= recording.frames);
    if (line === undefined) throw new Error(`${name} has no whole bar`);
    return Array.from({ length: bar - seam }, (_, index) => sampleAt(recording, line + index, 0));
  };

  test('is opened again by who it is', () => {
    expect(guest.text('cards.txt')).toMatch(/^ 0 .*VirMIDI[\s\S]*^ 1 .*Loopback/m);
  });

  test('has all three loops in phase with the click, to the frame', () => {
    const [before, after] = [barIn('before.wav'), barIn('after.wav')];
    expect(before.some((sample) => sample !== 0)).toBe(true);
    expect(after.findIndex((sample, index) => sample !== before[index])).toBe(-1);
  });

  test('has lost no loop', () => {
    const events = eventsIn('renumbered.jsonl').filter(({ type }) => type === 'track');
    expect(events.filter(({ state }) => state === 'PLAYING').map(({ track }) => track)).toEqual([1, 2, 3]);
    expect(events.some(({ state }) => state === 'EMPTY')).toBe(false);
  });
});

describe('an interface on a bus', () => {
  test('that is not there at the start is waited for', () => {
    const [waiting = Number.NaN] = said('plugged.log', 'waiting for the interface');
    const [ready = Number.NaN] = said('plugged.log', 'ready');
    const [here = Number.NaN] = said('plugged.log', 'written ahead');
    expect(waiting).toBeLessThanOrEqual(ready);
    expect(ready).toBeLessThan(here);
  });

  test('that is pulled is missed at once', () => {
    const lost = said('plugged.log', ' is lost: ');
    const times = lost.map((time, index) => time - (moments('pulled')[index] ?? 0));
    process.stdout.write(`pull to notice: ${times.join(', ')} ms\n`);
    expect(times).toHaveLength(2);
    // The kernel takes its time, too, until the frames stop.
    for (const time of times) expect(time).toBeLessThan(500);
  });

  test('that is plugged in again plays within two seconds, and no loop was lost', () => {
    const back = said('plugged.log', 'written ahead').slice(1);
    const times = back.map((time, index) => time - (moments('plugged')[index] ?? 0));
    process.stdout.write(`plug to sound: ${times.join(', ')} ms\n`);
    expect(times).toHaveLength(2);
    for (const time of times) expect(time).toBeLessThan(2000);
    const tracks = eventsIn('plugged.jsonl').filter(({ type }) => type === 'track');
    expect(tracks.filter(({ state }) => state === 'PLAYING').map(({ track }) => track)).toEqual([1, 2, 3]);
  });

  test('has its threads in real time each time that it comes back, and those alone', () => {
    for (const time of [1, 2]) {
      const threads = guest.text(`threads-${time}`).trim().split('\n');
      const words = threads.map((line) => line.trim().split(/\s+/).join(' '));
      expect(words.filter((line) => line.startsWith('FF')).toSorted()).toEqual(['FF 44', 'FF 45']);
    }
  });

  test('takes nothing from the grid: beats go on while it is away', () => {
    const beats = eventsIn('plugged.jsonl').filter(({ type }) => type === 'beat');
    const distances = beats.map(({ frame }, index) => frame - (beats[index - 1]?.frame ?? frame - beat));
    expect(new Set(distances)).toEqual(new Set([beat]));
  });

  test('leaves the looper able to end in good order', () => {
    expect(guest.text('plugged.code').trim()).toBe('0');
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { smf } from '../adapters/files/smf.ts';
import { wavBytes } from '../adapters/files/wav-bytes.ts';
import { bootGuest, type Guest } from './machine.ts';
import { onset, type Recording, readRecording, sampleAt } from './recording.ts';

const rate = 48000;
/** A live stomp acts at a block's edge: up to one before the frame of its arrival. */
const block = 2048;
const seam = 1200;
const ramp = 480;

/** Every sample of the guitar says which one it is, other on each side; exact in 32 bits and below -1 dBFS. */
const guitar = Float32Array.from({ length: rate * 40 * 2 }, (_, index) => {
  return ((index >> 1) + 1) / 2 ** 24 + (index & 1) * 0.25;
});

const liveConfig = (device: string, latency: string): string => `
session: { bpm: 120, bars: 1 }
audio:
  device: ${device}
  blockFrames: ${block}
  outputChannels: [1, 2]
  monitorChannels: [3, 4]
  latencyFrames: ${latency}
click: { outputChannels: [5, 6] }
midi: { controllers: [{ profile: generic, input: Through Port-0, output: Through Port-1 }] }
`;

/** ALSA's sequencer says note-off for a note-on of velocity 0. */
const lampLine = /Note (?:on|off)\s+0, note (\d+)(?:, velocity (\d+))?/g;

/** A short step on a pad: one that stays down is a hold, which clears the track. */
const step = (seconds: number, note: number) => [
  { seconds, bytes: [0x90, note, 100] },
  { seconds: seconds + 0.1, bytes: [0x90, note, 0] },
];
const stomps = smf([...step(7, 36), ...step(11.2, 36), ...step(15.3, 36), ...step(18.4, 37), ...step(22, 44)]);

type Event = {
  readonly type: string;
  readonly frame: number;
  readonly track?: number;
  readonly state?: string;
  readonly startFrame?: number;
  readonly bytes?: readonly number[];
};

let guest: Guest;
let events: readonly Event[];
let recording: Recording;
let latency: number;
/** The engine's frame at the recording's first one. */
let offset: number;

beforeAll(() => {
  const files = new Map<string, string | Buffer>([
    ['guitar.wav', Buffer.from(wavBytes({ format: 'float32', rate, channels: 2, samples: guitar }))],
    ['stomps.mid', Buffer.from(stomps)],
    ['midi.yaml', 'midi: { controllers: [{ profile: generic, input: Through Port-0 }] }\n'],
    ['live.yaml', liveConfig('hw:Loopback,0', 'ROUND_TRIP')],
    ['unknown.yaml', liveConfig('Scarlett', '0')],
    ['ambiguous.yaml', liveConfig('Loopback', '0')],
    ['open.yaml', 'web: { host: 0.0.0.0 }\n'],
    ['hindsight.service', readFileSync(join(import.meta.dirname, '../../systemd/avahi/hindsight.service'))],
  ]);
  guest = bootGuest({ show: 'show', files, timeoutSeconds: 900 });
  if (guest.code !== 0) throw new Error(`the guest failed with ${guest.code}:\n${guest.console}`);
  events = guest
    .text('events.jsonl')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  recording = readRecording(guest.bytes('recorded.wav'));
  latency = JSON.parse(guest.text('round-trip.json'))[0];
  offset = tracks(1, 'PLAYING')[0].frame - onset(recording, 0);
});

const tracks = (track: number, state: string): readonly [Event, ...Event[]] => {
  const [first, ...rest] = events.filter((event) => event.track === track && event.state === state);
  if (first === undefined) throw new Error(`track ${track} was never ${state}`);
  return [first, ...rest];
};

const heard = (frame: number, channel: number): number => sampleAt(recording, frame - offset, channel);

/** The frames of [from, to) in which the loops' outputs are not the sum of what was played at the given distances before. */
const strangers = (from: number, to: number, distances: readonly number[]): number[] => {
  const wrong: number[] = [];
  for (let frame = from; frame < to; frame += 1) {
    for (const side of [0, 1]) {
      const expected = distances.reduce((sum, back) => Math.fround(sum + heard(frame - back, 2 + side)), 0);
      if (heard(frame, side) !== expected) wrong.push(frame);
    }
  }
  return wrong;
};

const bar = 2 * rate;

/** The bars of [from, to) without the seam at their end, as long as they lie within. */
const plainParts = (from: number, to: number): readonly (readonly [number, number])[] => {
  const parts: [number, number][] = [];
  for (let line = Math.floor(from / bar) * bar; line < to; line += bar) {
    parts.push([Math.max(from, line), Math.min(to, line + bar - seam)]);
  }
  return parts.filter(([start, end]) => end > start);
};

test('the card has one round trip, exact to the frame', () => {
  const trips: number[] = JSON.parse(guest.text('round-trip.json'));
  expect(new Set(trips).size).toBe(1);
  expect(latency % block).toBe(0);
});

test('no frame was lost on the way: what the daemon heard is what was played, without a gap', () => {
  const first = onset(recording, 2);
  const code = sampleAt(recording, first, 2) * 2 ** 24;
  const broken: number[] = [];
  for (let frame = first; frame < recording.frames; frame += 1) {
    if (sampleAt(recording, frame, 2) * 2 ** 24 !== code + frame - first) broken.push(frame);
  }
  expect(broken.slice(0, 5)).toEqual([]);
});

test('the click sounds on each beat of the grid, to the frame', () => {
  const beats = events.filter((event) => event.type === 'beat' && event.frame > offset + 100);
  const sounded = beats.filter((event) => event.frame < offset + recording.frames - 3000);
  expect(sounded.length).toBeGreaterThan(40);
  for (const { frame } of sounded) {
    // A click's first sample is zero.
    expect([frame, heard(frame - 1, 4), heard(frame, 4), heard(frame + 1, 4) > 0]).toEqual([frame, 0, 0, true]);
    expect(frame % 24000).toBe(0);
  }
});

test('a loop is what was played one round trip after its place on the grid, in every pass', () => {
  const playing = tracks(1, 'PLAYING')[0];
  const stopped = tracks(1, 'STOPPED')[0];
  const start = playing.startFrame ?? Number.NaN;
  for (const [from, to] of plainParts(playing.frame + ramp, stopped.frame - ramp)) {
    const pass = Math.floor(from / bar) * bar;
    const distance = pass - (start + latency);
    expect(strangers(from, to, [distance]).slice(0, 5)).toEqual([]);
  }
  expect(stopped.frame - playing.frame).toBeGreaterThan(bar);
});

test('stop and start are on the bar line, to the frame', () => {
  const stopped = tracks(1, 'STOPPED')[0].frame;
  const again = tracks(1, 'PLAYING')[1]?.frame ?? Number.NaN;
  expect([stopped % bar, again % bar]).toEqual([0, 0]);
  expect(heard(stopped - ramp, 1)).not.toBe(0);
  expect(onset(recording, 1, stopped - offset) + offset).toBe(again);
});

test('two loops sound as their sum, and a reset silences all', () => {
  const second = tracks(2, 'PLAYING')[0];
  const reset = tracks(1, 'EMPTY').at(-1)?.frame ?? Number.NaN;
  const starts = [tracks(1, 'PLAYING')[0].startFrame, second.startFrame].map(
    (frame) => (frame ?? Number.NaN) + latency,
  );
  for (const [from, to] of plainParts(second.frame + ramp, reset - 3 * block)) {
    const pass = Math.floor(from / bar) * bar;
    expect(
      strangers(
        from,
        to,
        starts.map((start) => pass - start),
      ).slice(0, 5),
    ).toEqual([]);
  }
  // A stomp means what was heard, which was computed earlier by the way out. Two blocks are written ahead and another is awaited.
  const obeyed = reset + (latency - block) + 3 * block;
  expect(onset(recording, 0, obeyed + ramp - offset)).toBe(-1);
});

test('the lamps that the sequencer carried are those of the events, in order', () => {
  const sent = events.filter((event) => event.type === 'lamp').map(({ bytes }) => bytes?.slice(1));
  const carried = [...guest.text('lamps.txt').matchAll(lampLine)].map(([, note, velocity = '0']) => [
    Number(note),
    Number(velocity),
  ]);
  expect(carried.slice(0, sent.length)).toEqual(sent);
  // At the end all go dark.
  expect(carried.slice(sent.length)).toEqual([36, 37, 38, 39, 40, 41, 42, 43].map((note) => [note, 0]));
});

test('the looper ends in good order', () => {
  expect(guest.text('show.code').trim()).toBe('0');
  expect(guest.text('show.log')).toContain('stopped');
});

test('a sequencer that is missing is said once and found when it comes', () => {
  const log = guest.text('without-sequencer.log');
  expect(log.match(/no sequencer/g)).toHaveLength(1);
  expect(log).toContain('the sequencer is there now');
});

test('interfaces are named by ALSA id; an ambiguous name is refused, one that nothing has is waited for, with those present', () => {
  expect(guest.text('devices.txt')).toContain('hw:Loopback,0');
  expect(guest.text('ambiguous.code').trim()).toBe('2');
  expect(guest.text('ambiguous.log')).toContain('"Loopback" matches 2 interfaces');
  expect(guest.text('unknown.log')).toContain('waiting for the interface: audio.device: no interface is called');
  for (const config of ['ambiguous', 'unknown']) expect(guest.text(`${config}.log`)).toContain('hw:Loopback,1');
});

describe('in a network with mDNS', () => {
  test.each([
    ['called-hindsight', 'hindsight'],
    ['called-otherwise', 'hindsight'],
  ])('a box that is %s is found as %s.local, with its page', (scene, name) => {
    expect(guest.text(`${scene}.resolved`)).toBe(`${name}.local\t192.168.7.20\n`);
    const page = `;IPv4;Hindsight\\032on\\032${name};Web Site;local;${name}.local;192.168.7.20;8001;"path=/"`;
    expect(guest.text(`${scene}.browsed`)).toContain(`=;stage0${page}\n`);
  });

  test.each(['called-hindsight', 'called-otherwise'])('a box that is %s tells the phone the same names', (scene) => {
    const ways = guest.text(`${scene}.ways`).match(/http:\S+(?=\/pair\?token=)/g);
    expect(ways).toEqual(['http://192.168.7.20:8001', 'http://hindsight.local:8001']);
  });

  test('without the service file nobody is told of a page', () => {
    expect(guest.text('uninstalled.browsed')).toBe('');
  });
});

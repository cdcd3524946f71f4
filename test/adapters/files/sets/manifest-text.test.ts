import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type ManifestText,
  manifestText,
  readManifestText,
} from '../../../../src/adapters/files/sets/manifest-text.ts';
import type { StoredSet } from '../../../../src/core/set/kept-set.ts';

const golden = readFileSync(join(import.meta.dirname, 'golden/manifest-1.json'), 'utf8');

const form = { leadFrames: 1200, beats: 6, phaseBeats: 2, latencyFrames: 700, nudgeFrames: -12, lostFrames: 0 };
const set: StoredSet = {
  ...{ name: 'Früh am Morgen', rate: 48_000, bpm: 133.7, beatsPerBar: 3, bars: 2, click: { volume: 0.5, muted: true } },
  tracks: [
    { track: 1, playing: true, loop: { ...form, frames: 130_447, sound: '0123456789abcdef0123456789abcdef' } },
    {
      track: 4,
      playing: false,
      loop: {
        ...{ sound: 'fedcba9876543210fedcba9876543210', frames: 96_000, leadFrames: 0, beats: 3, phaseBeats: 0 },
        ...{ latencyFrames: 0, nudgeFrames: 0, lostFrames: 256 },
      },
    },
  ],
};

const read = (text: string): ManifestText => readManifestText(Buffer.from(text));

/** The golden manifest with a value at a path of keys. */
const changed = (path: readonly (string | number)[], value: unknown): string => {
  const whole = JSON.parse(golden);
  const holder = path.slice(0, -1).reduce((at, key) => at[key], whole);
  holder[path.at(-1) ?? ''] = value;
  return JSON.stringify(whole);
};

test('a manifest of version 1 is read for ever', () => {
  expect(read(golden)).toEqual({ kind: 'sound', set, mistakes: [] });
});

test('what is written is what is read, and stays the same text', () => {
  expect(manifestText(set)).toBe(golden);
  expect(read(manifestText({ ...set, name: null, tracks: [] }))).toMatchObject({ set: { name: null, tracks: [] } });
});

test('equal sets have equal texts, whatever the order of their keys', () => {
  const turned = JSON.parse(golden, (_, value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).reverse())
      : value,
  );
  expect(manifestText(turned)).toBe(golden);
});

test('keys that nobody knows are passed over', () => {
  expect(read(changed(['note'], 'mine'))).toEqual({ kind: 'sound', set, mistakes: [] });
  expect(read(changed(['tracks', 0, 'loop', 'colour'], 'red'))).toEqual({ kind: 'sound', set, mistakes: [] });
});

test.each<[readonly (string | number)[], unknown, string]>([
  [['tracks', 0], 7, 'tracks[0] is 7; allowed is a track with its loop'],
  [['tracks', 0, 'track'], 0, 'tracks[0].track is 0; allowed is a whole number from 1'],
  [['tracks', 0, 'playing'], 1, 'tracks[0].playing is 1; allowed is true or false'],
  [['tracks', 0, 'loop'], null, 'tracks[0].loop is null; allowed is a loop'],
  [
    ['tracks', 0, 'loop', 'sound'],
    '../../etc/passwd',
    'tracks[0].loop.sound is "../../etc/passwd"; allowed is the name',
  ],
  [['tracks', 0, 'loop', 'frames'], 0.5, 'tracks[0].loop.frames is 0.5; allowed is a whole number from 1'],
  [['tracks', 0, 'loop', 'frames'], 1200, 'tracks[0].loop.leadFrames is 1200; allowed is less than its frames, 1200'],
  [['tracks', 0, 'loop', 'lostFrames'], 130_448, 'tracks[0].loop.lostFrames is 130448; allowed is at most its frames'],
  [
    ['tracks', 0, 'loop', 'phaseBeats'],
    3,
    "tracks[0].loop.phaseBeats is 3; allowed is less than the set's beatsPerBar",
  ],
  [['tracks', 0, 'loop', 'beats'], undefined, 'tracks[0].loop.beats is missing; allowed is a whole number from 1'],
  [['tracks', 0, 'loop', 'latencyFrames'], 96_001, 'tracks[0].loop.latencyFrames is 96001; allowed is a whole number'],
  [['tracks', 0, 'loop', 'nudgeFrames'], 0.5, 'tracks[0].loop.nudgeFrames is 0.5; allowed is a whole number'],
])('a track with a mistake at %j is left out and told, the other one is there', (path, value, says) => {
  const text = read(changed(path, value));
  expect(text).toMatchObject({ kind: 'sound', set: { tracks: [{ track: 4 }] } });
  expect(text.kind === 'sound' && text.mistakes).toEqual([expect.stringContaining(says)]);
});

test('tracks rise in number', () => {
  const text = read(changed(['tracks', 1, 'track'], 1));
  expect(text).toMatchObject({ set: { tracks: [{ track: 1, playing: true }] }, mistakes: [expect.any(String)] });
});

test.each<[string, string]>([
  ['', 'is not JSON in UTF-8'],
  [golden.slice(0, 300), 'is not JSON in UTF-8'],
  ['\0'.repeat(100), 'is not JSON in UTF-8'],
  ['[]', 'has no keys'],
  ['{}', 'its version is missing'],
  [changed(['version'], 0), 'its version is 0'],
  [changed(['version'], '1'), 'its version is "1"'],
  [changed(['name'], ' blank'), 'its name is " blank"'],
  [changed(['rate'], 22_050), 'its rate is 22050'],
  [changed(['bpm'], 500), 'its bpm is 500; allowed is a number from 20 to 400'],
  [changed(['bpm'], null), 'its bpm is null'],
  [changed(['beatsPerBar'], 0), 'its beatsPerBar is 0'],
  [changed(['bars'], 33), 'its bars is 33'],
  [changed(['click'], { volume: 2, muted: true }), 'its click is {"volume":2'],
  [changed(['tracks'], {}), 'its tracks: a list is needed'],
])('damaged: %j', (text, what) => {
  expect(read(text)).toEqual({ kind: 'damaged', what: expect.stringContaining(what) });
});

test('of a newer version nothing is said but that', () => {
  expect(read('{"version": 2, "scenes": []}')).toEqual({ kind: 'newer', version: 2 });
});

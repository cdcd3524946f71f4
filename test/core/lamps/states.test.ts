import { notYetPlayed } from '../../../src/core/controller/play.ts';
import type { Looks, Profile } from '../../../src/core/controller/profile.ts';
import { picture } from '../../../src/core/lamps/picture.ts';
import { tasksOf } from '../../../src/core/lamps/task.ts';
import { trackStates } from '../../../src/core/track/state.ts';
import { aLamp, aPad, aProfile, hex, looksOn } from '../controller/a-profile.ts';
import { type Situation, sessionIn, trackIn } from '../session/situations.ts';

const oneColour = looksOn(36, { off: 0, on: 127 });
const threeColours = looksOn(36, { off: 0, green: 1, red: 3, yellow: 5 });
const bright = looksOn(36, { off: 0, red: 5, yellow: 13, green: 21, blue: 45, white: 3 });
const all = looksOn(36);

const situationOf = (state: (typeof trackStates)[number]): Situation =>
  state === 'TRIGGERED' ? 'TRIGGERED/capture' : state;

/** What the lamp of track 1 is sent, half a beat after the other, through some bars. */
const seen = (profile: Profile, situation: Situation, beatsPerBar: number, bars: number): string =>
  Array.from({ length: bars * beatsPerBar * 2 }, (_, half) => {
    const beats = Math.floor(half / 2);
    const session = sessionIn('EMPTY', {
      grid: { rate: 48_000, bpm: 120, beatsPerBar, origin: 0 },
      tracks: [trackIn(situation, 1)],
      pulse: { bar: Math.floor(beats / beatsPerBar), beat: beats % beatsPerBar, lit: half % 2 === 0 },
    });
    const [task] = tasksOf(picture(session, profile, notYetPlayed), profile, session);
    return task?.messages.map(hex).join(', ') ?? 'nothing';
  }).join('; ');

const withLamp = (looks: Looks, lamp: Parameters<typeof aLamp>[2] = {}): Profile =>
  aProfile({ controls: [aPad(1)], lamps: [aLamp('track-1', looks, lamp)] });

/** Without colours: only whether it is lit. */
const withoutColour = (line: string): string => line.replaceAll(/90 24 (?!00)../g, 'lit');

describe('within two bars each state of a track looks like no other one', () => {
  test.each([
    ['of one colour', oneColour],
    ['of three colours', threeColours],
    ['of all colours, none of them dim', bright],
    ['with dim ones', all],
  ])('on a lamp %s, in bars of 2 to 7 beats', (_, looks) => {
    for (const beatsPerBar of [2, 3, 4, 5, 6, 7]) {
      const lines = trackStates.map((state) => seen(withLamp(looks), situationOf(state), beatsPerBar, 2));
      expect(new Set(lines).size).toBe(trackStates.length);
    }
  });

  test('on a lamp that the device itself pulses and blinks', () => {
    const pulse = looksOn(36, { red: 5, green: 21 }, 0x92);
    const blink = looksOn(36, { red: 5, yellow: 13 }, 0x91);
    for (const device of [{ pulse }, { blink }, { pulse, blink }]) {
      const lines = trackStates.map((state) => seen(withLamp(bright, device), situationOf(state), 4, 2));
      expect(new Set(lines).size).toBe(trackStates.length);
    }
  });

  test('and in bars of one beat within four of them', () => {
    const lines = trackStates.map((state) => seen(withLamp(oneColour), situationOf(state), 1, 4));
    expect(new Set(lines).size).toBe(trackStates.length);
  });
});

test('they are told apart without colours: who sees no red from green sees another rhythm', () => {
  const lines = trackStates.map((state) => withoutColour(seen(withLamp(bright), situationOf(state), 4, 2)));
  expect(new Set(lines).size).toBe(trackStates.length);
});

test('a track that holds a loop is never all dark, and one that holds none is never bright', () => {
  for (const looks of [oneColour, threeColours, bright, all]) {
    for (const state of trackStates) {
      const isLit = withoutColour(seen(withLamp(looks), situationOf(state), 4, 1)).includes('lit');
      expect([state, isLit]).toEqual([state, state !== 'EMPTY' || looks['dim-white'] !== undefined]);
    }
  }
});

describe('in a bar of four beats, a colour at a time', () => {
  const line = (situation: Situation, looks: Looks, lamp: Parameters<typeof aLamp>[2] = {}): string =>
    seen(withLamp(looks, lamp), situation, 4, 1).replaceAll('90 24 ', '').replaceAll(';', '');

  test.each<[Situation, string]>([
    ['EMPTY', '00 00 00 00 00 00 00 00'],
    ['TRIGGERED/capture', '7F 00 7F 00 7F 00 7F 00'],
    ['TRIGGERED/start', '7F 00 7F 00 7F 00 7F 00'],
    ['RECORDING', '7F 7F 00 00 7F 7F 00 00'],
    ['PLAYING', '7F 7F 7F 7F 7F 7F 7F 7F'],
    ['STOPPING', '7F 7F 7F 00 7F 7F 7F 00'],
    ['STOPPED', '7F 00 00 00 00 00 00 00'],
  ])('one colour, %s: %s', (situation, expected) => {
    expect(line(situation, oneColour)).toBe(expected);
  });

  test.each<[Situation, string]>([
    ['EMPTY', '01 01 01 01 01 01 01 01'],
    ['TRIGGERED/capture', '07 00 07 00 07 00 07 00'],
    ['RECORDING', '03 03 00 00 03 03 00 00'],
    ['PLAYING', '05 05 05 05 05 05 05 05'],
    ['STOPPED', '00 09 09 09 09 09 09 09'],
  ])('a palette, %s: %s', (situation, expected) => {
    expect(line(situation, all)).toBe(expected);
  });

  test('where the device pulses it is told once', () => {
    const pulse = looksOn(36, { red: 5 }, 0x92);
    expect(new Set(seen(withLamp(bright, { pulse }), 'RECORDING', 4, 2).split('; '))).toEqual(new Set(['92 24 05']));
  });

  test('a stopped loop on a lamp with a dim colour flashes out of it', () => {
    expect(line('STOPPED', looksOn(36, { off: 0, blue: 45, 'dim-blue': 47 }))).toBe('2D 2F 2F 2F 2F 2F 2F 2F');
  });
});

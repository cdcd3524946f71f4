import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bootGuest, type Guest } from './machine.ts';
import { pedalBoard } from './pedal-board.ts';

const launchpad = readFileSync(join(import.meta.dirname, '../../config/controllers/launchpad-mini-mk3.yaml'), 'utf8');

/** How the message of each lamp of the Launchpad begins, as in `90 0b`. */
const lamps = [...launchpad.matchAll(/"([9B]0 [0-9A-F]{2}) \{colour\}"/g)].map(([, start = '']) => start.toLowerCase());

/** It takes any port, and the other ends of the cables are ports of the same machine. */
const noGeneric = `
name: generic
title: Nothing
confidence: solid
ports: { input: [No port is called so] }
controls: { tap: { on: { note: 36 }, do: { command: tap } } }
`;

const settings = `
session: { bpm: 120, bars: 1 }
midi: { profiles: /payload/profiles, clock: { ports: [Drum Machine] } }
`;

const [programmerMode, liveMode] = ['f0 00 20 29 02 0d 0e 01 f7', 'f0 00 20 29 02 0d 0e 00 f7'];
const [yellow, green, blue, dark] = ['0d', '15', '2d', '00'];

type Spread = { readonly count: number; readonly p50: number; readonly p99: number; readonly max: number };
type Plugged = {
  readonly first: readonly string[];
  readonly initMs: number;
  readonly firstLampMs: number;
  readonly allLampsMs: number;
  readonly otherPort: readonly string[];
};
type Size = { readonly rssMb: number; readonly files: number };
type Counted = Size & { readonly programs: number };

type Scenes = {
  readonly floor: Spread;
  readonly appears: Plugged;
  readonly stomps: {
    readonly shown: readonly { readonly state: string; readonly first: string; readonly settings: readonly string[] }[];
    readonly states: readonly string[];
  };
  readonly stompToLamp: Spread;
  readonly comesBack: Plugged & {
    readonly playing: string;
    readonly lamp: string;
    readonly before: readonly string[];
    readonly after: readonly string[];
  };
  readonly manyPlugs: {
    readonly before: Counted;
    readonly after: Counted;
    readonly rssMb: readonly number[];
  };
  readonly pedals: {
    readonly firstLampMs: number;
    readonly lamps: readonly string[];
    readonly tracks: readonly (readonly string[])[];
    readonly burst: { readonly in1000ms: number; readonly in100ms: number };
  };
  readonly flooded: {
    readonly flood: { readonly sent: number; readonly seconds: number };
    readonly stompToLamp: Spread;
    readonly before: Size;
    readonly during: { readonly maxRssMb: number; readonly cpuSeconds: number };
    readonly after: Size;
    readonly backlogMs: number;
    readonly cleared: number;
  };
  readonly clock: {
    readonly ticks: number;
    readonly bpm: number;
    readonly jitterMs: Spread;
    readonly others: readonly string[];
  };
  readonly twins: Plugged & {
    readonly lamps: readonly (readonly string[])[];
    readonly tracks: readonly (readonly string[])[];
  };
  readonly leaves: { readonly code: number | null; readonly last: readonly (readonly string[])[] };
};

let guest: Guest;

/** What a scene has seen. Throws what went wrong in it. */
const scene = <Name extends keyof Scenes>(name: Name): Scenes[Name] => {
  const seen = JSON.parse(guest.text(`${name}.json`));
  if (seen.error !== undefined) throw new Error(seen.error);
  return seen;
};

const figure = (text: string): void => {
  process.stdout.write(`  ${text}\n`);
};

const inWords = ({ count, p50, p99, max }: Spread): string => `p50 ${p50} ms, p99 ${p99} ms, max ${max} ms of ${count}`;

beforeAll(() => {
  const files = new Map([
    ['controllers.yaml', settings],
    ['lamps.json', JSON.stringify(lamps)],
    ['profiles/generic.yaml', noGeneric],
    ['profiles/pedal-board.yaml', pedalBoard],
  ]);
  guest = bootGuest({ show: 'controllers', files, timeoutSeconds: 700 });
  if (guest.code !== 0) throw new Error(`the guest failed with ${guest.code}:\n${guest.console}`);
});

/** A second is promised from the appearance on; an emulated machine has a busy host under it. */
const soonMs = 3000;

/** Its mode takes it 50 ms, as its profile says; here timers end up to a tick early. */
const initTakesMs = 45;

const expectPlugged = ({ first, initMs, firstLampMs, allLampsMs, otherPort }: Plugged): void => {
  expect(first[0]).toBe(programmerMode);
  expect(firstLampMs - initMs).toBeGreaterThan(initTakesMs);
  expect(allLampsMs).toBeLessThan(soonMs);
  expect(otherPort).toEqual([]);
};

test('there are lamps to look for', () => {
  expect(lamps.length).toBeGreaterThan(30);
});

test('a controller that is plugged in gets its init first and then all its lamps, and its other port nothing', () => {
  const seen = scene('appears');
  figure(`from plug to first lamp ${Math.round(seen.firstLampMs)} ms, to the last ${Math.round(seen.allLampsMs)} ms`);
  expectPlugged(seen);
});

test('a stomp is answered by its own pad before any other, and each state has its colour', () => {
  const { shown } = scene('stomps');
  expect(shown.map(({ state, first }) => [state, first])).toEqual([
    ['PLAYING', `90 0b ${yellow}`],
    ['STOPPED', `90 0b ${yellow}`],
    ['PLAYING', `90 0b ${yellow}`],
  ]);
  const [played, stopped, again] = shown.map(({ settings }) => settings.at(-1));
  expect([played, again]).toEqual([`90 0b ${green}`, `90 0b ${green}`]);
  // It flashes on the bar line.
  expect([`90 0b ${blue}`, `90 0b ${dark}`]).toContain(stopped);
});

test('from stomp to lamp takes a moment', () => {
  const times = scene('stompToLamp');
  figure(`from stomp to lamp: ${inWords(times)}; of it the USB and the foot: ${inWords(scene('floor'))}`);
  expect(times.count).toBe(200);
  expect(times.p50).toBeLessThan(20);
  expect(times.p99).toBeLessThan(100);
});

test('a plug that is pulled while a loop plays and put back finds it playing, with init and all lamps', () => {
  const seen = scene('comesBack');
  figure(`back: first lamp after ${Math.round(seen.firstLampMs)} ms, the last after ${Math.round(seen.allLampsMs)} ms`);
  expectPlugged(seen);
  expect([seen.playing, seen.lamp]).toEqual([`90 0b ${green}`, `90 0b ${green}`]);
  expect(seen.before.at(-1)).toBe('PLAYING');
  expect(seen.after).toEqual(seen.before);
});

test('two of a kind are told apart, both act and both show it', () => {
  const seen = scene('twins');
  expectPlugged(seen);
  expect(seen.lamps).toEqual([
    [`90 0c ${yellow}`, `90 0c ${yellow}`],
    [`90 0d ${yellow}`, `90 0d ${yellow}`],
  ]);
  expect(seen.tracks.map((states) => states.includes('PLAYING'))).toEqual([true, true]);
  expect(guest.text('looper.log')).toMatch(/launchpad-mini-mk3 is .*launchpad-mini-mk3 \(2\) is /s);
});

test('a hundred plugs leave no client of the sequencer and no file behind, and the controllers work on', () => {
  const { before, after, rssMb } = scene('manyPlugs');
  figure(
    `100 plugs: clients ${before.programs} to ${after.programs}, memory ${before.rssMb} MB to ${rssMb.join(', ')}`,
  );
  expect([after.programs, after.files]).toEqual([before.programs, before.files]);
  expect(after.rssMb - before.rssMb).toBeLessThan(60);
});

test('a pedal board on a cable acts by value, and gets its lamps as slowly as a DIN plug takes them', () => {
  const { burst, tracks, lamps: set } = scene('pedals');
  figure(`over the DIN plug: at most ${burst.in1000ms} bytes in 1 s, ${burst.in100ms} in 100 ms`);
  expect(tracks.map((states) => states.includes('PLAYING'))).toEqual([true, true]);
  expect(set).toEqual(expect.arrayContaining(['b0 6a 04', 'b0 6a 05']));
  // What comes late comes in one with what follows it.
  expect(burst.in1000ms).toBeLessThanOrEqual(64 + 1000 + 30);
  expect(burst.in100ms).toBeLessThanOrEqual(64 + 100 + 30);
});

test('MIDI clock runs at the tempo, 24 ticks a beat', () => {
  const { ticks, bpm, jitterMs, others } = scene('clock');
  figure(`clock: ${bpm.toFixed(2)} BPM over ${ticks} ticks; an interval is off by ${inWords(jitterMs)}`);
  expect(Math.abs(ticks - 8 * 48)).toBeLessThanOrEqual(8);
  expect(Math.abs(bpm - 120)).toBeLessThan(1);
  expect(['', 'fa']).toContain(others.join());
});

test('a flood from one controller keeps no stomp on another waiting, and memory stays', () => {
  const { flood, stompToLamp, backlogMs, before, during, after, cleared } = scene('flooded');
  figure(
    `flooded by ${flood.sent} messages in ${flood.seconds.toFixed(1)} s: ${inWords(stompToLamp)}; ${Math.round(backlogMs)} ms after it`,
  );
  figure(
    `memory: ${before.rssMb} MB before, up to ${during.maxRssMb} in it, ${after.rssMb} after; ${during.cpuSeconds.toFixed(1)} s of CPU`,
  );
  expect(flood.sent).toBe(100_000);
  // A stomp whose release comes late is no hold.
  expect(cleared).toBe(0);
  expect(backlogMs).toBeLessThan(1000);
  expect(stompToLamp.p50).toBeLessThan(20);
  expect(stompToLamp.p99).toBeLessThan(500);
  expect(Math.max(during.maxRssMb, after.rssMb) - before.rssMb).toBeLessThan(60);
});

test('at the end all lamps go dark, and the last that a controller gets is its own mode', () => {
  const { code, last } = scene('leaves');
  expect(code).toBe(0);
  for (const messages of last) {
    expect(messages.at(-1)).toBe(liveMode);
    const settled = lamps.map((start) => messages.findLast((message) => message.startsWith(start)));
    expect(settled).toEqual(lamps.map((start) => `${start} ${dark}`));
  }
});

import { PassThrough } from 'node:stream';
import type { settingsFrom as SettingsFrom } from '../../src/cli/settings.ts';
import type { composeLive as ComposeLive } from '../../src/compose/live.ts';
import type { loadConfig as LoadConfig } from '../../src/config/load.ts';
import { type Scratch, scratch } from '../adapters/files/scratch.ts';
import { Follower } from './follow.ts';
import { ofType } from './show.ts';

// The worker thread cannot load the sources, so all of it is the compiled program.
const compiled = async (path: string) => import(new URL(`../../dist/${path}`, import.meta.url).href);
const { composeLive }: { composeLive: typeof ComposeLive } = await compiled('compose/live.js');
const { settingsFrom }: { settingsFrom: typeof SettingsFrom } = await compiled('cli/settings.js');
const { loadConfig }: { loadConfig: typeof LoadConfig } = await compiled('config/load.js');

/** At 200 BPM and 48 kHz; a bar is 0.6 s. */
const beat = 14_400;
const bar = 2 * beat;
const rig = { session: { bpm: 200, beatsPerBar: 2, bars: 1 }, click: { volume: 0.1 }, log: { level: 'silent' } };

let files: Scratch;
let events: Follower;
beforeEach(() => {
  files = scratch();
  events = new Follower(files.path('events.jsonl'));
});
afterEach(() => {
  events.close();
  files.remove();
});

/** A looper with a terminal made of streams: what is typed into it, what it has drawn. */
const startLive = async () => {
  const [keys, screen] = [new PassThrough(), new PassThrough()];
  let drawn = '';
  let quits = 0;
  let losses = 0;
  screen.setEncoding('utf8').on('data', (text: string) => {
    drawn += text;
  });
  const live = await composeLive({
    config: loadConfig(files.put('rig.yaml', JSON.stringify(rig))),
    source: settingsFrom(undefined).source,
    rig: { rig: 'simulated', play: undefined, cableFrames: undefined },
    stateFolder: files.path('state'),
    takesControllers: true,
    keepsSets: true,
    servesFrontEnds: false,
    events: files.path('events.jsonl'),
    terminal: { input: keys, output: screen },
    backstagePath: undefined,
    onQuit: () => {
      quits += 1;
    },
    onLost: () => {
      losses += 1;
    },
  });
  return { live, keys, drawn: () => drawn, quits: () => quits, losses: () => losses };
};

/** The lamps as last drawn, without colours: `1 ▶   2 ·   ...`. */
const lampsOf = (drawn: string): string | undefined =>
  drawn
    // biome-ignore lint/suspicious/noControlCharactersInRegex: terminal colours begin with an escape.
    .replaceAll(/\x1b\[\d*[mK]/g, '')
    .split('\r')
    .filter((line) => line.includes('1 '))
    .at(-1);

test('a stomp on a key comes out as states, lamps and beats, in real time', async () => {
  const { live, keys, drawn, losses } = await startLive();
  try {
    await events.line((line) => line.type === 'beat' && line.bar === 1 && line.beat === 1);
    for (const [key, ...states] of [
      ['1', 'TRIGGERED', 'RECORDING', 'PLAYING'],
      ['1', 'STOPPING', 'STOPPED'],
      ['1', 'TRIGGERED', 'PLAYING'],
      ['2', 'TRIGGERED', 'RECORDING', 'PLAYING'],
      ['r', 'EMPTY'],
    ] as const) {
      const track = key === '2' ? 2 : 1;
      const reached = states.map((state) => events.state(track, state));
      keys.write(key);
      await Promise.all(reached);
    }
    await events.line((line) => line.type === 'beat', events.lines.length);
  } finally {
    await live.stop();
  }
  expect(losses()).toBe(0);
  const steps = ofType(events.lines, 'track').filter(({ track }) => track === 1);
  expect(steps.map(({ state }) => state)).toEqual([
    ...['TRIGGERED', 'RECORDING', 'PLAYING', 'STOPPING', 'STOPPED', 'TRIGGERED', 'PLAYING', 'EMPTY'],
  ]);
  const [recorded, , , , stopped, , started] = steps;
  expect((recorded?.endFrame ?? 0) - (recorded?.startFrame ?? 0)).toBe(bar);
  expect([recorded?.startFrame, stopped?.frame, started?.frame].map((frame = 1) => frame % bar)).toEqual([0, 0, 0]);
  const lamps = ofType(events.lines, 'lamp').filter(({ bytes }) => bytes[1] === 36);
  expect(new Set(lamps.map(({ controller }) => controller))).toEqual(new Set(['keyboard']));
  expect(new Set(lamps.map(({ bytes }) => bytes[2]))).toEqual(new Set([0, 7, 3, 5, 1]));
  expect(lampsOf(drawn())).toBe('1 ·   2 ·   3 ·   4 ·   5 ·   6 ·   7 ·   8 ·');
}, 30_000);

test('beats run no faster than the wall clock, on the frames of the grid', async () => {
  const began = performance.now();
  const { live } = await startLive();
  try {
    await events.line((line) => line.type === 'beat' && line.frame === 9 * beat);
    // Nine beats of 300 ms, told at most a moment early; how late is up to how busy the machine is.
    expect(performance.now() - began).toBeGreaterThan(2600);
  } finally {
    await live.stop();
  }
  const frames = ofType(events.lines, 'beat').map(({ frame }) => frame);
  expect(frames).toEqual(frames.map((_, index) => index * beat));
}, 30_000);

test('the keys turn bars, tempo and click, quit, and are let go of at the end', async () => {
  const { live, keys, quits } = await startLive();
  try {
    await events.line((line) => line.type === 'beat');
    keys.write('+');
    const recorded = events.state(3, 'PLAYING');
    keys.write('3');
    expect(await recorded).toMatchObject({ track: 3 });
    const line = ofType(events.lines, 'track').at(-1);
    expect((line?.endFrame ?? 0) - (line?.startFrame ?? 0)).toBe(2 * bar);
    const refused = events.line(({ type }) => type === 'refused');
    keys.write('[');
    expect(await refused).toMatchObject({ code: 'tracks-not-empty' });
    keys.write('q');
    await events.line((one) => one.type === 'beat', events.lines.length);
    expect(quits()).toBe(1);
  } finally {
    await live.stop();
  }
  expect(keys.listenerCount('data')).toBe(0);
}, 30_000);

import type { WorkerEngine as Class } from '../../src/adapters/engine/worker-engine.ts';
import type { SessionEvent } from '../../src/core/session/event.ts';
import { newSession } from '../../src/core/session/state.ts';
import type { EngineOptions } from '../../src/engine/protocol.ts';
import { Session } from '../../src/streams/session.ts';
import { settings } from '../engine/rig.ts';

// The worker thread cannot load the sources.
const compiled = new URL('../../dist/adapters/engine/worker-engine.js', import.meta.url).href;
const { WorkerEngine }: { WorkerEngine: typeof Class } = await import(compiled);

const now = (): number => Number(process.hrtime.bigint()) / 1e6;

/** Holds up the main thread: nothing else happens in it meanwhile. */
const stall = (ms: number): void => {
  const end = now() + ms;
  while (now() < end);
};

const rate = 48_000;
const bar = 48_000;
const stallMs = 50;

let engine: Class | undefined;
afterEach(() => engine?.stop());

/** A session at 240 BPM on a simulated rig, whose main thread stands still for 50 ms after each 10 ms. */
const stallingSession = async () => {
  const initial = newSession({ ...settings, bpm: 240, tracks: 4 });
  const options: EngineOptions = {
    ...{ grid: initial.grid, tapeFrames: 20 * rate, loopFrames: 60 * rate, tracks: 4, click: initial.click },
    inputs: { channels: 2, pair: [0, 1] },
    outputs: { channels: 2, loops: [0, 1], click: [0, 1], monitor: undefined },
  };
  const audio = await WorkerEngine.start(options, { rate, blockFrames: 256, queueBlocks: 2 });
  engine = audio;
  const session = new Session(initial, audio, { now });
  const events: SessionEvent[] = [];
  session.moments$.subscribe((moment) => events.push(...moment.events));
  session.run();
  await audio.openDevice({ kind: 'simulated', player: new SharedArrayBuffer(8 * 4800), cableFrames: undefined });
  const timer = setInterval(() => stall(stallMs), 10);
  const until = async (frame: number): Promise<void> => {
    while (audio.frameAt(now()) < frame) await new Promise((resolve) => setTimeout(resolve, 1));
  };
  return { audio, session, events, until, end: () => clearInterval(timer) };
};

test('a main thread that stands still for 50 ms again and again moves no boundary of a loop', async () => {
  const { audio, session, events, until, end } = await stallingSession();
  // In time by half a stall: it arrives before three quarters of the bar have passed, and is handled after them.
  const lastMoment = 0.75 * bar - (stallMs / 2) * (rate / 1000);
  for (const track of [1, 2, 3, 4]) {
    const wanted = (track + 1) * bar + lastMoment;
    await until(wanted);
    const arrival = now() - ((audio.frameAt(now()) - wanted) * 1000) / rate;
    stall(stallMs);
    session.command({ type: 'stomp', track }, session.heardAt(arrival));
  }
  await until(8 * bar);
  end();
  const playing = events.filter((event) => event.type === 'track' && event.state === 'PLAYING');
  // All mean the bar that ended where theirs began.
  expect(playing.map((event) => 'startFrame' in event && [event.startFrame, event.endFrame])).toEqual(
    [1, 2, 3, 4].map((track) => [track * bar, (track + 1) * bar]),
  );
  const beats = events.filter(({ type }) => type === 'beat').map(({ frame }) => frame % (bar / 4));
  expect(new Set(beats)).toEqual(new Set([0]));
}, 60_000);

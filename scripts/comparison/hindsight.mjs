// This looper on JACK, by its protocol `hindsight.v1`.
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { wireLooper } from './jack.mjs';
import { end, start, until } from './processes.mjs';

const program = join(import.meta.dirname, '../../bin/hindsight');
const barMs = 2000;
const [inputs, outputs] = ['in', 'out'].map((way) => [0, 1].map((side) => `PortAudio:${way}_${side}`));

/** A stomp takes the last whole bar, and what it takes sounds at once. */
const settings = (period, tracks) => ({
  session: { bpm: 120, bars: 1, tracks, retroThreshold: 1 },
  click: { muted: true },
  // PortAudio's name for JACK itself.
  audio: { device: 'system', blockFrames: period },
  tape: { seconds: 10 },
  web: { port: 0 },
  midi: { controllers: [{ profile: 'generic', input: 'VirMIDI' }] },
});

/** Speaks to one, and knows the state of its tracks. */
const createTalk = async (port) => {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/`, 'hindsight.v1');
  const tracks = new Map();
  const waiting = new Map();
  let asked = 0;
  socket.on('message', (data) => {
    const { type, id, state, reason } = JSON.parse(data.toString());
    for (const track of state?.tracks ?? []) tracks.set(track.id, track.state);
    const { resolve, reject } = waiting.get(id) ?? {};
    if (type === 'done') resolve?.();
    if (type === 'refused') reject?.(new Error(`Hindsight refused: ${reason}`));
  });
  await once(socket, 'message');
  const command = (wish) =>
    new Promise((resolve, reject) => {
      asked += 1;
      waiting.set(asked, { resolve, reject });
      socket.send(JSON.stringify({ type: 'command', id: asked, command: wish }));
    });
  return { command, tracks, close: () => socket.close() };
};

/** Starts one with so many tracks and a tape of 10 s. `startMs` is the time until it says ready and its ports are there. */
export const startHindsight = async ({ folder, env, probe, period }, count) => {
  const home = join(folder, `hindsight-${process.hrtime.bigint()}`);
  mkdirSync(join(home, 'run'), { recursive: true, mode: 0o700 });
  const config = join(home, 'hindsight.yaml');
  // JSON is YAML, too.
  writeFileSync(config, JSON.stringify(settings(period, count)));
  const log = join(home, 'log');
  const began = performance.now();
  const child = start(log, program, ['run', '--rig', 'interface', '--config', config], {
    env: {
      ...env,
      ...{ STATE_DIRECTORY: join(home, 'state'), RUNTIME_DIRECTORY: join(home, 'run'), XDG_CONFIG_HOME: home },
      ...{ UV_THREADPOOL_SIZE: '8', HINDSIGHT_NODE: process.execPath },
    },
  });
  const said = (pattern) => until(() => pattern.exec(readFileSync(log, 'utf8')), `${pattern} in ${log}`);
  await said(/"ready: /);
  await wireLooper(probe, inputs, outputs);
  const startMs = performance.now() - began;
  const { command, tracks, close } = await createTalk((await said(/web: the page is at .*:(\d+)\/"/))[1]);
  const all = Array.from({ length: count }, (_, index) => index + 1);
  const everywhere = (type) => Promise.all(all.map((track) => command({ type, track })));
  const areAll = (state) => () => all.every((track) => tracks.get(track) === state);
  return {
    pids: [child.pid],
    startMs,
    midiPort: undefined,
    /** All tracks, of the last whole bar. It has to have been played. */
    capture: async () => {
      await pause(2 * barMs + 200);
      await everywhere('stomp');
      await until(areAll('PLAYING'), `Hindsight plays (see ${log})`);
    },
    clear: async () => {
      await everywhere('clear');
      await until(areAll('EMPTY'), 'Hindsight is empty');
    },
    /** Makes ready for a stomp: the first track is empty, and the last bar on tape. */
    arm: async () => {
      if (tracks.get(1) !== 'EMPTY') await command({ type: 'clear', track: 1 });
      await until(() => tracks.get(1) === 'EMPTY', 'track 1 is empty');
    },
    stop: async () => {
      close();
      await end(child);
    },
  };
};

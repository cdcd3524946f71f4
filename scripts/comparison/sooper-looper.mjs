// SooperLooper's engine alone, by OSC.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { wireLooper } from './jack.mjs';
import { decode, encode } from './osc.mjs';
import { end, start, until } from './processes.mjs';

const barMs = 2000;
const firstPort = 9971;
/** An engine of 1.7.8 takes no commands for the loops behind these: more loops are shared out evenly among several engines. */
const mostLoops = 15;
/** So that commands to many loops are not all within one block. */
const messageMs = 4;
/** So often all its loops are asked to begin in one cycle. */
const attempts = 20;
/** As its documents number them. */
const states = { off: 0, waitingToStart: 1, recording: 2, playing: 4, mute: 10 };
const portsOf = (name) => ['in', 'out'].map((way) => [1, 2].map((side) => `${name}:common_${way}_${side}`));

/** A pad of the first loop: the note that a generic controller has for track 1. */
const binding = '0 on 36 hit mute_off 0 0 1\n';

/** Asks, and waits for an answer. */
const createTalk = async (port) => {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const returnTo = `osc.udp://127.0.0.1:${socket.address().port}/`;
  const answers = [];
  socket.on('message', (bytes) => answers.push(decode(bytes)));
  const send = (...message) => socket.send(encode(...message), port, '127.0.0.1');
  const ask = async (address, types, ...values) => {
    answers.length = 0;
    send(address, `${types}ss`, ...values, returnTo, '/answer');
    const found = await until(
      () => answers.find(({ address: of }) => of === '/answer'),
      `an answer of SooperLooper to ${address}`,
      500,
    ).catch(() => undefined);
    return found?.values;
  };
  /** Knocks until it is there. */
  const hello = () =>
    until(() => {
      send('/ping', 'ss', returnTo, '/hello');
      return answers.some(({ address }) => address === '/hello');
    }, 'SooperLooper answers');
  return { send, ask, hello, close: () => socket.close() };
};

const startEngine = async ({ folder, env, probe, tools }, index, count) => {
  const name = `sooperlooper-${index}`;
  const midi = join(folder, 'sooperlooper.slb');
  writeFileSync(midi, binding);
  const talk = await createTalk(firstPort + index);
  const began = performance.now();
  const args = [
    '-q',
    '-l',
    `${count}`,
    '-c',
    '2',
    '-t',
    '10',
    '-D',
    'no',
    '-j',
    name,
    '-p',
    `${firstPort + index}`,
    '-m',
    midi,
  ];
  const child = start(join(folder, 'sooperlooper.log'), join(tools, 'sooperlooper'), args, { env });
  await talk.hello();
  await wireLooper(probe, ...portsOf(name));
  const startMs = performance.now() - began;
  const loops = Array.from({ length: count }, (_, index) => index);
  const toAll = async (verb, types, ...values) => {
    for (const loop of loops) {
      talk.send(`/sl/${loop}/${verb}`, types, ...values);
      await pause(messageMs);
    }
  };
  const setAll = (name, value) => toAll('set', 'sf', name, value);
  const hit = (command) => talk.send('/sl/0/hit', 's', command);
  const hitAll = (command) => toAll('hit', 's', command);
  const get = async (name, loop = 0) => (await talk.ask(`/sl/${loop}/get`, 's', name))?.[2];
  const every = async (isSo) => {
    for (const loop of loops) if (!isSo(await get('state', loop))) return false;
    return true;
  };
  const areAll = (state) => every((now) => now === state);
  // What is played in is not heard, as in a looper whose guitar has its own amp.
  talk.send('/set', 'sf', 'dry', 0);
  await setAll('dry', 0);
  // Its internal tempo, by which it syncs what it is told to: a cycle is a bar. Once it runs, cycles are whole.
  for (const [name, value] of [
    ['sync_source', -3],
    ['tempo', 120],
    ['eighth_per_cycle', 8],
  ])
    talk.send('/set', 'sf', name, value);
  await pause(barMs);
  const clear = async () => {
    await hitAll('undo_all');
    await until(() => areAll(states.off), 'SooperLooper is empty');
  };
  return {
    pid: child.pid,
    startMs,
    midiPort: name,
    fadeFrames: () => get('fade_samples'),
    /** All loops, of a bar by its own clock: sync to the internal tempo, quantized to a cycle of 4 beats. The bar of sound comes in meanwhile. */
    capture: async () => {
      for (const name of ['sync', 'quantize']) await setAll(name, 1);
      for (let attempt = 1; ; attempt += 1) {
        if (attempt > attempts)
          throw new Error(`SooperLooper took hits of one cycle in none of ${attempts} tries; let nothing else run`);
        await hitAll('record');
        // A hit takes effect in the next block, what is asked is answered at once.
        await until(() => every((now) => now > states.off), 'SooperLooper has taken the hits');
        if (await areAll(states.waitingToStart)) break;
        // A cycle began meanwhile: some loops record it, the others would the next one.
        await pause(barMs);
        await clear();
      }
      await until(() => areAll(states.recording), 'SooperLooper records');
      await hitAll('record');
      await until(() => areAll(states.playing), 'SooperLooper plays');
    },
    /** The first loop by two hits, a bar apart by the clock of this program. */
    captureByHand: async () => {
      for (const name of ['sync', 'quantize']) await setAll(name, 0);
      hit('record');
      await pause(barMs);
      hit('record');
      await until(async () => (await get('state')) === states.playing, 'SooperLooper plays');
    },
    clear,
    /** Makes ready for a stomp: the loop runs on, and is not heard. */
    arm: async () => {
      hit('mute_on');
      await until(async () => (await get('state')) === states.mute, 'SooperLooper is mute');
    },
    stop: async () => {
      talk.close();
      await end(child);
    },
  };
};

/**
 * Starts so many loops, each with 10 s of memory, all on the common inputs and outputs. `startMs` is the time until all engines answer and their
 * ports are there.
 */
export const startSooperLooper = async (rig, count) => {
  const engineCount = Math.ceil(count / mostLoops);
  const sizes = Array.from({ length: engineCount }, (_, index) => Math.floor((count + index) / engineCount));
  const engines = await Promise.all(sizes.map((size, index) => startEngine(rig, index, size)));
  const all = (act) => async () => {
    await Promise.all(engines.map((engine) => engine[act]()));
  };
  const [first] = engines;
  return {
    ...first,
    pids: engines.map(({ pid }) => pid),
    startMs: Math.max(...engines.map(({ startMs }) => startMs)),
    capture: all('capture'),
    clear: all('clear'),
    stop: all('stop'),
  };
};

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
const port = 9971;
const [inputs, outputs] = ['in', 'out'].map((way) => [1, 2].map((side) => `sooperlooper:common_${way}_${side}`));

/** A pad of the first loop: the note that a generic controller has for track 1. */
const binding = '0 on 36 hit mute_off 0 0 1\n';

/** Asks, and waits for an answer. */
const createTalk = async () => {
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
    const found = await until(() => answers[0], `an answer of SooperLooper to ${address}`, 500).catch(() => undefined);
    return found?.values;
  };
  return { send, ask, close: () => socket.close() };
};

/**
 * Starts one with so many loops, each with 10 s of memory, all on the common inputs and outputs. `startMs` is the time until it answers and its
 * ports are there.
 */
export const startSooperLooper = async ({ folder, env, probe, tools }, count) => {
  const midi = join(folder, 'sooperlooper.slb');
  writeFileSync(midi, binding);
  const talk = await createTalk();
  const began = performance.now();
  const args = ['-q', '-l', `${count}`, '-c', '2', '-t', '10', '-D', 'no', '-p', `${port}`, '-m', midi];
  const child = start(join(folder, 'sooperlooper.log'), join(tools, 'sooperlooper'), args, { env });
  await until(() => talk.ask('/ping', ''), 'SooperLooper answers');
  await wireLooper(probe, inputs, outputs);
  const startMs = performance.now() - began;
  // What is played in is not heard, as in a looper whose guitar has its own amp.
  talk.send('/set', 'sf', 'dry', 0);
  const setLoops = (name, value) => talk.send('/sl/-1/set', 'sf', name, value);
  setLoops('dry', 0);
  // Its internal tempo, by which it syncs what it is told to: a cycle is a bar. Once it runs, cycles are whole.
  for (const [name, value] of [
    ['sync_source', -3],
    ['tempo', 120],
    ['eighth_per_cycle', 8],
  ])
    talk.send('/set', 'sf', name, value);
  await pause(barMs);
  const hit = (command, loop = -1) => talk.send(`/sl/${loop}/hit`, 's', command);
  const get = async (name) => (await talk.ask('/sl/0/get', 's', name))?.[2];
  return {
    pid: child.pid,
    startMs,
    midiPort: 'sooperlooper',
    fadeFrames: () => get('fade_samples'),
    /** All loops, of a bar by its own clock: sync to the internal tempo, quantized to a cycle of 4 beats. The bar of sound comes in meanwhile. */
    capture: async () => {
      for (const name of ['sync', 'quantize']) setLoops(name, 1);
      hit('record');
      await until(async () => (await get('state')) === 2, 'SooperLooper records');
      await pause(barMs / 2);
      hit('record');
      await until(async () => (await get('state')) === 4, 'SooperLooper plays');
    },
    /** The same by two hits, a bar apart by the clock of this program. */
    captureByHand: async () => {
      for (const name of ['sync', 'quantize']) setLoops(name, 0);
      hit('record');
      await pause(barMs);
      hit('record');
      await until(async () => (await get('state')) === 4, 'SooperLooper plays');
    },
    clear: async () => {
      hit('undo_all');
      await until(async () => (await get('state')) === 0, 'SooperLooper is empty');
    },
    /** Makes ready for a stomp: the loop runs on, and is not heard. */
    arm: async () => {
      hit('mute_on');
      await until(async () => (await get('state')) === 10, 'SooperLooper is mute');
    },
    stop: async () => {
      talk.close();
      await end(child);
    },
  };
};

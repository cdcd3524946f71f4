// A server of JACK on its dummy driver, and the probe in it.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { start, until } from './processes.mjs';
import { rate } from './sound.mjs';

/** One name for all: JACK keeps a place for each server that was killed, and takes it back only for its name. There are eight. */
const server = 'hindsight-compare';

/** Whether programs may run in real time here. */
export const mayRealTime = () => spawnSync('chrt', ['-f', '1', 'true']).status === 0;

/**
 * Starts a server of its own name, which is no other's, with blocks of so many frames. Needs no sound card. Synchronous (-S): a client that is late
 * makes the others wait, where else its block would be lost. Gives the environment in which clients find it.
 */
export const startJack = (folder, period, isRealTime) => {
  const args = [
    '-n',
    server,
    isRealTime ? '-R' : '-r',
    '-S',
    '-d',
    'dummy',
    '-r',
    `${rate}`,
    '-p',
    `${period}`,
    '-C',
    '2',
    '-P',
    '2',
  ];
  start(join(folder, 'jackd.log'), 'jackd', args, { env: { JACK_NO_AUDIO_RESERVATION: '1' } });
  return { JACK_DEFAULT_SERVER: server, JACK_NO_START_SERVER: '1' };
};

/** Starts the probe. It plays in a circle, and all that it tells of frames are those of JACK. */
export const startProbe = async ({ folder, env, tools }) => {
  const log = join(folder, 'probe.log');
  let [asked, child] = [0, undefined];
  const waiting = new Map();
  const answered = (line) => {
    const { id, error, ...said } = JSON.parse(line);
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) resolve(said);
    else reject(new Error(`probe: ${error}; see ${log}`));
  };
  const begin = () => {
    child = start(log, join(tools, 'probe'), [], { env, stdio: ['pipe', 'pipe', log] });
    createInterface(child.stdout).on('line', answered);
    child.stdin.on('error', () => {});
    child.once('close', () => {
      for (const { reject } of waiting.values()) reject(new Error(`probe: it has ended; see ${log}`));
      waiting.clear();
    });
  };
  const ask = (...words) =>
    new Promise((resolve, reject) => {
      asked += 1;
      waiting.set(asked, { resolve, reject });
      child.stdin.write(`${asked} ${words.join(' ')}\n`);
    });
  // The server may not be up yet: the probe ends then.
  await until(() => {
    begin();
    return ask('ports').catch(() => undefined);
  }, `a client in JACK (see ${log})`);
  const sound = join(folder, 'sound.f32');
  const recorded = join(folder, 'recorded.f32');
  return {
    ports: async () => (await ask('ports')).names,
    play: (samples) => {
      writeFileSync(sound, samples);
      return ask('play', sound);
    },
    silence: () => ask('play', '-'),
    /** The next frames, of which `begin` is the first; `gaps` are where JACK's own frames did not go on as they should have. */
    record: async (frames) => {
      const said = await ask('record', frames, recorded);
      const bytes = readFileSync(recorded);
      return { ...said, samples: new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4) };
    },
    xruns: async () => (await ask('xruns')).count,
    wire: (from, to) => ask('wire', from, to),
    send: async (path, bytes) => (await ask('send', path, ...bytes)).frame,
  };
};

/** Waits for the four ports of a looper, two each way, and wires the probe to them. */
export const wireLooper = async (probe, inputs, outputs) => {
  await until(
    async () => {
      const names = await probe.ports();
      return [...inputs, ...outputs].every((name) => names.includes(name));
    },
    `the ports ${[...inputs, ...outputs].join(', ')}`,
  );
  for (const [index, name] of inputs.entries()) await probe.wire(`compare-probe:out_${index + 1}`, name);
  for (const [index, name] of outputs.entries()) await probe.wire(name, `compare-probe:in_${index + 1}`);
};

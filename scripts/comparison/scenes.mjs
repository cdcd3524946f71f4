// What is measured of a looper; each scene starts it anew and gives plain figures.
import { execFileSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { cpuByThread, cpuSeconds, residentMb, until } from './processes.mjs';
import { barFrames, firstSound, impulse, loudness, noise, passErrors, rate, seamSteps, tones } from './sound.mjs';

const cpuWindowMs = 10_000;
/** In which programs compile what they run often, and write to their disk what is new. */
const settleMs = 3000;

const sum = (values) => values.reduce((all, value) => all + value, 0);

/** All loops play a bar of noise, and noise goes on coming in. */
export const load = async (rig, startLooper, count) => {
  const { probe } = rig;
  const sound = noise();
  await probe.play(sound);
  const looper = await startLooper(rig, count);
  try {
    await looper.capture();
    await pause(settleMs);
    const loud = loudness((await probe.record(rate)).samples) / loudness(sound);
    if (Math.abs(loud - count) > 0.5)
      throw new Error(`${count} loops sound as loud as ${loud.toFixed(1)}: not all play, so nothing is to be compared`);
    const { pids } = looper;
    const xrunsBefore = await probe.xruns();
    const before = pids.map(cpuByThread);
    const processorBefore = sum(pids.map(cpuSeconds));
    const began = performance.now();
    await pause(cpuWindowMs);
    const seconds = (performance.now() - began) / 1000;
    const percent = (used) => (100 * used) / seconds;
    const cpu = percent(sum(pids.map(cpuSeconds)) - processorBefore);
    const threads = pids.flatMap((pid, index) =>
      Object.entries(cpuByThread(pid)).map(([name, now]) => [name, percent(now - (before[index][name] ?? 0))]),
    );
    return {
      loops: count,
      startMs: looper.startMs,
      processes: pids.length,
      cpu,
      xruns: (await probe.xruns()) - xrunsBefore,
      memoryMb: sum(pids.map(residentMb)),
      threads: Object.fromEntries(threads.filter(([, share]) => share >= 0.05)),
    };
  } finally {
    await looper.stop();
  }
};

/** Passes of a loop that are recorded at a time, and how many without a gap are enough. */
const [passes, enough, attempts] = [5, 4, 6];
const captures = 20;

/** The loops of a capture in which JACK had no xrun, which would be in them; what was played in is silent then. */
const capturedWell = async ({ probe }, looper, sound, capture) => {
  await probe.play(sound);
  for (let attempt = 0; attempt < captures; attempt += 1) {
    const before = await probe.xruns();
    await capture();
    if ((await probe.xruns()) === before) {
      await probe.silence();
      await pause(300);
      return;
    }
    await looper.clear();
  }
  throw new Error(`JACK had an xrun in each of ${captures} captures; let nothing else run on this machine`);
};

const lengths = async (rig, looper, capture) => {
  const { probe } = rig;
  await capturedWell(rig, looper, impulse(), capture);
  const errors = [];
  for (let attempt = 0; attempt < attempts && errors.length < enough; attempt += 1) {
    const { samples, gaps } = await probe.record(passes * barFrames + rate / 4);
    errors.push(...passErrors(samples, gaps));
  }
  await looper.clear();
  if (errors.length === 0)
    throw new Error('JACK had a gap in each pass of a loop; let nothing else run on this machine');
  return errors;
};

const seams = async (rig, looper, ninths) => {
  const { probe } = rig;
  await capturedWell(rig, looper, tones(ninths), looper.capture);
  const { samples, gaps } = await probe.record(5 * barFrames);
  await looper.clear();
  return seamSteps(samples, gaps);
};

/** How long the passes of a loop of a bar are, and how large its seams. `ninths` are pairs of parts of a turn at which the tones break off. */
export const exactness = async (rig, startLooper, ninths) => {
  const looper = await startLooper(rig, 1);
  try {
    const errors = await lengths(rig, looper, looper.capture);
    const byHand = looper.captureByHand && (await lengths(rig, looper, looper.captureByHand));
    const steps = [];
    for (const pair of ninths) steps.push(...(await seams(rig, looper, pair)));
    return { errors, byHand, steps, fadeFrames: await looper.fadeFrames?.() };
  } finally {
    await looper.stop();
  }
};

/** The sequencer's name of the port, and the file of its other end. */
const foot = { port: 'Virtual Raw MIDI', file: (card) => `/dev/snd/midiC${card}D0` };

const connectFoot = async (midiPort) => {
  const connect = () => {
    try {
      execFileSync('aconnect', [foot.port, midiPort], { stdio: 'pipe' });
      return true;
    } catch {
      return false;
    }
  };
  await until(connect, `the sequencer's port of ${midiPort}`);
};

/** Where sound begins after a stomp: one hundredth of what is played in. */
const threshold = 0.0002;
const heardFrames = rate / 2;

/**
 * From a note on a raw MIDI port, through the sequencer, to sound at the looper's output, in milliseconds. The foot comes at any time. What a
 * looper does at once is asked for: Hindsight captures, SooperLooper lets a mute loop be heard.
 */
export const stomps = async (rig, startLooper, { count, card }) => {
  const { probe } = rig;
  await probe.play(noise());
  const looper = await startLooper(rig, 1);
  const path = foot.file(card);
  try {
    if (looper.midiPort) await connectFoot(looper.midiPort);
    await looper.capture();
    const times = [];
    let [gapped, silent] = [0, 0];
    for (let stomp = 0; stomp < count; stomp += 1) {
      await looper.arm();
      await pause(200 + 100 * Math.random());
      const heard = probe.record(heardFrames);
      await pause(50 + 30 * Math.random());
      const frame = await probe.send(path, [0x90, 36, 100]);
      await pause(30);
      await probe.send(path, [0x80, 36, 0]);
      const { begin, samples, gaps } = await heard;
      const at = firstSound(samples, threshold);
      if (gaps.length > 0) gapped += 1;
      else if (at < 0) silent += 1;
      else times.push(((begin + at - frame) / rate) * 1000);
    }
    return { times, gapped, silent };
  } finally {
    await looper.stop();
  }
};

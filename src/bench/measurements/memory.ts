import { setTimeout } from 'node:timers/promises';
import { bytesPerFrame, memoryFrames, seamFrames } from '../../core/sound/span.ts';
import type { Measurement } from '../measurement.ts';
import { residentMb, startLooper } from '../rigs/looper-process.ts';

const tracks = 8;
/** The shortest that can be set, so that it is full soon. */
const tapeSeconds = 10;
const barSeconds = 2;
const settings = { session: { bpm: 120, bars: 1 }, tape: { seconds: tapeSeconds } };
const rate = 48_000;
const [looks, lookMs, settleMs] = [5, 200, 1500];

const soundMb = (memoryFrames(barSeconds * rate + seamFrames(rate)) * bytesPerFrame) / 2 ** 20;

const looked = async (pid: number): Promise<readonly number[]> => {
  const values: number[] = [];
  for (let look = 0; look < looks; look += 1) {
    await setTimeout(lookMs);
    values.push(residentMb(pid));
  }
  return values;
};

const stomp = async (port: number, track: number): Promise<void> => {
  const response = await fetch(`http://localhost:${port}/api/command`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ command: { type: 'record', track, bars: 1 } }),
  });
  if (!response.ok) throw new Error(`the looper does not capture: ${await response.text()}`);
};

export const memory: Measurement = {
  title: 'memory at rest and per loop',
  how: `hindsight run on the simulated rig with a tape of ${tapeSeconds} s, which is full by then; what of it is in RAM (VmRSS), before and after ${tracks} loops of ${barSeconds} s. The tape as shipped, 180 s, takes 62 MB more; tape and loops are bounded by memory.budgetMb`,
  measure: async ({ folder }) => {
    const looper = await startLooper(folder, settings);
    const port = await looper.port();
    await setTimeout(tapeSeconds * 1000 + 500);
    const rest = await looked(looper.pid);
    for (let track = 1; track <= tracks; track += 1) await stomp(port, track);
    await setTimeout(settleMs);
    const full = await looked(looper.pid);
    await looper.kill();
    return [
      { name: 'at rest', means: 'ready, nothing captured', unit: 'MB', values: rest },
      {
        ...{ name: 'per loop', unit: 'MB', values: full.map((mb, look) => (mb - (rest[look] ?? 0)) / tracks) },
        means: `what each of ${tracks} loops adds; its sound alone is ${soundMb.toFixed(2)} MB`,
      },
    ];
  },
};

import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { WebSocket } from 'ws';
import type { Millis } from '../../core/time/units.ts';
import type { Measurement, Sample } from '../measurement.ts';
import { startLooper } from '../rigs/looper-process.ts';

const crowds = [1, 10, 50];
const warmCommands = 40;
const pauseMs = 15;

const joined = async (port: number): Promise<WebSocket> => {
  const client = new WebSocket(`ws://localhost:${port}/`, 'hindsight.v1');
  await once(client, 'message');
  return client;
};

/** Sends a command, and waits until each client was told what came of it. */
const told = (clients: readonly WebSocket[], volume: number): Promise<Millis> =>
  new Promise((resolve) => {
    const began = performance.now();
    const mark = `"click":{"volume":${volume},`;
    let missing = clients.length;
    for (const client of clients) {
      const hear = (data: { toString(): string }): void => {
        if (!data.toString().includes(mark)) return;
        client.off('message', hear);
        missing -= 1;
        if (missing === 0) resolve(performance.now() - began);
      };
      client.on('message', hear);
    }
    clients[0]?.send(JSON.stringify({ type: 'command', id: 1, command: { type: 'setClickVolume', volume } }));
  });

export const fanOut: Measurement = {
  title: 'until all front ends are told',
  how: 'hindsight run on the simulated rig; one client of hindsight.v1 turns the click, and the last of all has the change. Changes are gathered for up to 10 ms, by design. All clients are in one other process of this machine, whose own work is in it; no network',
  measure: async ({ folder, quick }) => {
    const looper = await startLooper(folder, {});
    const port = await looper.port();
    const clients: WebSocket[] = [];
    const samples: Sample[] = [];
    for (const crowd of crowds) {
      while (clients.length < crowd) clients.push(await joined(port));
      const values: Millis[] = [];
      const commands = warmCommands + (quick ? 40 : 120);
      for (let command = 0; command < commands; command += 1) {
        await setTimeout(pauseMs * Math.random());
        // Each unlike the one before it.
        const took = await told(clients, (1 + (command % 90)) / 100);
        if (command >= warmCommands) values.push(took);
      }
      samples.push({ name: `${crowd} clients`, means: 'from the command to the last client', unit: 'ms', values });
    }
    await looper.kill();
    return samples;
  },
};

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Millis } from '../../core/time/units.ts';
import { nodeFlags } from '../node-flags.ts';

const program = fileURLToPath(new URL('../../main.js', import.meta.url));
const patienceMs = 30_000;

/** `hindsight run` on the simulated rig, in a process of its own. */
export type LooperProcess = {
  readonly pid: number;
  /** From its start to the log's `ready`. */
  readonly readyMs: Millis;
  /** Where front ends reach it, once they do. */
  port(): Promise<number>;
  /** Without its leave. */
  kill(): Promise<void>;
};

/** Tells the texts of a log as they come. The first that is so is waited for; rejects where the program has ended, or takes too long. */
const logOf = (child: ChildProcess) => {
  const texts: string[] = [];
  const looks = new Set<() => void>();
  let isOver = false;
  const look = (): void => {
    for (const wake of looks) wake();
  };
  if (child.stderr !== null) {
    createInterface(child.stderr).on('line', (line) => {
      texts.push((JSON.parse(line) as { readonly msg: string }).msg);
      look();
    });
  }
  child.once('close', () => {
    isOver = true;
    look();
  });
  return (pattern: RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      const settle = (act: () => void): void => {
        clearTimeout(timer);
        looks.delete(wake);
        act();
      };
      const fail = (why: string): void =>
        settle(() => reject(new Error(`the looper ${why}; its log ends with: ${texts.at(-1) ?? 'nothing'}`)));
      const timer = setTimeout(() => fail(`did not say ${pattern} in time`), patienceMs);
      const wake = (): void => {
        const found = texts.map((text) => pattern.exec(text)).find((match) => match !== null);
        if (found) settle(() => resolve(found));
        else if (isOver) fail(`ended without saying ${pattern}`);
      };
      looks.add(wake);
      wake();
    });
};

let loopers = 0;

/** Starts one whose settings, state and socket are in `folder`; nothing is there from before. Resolves once it is ready. */
export const startLooper = async (folder: string, config: object): Promise<LooperProcess> => {
  loopers += 1;
  const home = join(folder, `looper-${loopers}`);
  mkdirSync(join(home, 'run'), { recursive: true, mode: 0o700 });
  const file = join(home, 'hindsight.yaml');
  // JSON is YAML, too.
  writeFileSync(file, JSON.stringify({ web: { port: 0 }, ...config }));
  const { NOTIFY_SOCKET: _, ...env } = process.env;
  const began = performance.now();
  const child = spawn(process.execPath, [...nodeFlags, program, 'run', '--rig', 'simulated', '--config', file], {
    env: { ...env, STATE_DIRECTORY: join(home, 'state'), RUNTIME_DIRECTORY: join(home, 'run'), XDG_CONFIG_HOME: home },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const logged = logOf(child);
  await logged(/^ready: /);
  const readyMs = performance.now() - began;
  return {
    pid: child.pid ?? 0,
    readyMs,
    port: async () => Number((await logged(/^web: the page is at .*:(\d+)\/$/))[1]),
    kill: async () => {
      child.kill('SIGKILL');
      await once(child, 'close');
    },
  };
};

/** The memory of a process that is in RAM, in MB: VmRSS of proc_pid_status(5). */
export const residentMb = (pid: number): number => {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
};

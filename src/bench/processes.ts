import { fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { catalogue } from './catalogue.ts';
import type { Outcome } from './measurement.ts';
import { nodeFlags } from './node-flags.ts';

const program = fileURLToPath(new URL('./measurer.js', import.meta.url));

/** More than any measurement takes on a slow machine: one that hangs must not keep the others. */
const patienceMs = 120_000;

type Without<Whole, Key extends PropertyKey> = Whole extends unknown ? Omit<Whole, Key> : never;

/** What the process of a measurement says. */
export type Found = Without<Outcome, 'name' | 'seconds'>;

const failed = (reason: string): Found => ({ state: 'failed', reason });

/** Ends a process with all that it has started. */
const endGroup = (pid: number | undefined): void => {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
};

const spoken = (name: string, args: readonly string[], signal: AbortSignal): Promise<Found> =>
  new Promise((resolve) => {
    // A group of its own: Ctrl-C is ours to pass on.
    const child = fork(program, args, {
      execArgv: [...nodeFlags, ...(catalogue.get(name)?.flags ?? [])],
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      serialization: 'advanced',
    });
    let said = '';
    let answer: Found | undefined;
    const end = (): void => endGroup(child.pid);
    const timer = setTimeout(() => {
      answer = failed(`it was not done within ${patienceMs / 1000} s`);
      end();
    }, patienceMs);
    signal.addEventListener('abort', end, { once: true });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-2000);
    });
    child.on('message', (message) => {
      answer = message as Found;
    });
    child.on('error', ({ message }) => {
      answer = failed(message);
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      end();
      resolve(answer ?? failed(said.trim() || `its process ended with code ${code}`));
    });
  });

/**
 * Makes a measurement in a process of its own, with a folder of its own below `parent`: neither outlives it, also where the signal ends it.
 * What the process cannot do is told in the outcome.
 */
export const measureApart =
  (parent: string, isQuick: boolean, signal: AbortSignal) =>
  async (name: string): Promise<Found> => {
    const folder = await mkdtemp(join(parent, `${name}-`));
    try {
      return await spoken(name, [name, folder, isQuick ? 'quick' : 'whole'], signal);
    } finally {
      await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    }
  };

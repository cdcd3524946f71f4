import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The compiled program. */
export const program = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/** Neither a looper that somebody plays nor a player's own profiles take part in a test. */
const home = mkdtempSync(join(tmpdir(), 'hindsight-home-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** Where the program of a test finds its user's files. */
export const own = {
  XDG_CONFIG_HOME: join(home, 'config'),
  XDG_RUNTIME_DIR: join(home, 'run'),
  XDG_STATE_HOME: join(home, 'state'),
};

export type Ended = {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
};

export type Running = { readonly child: ChildProcess; readonly ended: Promise<Ended> };

/** Any program, with all that it says; the environment is added to a user's. */
export const started = (command: string, args: readonly string[], options: SpawnOptions = {}): Running => {
  // What jest sets for itself is not what a user has.
  const { NODE_OPTIONS: _, ...usual } = process.env;
  const env = { ...usual, ...own, ...options.env };
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options, env });
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, stdout, stderr }));
  return { child, ended };
};

/** The program as a stranger starts it. */
export const hindsightStarted = (args: readonly string[], options: SpawnOptions = {}): Running =>
  started(process.execPath, [program, ...args], options);

/** The program as a stranger calls it, to its end. */
export const hindsight = (...args: readonly string[]): Promise<Ended> => hindsightStarted(args).ended;

const keptOnes: Running[] = [];
afterEach(async () => {
  for (const { child, ended } of keptOnes.splice(0)) {
    child.kill('SIGKILL');
    await ended;
  }
});

/** A program that does not outlive its test. */
export const keep = (one: Running): Running => {
  keptOnes.push(one);
  return one;
};

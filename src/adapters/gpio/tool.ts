import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Readable } from 'node:stream';
import { messageOf } from '../../core/errors.ts';
import type { Millis } from '../../core/time/units.ts';
import { Lines } from './edges.ts';

/** A program that ended after it had worked is started again soon; one that never did, after longer. */
const soonMs: Millis = 500;
const againMs: Millis = 5000;
/** One that does not end when it is asked to. */
const killMs: Millis = 500;

export type ToolListener = {
  /** A line that it wrote. */
  readonly line: (text: string) => void;
  /** It has ended, or cannot be started: why, in words. It is tried again. */
  readonly gone: (why: string) => void;
};

export type ToolWish = {
  readonly name: string;
  readonly args: readonly string[];
  /** Folders to look for it in, as in PATH. */
  readonly path: string;
  /** Why it need not be started now. */
  readonly hindrance: () => string | undefined;
};

/** What to do about what the tools say. */
const hints: readonly (readonly [words: RegExp, hint: string])[] = [
  [/permission denied/i, '; join the group gpio'],
  [/unrecognized option|invalid option/i, '; it has to be of gpiod 2, as in Debian 13'],
  [/resource busy/i, '; another program or a driver has one of the pins'],
];

const hintFor = (said: string): string => hints.find(([words]) => words.test(said))?.[1] ?? '';

const isProgram = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** A program that is kept running, and tells what it sees line by line. Starting one costs a fork: what can be seen without one is seen before. */
export class Tool {
  readonly #wish: ToolWish;
  readonly #listener: ToolListener;
  #child: ChildProcess | undefined;
  #again: NodeJS.Timeout | undefined;
  #isClosed = false;
  #hasWorked = false;

  constructor(wish: ToolWish, listener: ToolListener) {
    this.#wish = wish;
    this.#listener = listener;
  }

  open(): void {
    const { name, path, hindrance } = this.#wish;
    const why = hindrance();
    const file = path
      .split(delimiter)
      .map((folder) => join(folder, name))
      .find(isProgram);
    if (file === undefined) this.#lose(`there is no ${name}; install gpiod`);
    else if (why !== undefined) this.#lose(why);
    else this.#start(file);
  }

  /** Resolves once it has ended. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#again);
    const child = this.#child;
    if (child === undefined) return;
    const limit = setTimeout(() => child.kill('SIGKILL'), killMs);
    await new Promise<void>((resolve) => {
      child.once('close', () => resolve());
      child.kill('SIGTERM');
    });
    clearTimeout(limit);
  }

  #start(file: string): void {
    const { name, args } = this.#wish;
    this.#hasWorked = false;
    let child: ChildProcessByStdio<null, Readable, Readable>;
    try {
      child = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    } catch (error) {
      // Which it throws where there is no memory or no process left.
      this.#lose(`${name} cannot be started (${messageOf(error)})`);
      return;
    }
    this.#child = child;
    const lines = new Lines();
    let complaint = '';
    child.stdout.setEncoding('utf8').on('data', (piece: string) => {
      this.#hasWorked = true;
      for (const line of lines.take(piece)) if (!this.#isClosed) this.#listener.line(line);
    });
    child.stderr.setEncoding('utf8').on('data', (piece: string) => {
      complaint = `${complaint}${piece}`.slice(0, 1000);
    });
    child.on('error', (error) => {
      complaint = messageOf(error);
    });
    child.on('close', (code, signal) => {
      this.#child = undefined;
      // It names itself, by the path that it was called by.
      const [first = ''] = complaint.trim().split('\n');
      const said = first.replace(/^\S*: /, '');
      this.#lose(`${name} has ended (${said || (signal ?? `exit ${code}`)})${hintFor(said)}`);
    });
  }

  #lose(why: string): void {
    if (this.#isClosed) return;
    this.#listener.gone(why);
    this.#again = setTimeout(() => this.open(), this.#hasWorked ? soonMs : againMs);
    this.#hasWorked = false;
  }
}

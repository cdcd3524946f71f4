import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Scratch, scratch } from '../adapters/files/scratch.ts';
import { hindsightStarted, keep, type Running } from './program.ts';

/** Far beyond what anything here takes. */
export const patienceMs = 30_000;

/** A bar of a second, captured by each stomp; a tape that is full soon, so that memory is what it will be. */
export const quick = {
  session: { bpm: 240, beatsPerBar: 4, bars: 1 },
  tape: { seconds: 20 },
  memory: { budgetMb: 64 },
};

/** A file's scratch folder, gone after its last test. To be called at the top of the file. */
export const scratchOfFile = (): Scratch => {
  const files = scratch();
  afterAll(() => files.remove());
  return files;
};

/** A user of the box: where the looper keeps what it finds out, and its socket. */
export type Home = { readonly state: string; readonly env: Readonly<Record<string, string>> };

let homes = 0;

export const homeIn = (files: Scratch): Home => {
  homes += 1;
  const folder = files.path(`home-${homes}`);
  mkdirSync(join(folder, 'run'), { recursive: true, mode: 0o700 });
  const env = { XDG_STATE_HOME: join(folder, 'state'), XDG_RUNTIME_DIR: join(folder, 'run') };
  return { state: join(folder, 'state/hindsight'), env };
};

export type Wishes = {
  readonly home: Home;
  /** Sections of the config over the quick ones. */
  readonly config?: Readonly<Record<string, unknown>>;
  readonly args?: readonly string[];
};

/** A process that runs, and its log. */
export type Looper = Running & {
  /** The text of the first line of the log that is so, once it is there. */
  logged(pattern: RegExp): Promise<string>;
  /** The port of the page, once it is open. */
  port(): Promise<number>;
  /** As a power cut would, it takes nobody's leave. */
  kill(): Promise<void>;
};

const textsIn = (log: string): readonly string[] =>
  log
    .split('\n')
    .slice(0, -1)
    .map((line) => (JSON.parse(line) as { msg: string }).msg);

let configs = 0;

/** The compiled program on a simulated rig, in front ends' reach on a port of its own. It does not outlive its test. */
export const looperIn = (files: Scratch, { home, config = {}, args = [] }: Wishes): Looper => {
  configs += 1;
  const file = files.put(`config-${configs}.yaml`, JSON.stringify({ ...quick, web: { port: 0 }, ...config }));
  const one = keep(hindsightStarted(['run', '--rig', 'simulated', '--config', file, ...args], { env: home.env }));
  let log = '';
  const looks = new Set<() => void>();
  const look = (): void => {
    for (const wake of looks) wake();
  };
  one.child.stderr?.on('data', (text: string) => {
    log += text;
    look();
  });
  let hasEnded = false;
  void one.ended.then(() => {
    hasEnded = true;
    look();
  });
  const logged = (pattern: RegExp): Promise<string> =>
    new Promise((resolve, reject) => {
      const settle = (act: () => void): void => {
        clearTimeout(timer);
        looks.delete(wake);
        act();
      };
      const fail = (why: string): void =>
        settle(() => reject(new Error(`${pattern} is not in the log ${why}:\n${log}`)));
      const timer = setTimeout(() => fail(`within ${patienceMs} ms`), patienceMs);
      const wake = (): void => {
        const found = textsIn(log).find((text) => pattern.test(text));
        if (found !== undefined) settle(() => resolve(found));
        else if (hasEnded) fail('of a program that has ended');
      };
      looks.add(wake);
      wake();
    });
  return {
    ...one,
    logged,
    port: async () => Number(/:(\d+)\/$/.exec(await logged(/^web: the page is at /))?.[1]),
    kill: async () => {
      one.child.kill('SIGKILL');
      await one.ended;
    },
  };
};

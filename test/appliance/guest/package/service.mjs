// The service as systemd and the kernel see it.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { pause } from './controllers/wait.mjs';

export const config = '/etc/hindsight/hindsight.yaml';

/** Runs a program to its end. */
export const run = (program, ...args) => {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 26 });
  return { code: status, out: stdout ?? '', said: stderr ?? '' };
};

/** Runs a program that has to succeed; gives what it printed. */
export const must = (program, ...args) => {
  const { code, out, said } = run(program, ...args);
  if (code !== 0) throw new Error(`${program} ${args.join(' ')}: exit code ${code}: ${said}${out}`);
  return out;
};

/** Does something to packages; gives how that ended. */
export const apt = (...args) => {
  const start = performance.now();
  const { code, out, said } = run('apt-get', '-y', '-o', 'Dpkg::Use-Pty=0', ...args);
  return { code, said: `${out}${said}`, seconds: (performance.now() - start) / 1000 };
};

/** Version and state of the package, as in `1.0 install ok installed`. */
export const installedVersion = () => {
  const told = must('dpkg', '--status', 'hindsight');
  const [version, state] = ['Version', 'Status'].map((key) => new RegExp(`^${key}: (.*)$`, 'm').exec(told)?.[1]);
  return `${version} ${state}`;
};

/** Properties of the service, or of systemd itself. */
const properties = (...of) =>
  Object.fromEntries(
    must('systemctl', 'show', ...of)
      .trim()
      .split('\n')
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
export const service = () => properties('hindsight.service');
export const manager = () => properties();

/** Whether it runs, and as another process than the one given. */
const runsAnew = (pid) => {
  const { ActiveState, SubState, MainPID } = service();
  return ActiveState === 'active' && SubState === 'running' && MainPID !== '0' && MainPID !== pid;
};

/** Asks again and again, but seldom: each question is a program that the one processor has to run. */
export const untilShown = async (look, what, ms) => {
  const end = performance.now() + ms;
  for (;;) {
    if (look()) return;
    if (performance.now() > end) throw new Error(`${what()}: not within ${ms} ms`);
    await pause(150);
  }
};

/** Waits until it is active, as another process than the one given; gives the new one. */
export const active = async (before, ms = 60_000) => {
  await untilShown(
    () => runsAnew(before),
    () => {
      const { ActiveState, SubState, Result, StatusText } = service();
      return `active (it is ${ActiveState}, ${SubState}, ${Result}, '${StatusText}')`;
    },
    ms,
  );
  return service().MainPID;
};

/** Its threads, the main one first: policy (FF is SCHED_FIFO), priority and name. */
export const threads = (pid) =>
  must('ps', '-L', '-o', 'tid=,cls=,rtprio=,comm=', '-p', pid)
    .trim()
    .split('\n')
    .map((line) => {
      const [tid, policy, priority, ...name] = line.trim().split(/\s+/);
      return { tid: Number(tid), isMain: tid === pid, policy, priority, name: name.join(' ') };
    });

const ticks = (pid) => {
  const [user, system] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ').slice(11, 13);
  return Number(user) + Number(system);
};

/** Memory in MB, and the share of a processor over some seconds. */
export const cost = async (pid, seconds = 5) => {
  const [before, start] = [ticks(pid), performance.now()];
  await pause(seconds * 1000);
  const [after, took] = [ticks(pid), (performance.now() - start) / 1000];
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const mb = (key) => Math.round(Number(new RegExp(`^${key}:\\s+(\\d+)`, 'm').exec(status)?.[1]) / 1024);
  return {
    cpu: Math.round((after - before) / took) / 100,
    rssMb: mb('VmRSS'),
    lockedMb: mb('VmLck'),
  };
};

/** The threads that the sound hangs on: those with real-time priority, of which the engine's goes first. They have it soon after sound flows. */
export const soundThreads = async (pid) => {
  const fifo = () => threads(pid).filter(({ policy }) => policy === 'FF');
  await untilShown(
    () => fifo().length === 2,
    () => `two threads with real-time priority (${JSON.stringify(threads(pid))})`,
    10_000,
  );
  const [engine, driver] = fifo().toSorted((a, b) => b.priority - a.priority);
  return { engine: engine.tid, driver: driver.tid };
};

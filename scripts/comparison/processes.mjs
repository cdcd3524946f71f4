// Programs that are started for a comparison, none of which outlives it, and what the kernel tells of them.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

const alive = new Set();

process.once('exit', () => {
  for (const child of alive) child.kill('SIGKILL');
});
for (const [signal, code] of [
  ['SIGHUP', 129],
  ['SIGINT', 130],
  ['SIGTERM', 143],
])
  process.once(signal, () => endAll().then(() => process.exit(code)));

/** Starts a program whose output goes into a file, but for what `stdio` takes from it. */
export const start = (log, command, args, { env = {}, stdio = ['ignore', log, log] } = {}) => {
  const file = openSync(log, 'a');
  const child = spawn(command, args, {
    env: { ...process.env, ...env },
    stdio: stdio.map((stream) => (stream === log ? file : stream)),
  });
  closeSync(file);
  alive.add(child);
  child.once('close', () => alive.delete(child));
  child.once('error', (error) => {
    throw new Error(`${command}: does not start (${error.message}); is its package installed?`);
  });
  return child;
};

/** Ends a program; by force where it takes more than five seconds. */
export const end = async (child, signal = 'SIGTERM') => {
  if (!alive.has(child)) return;
  const force = setTimeout(() => child.kill('SIGKILL'), 5000);
  const closed = once(child, 'close');
  child.kill(signal);
  await closed;
  clearTimeout(force);
};

/** Ends all that still run, the last started first: a server outlives its clients. */
export const endAll = async () => {
  for (const child of [...alive].reverse()) await end(child);
};

/** Looks again and again until something is so, and gives it. */
export const until = async (look, what, ms = 30_000) => {
  const latest = performance.now() + ms;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (performance.now() > latest) throw new Error(`${what}: not within ${ms / 1000} s`);
    await pause(5);
  }
};

/** Fields of proc_pid_stat(5) behind the name, which may have blanks. */
const statOf = (path) => {
  const text = readFileSync(path, 'utf8');
  return text.slice(text.lastIndexOf(')') + 2).split(' ');
};

/** Linux counts in hundredths of a second. */
const secondsOf = (path) => {
  const fields = statOf(path);
  return (Number(fields[11]) + Number(fields[12])) / 100;
};

/** The processor time that a process has had, in user and kernel mode. */
export const cpuSeconds = (pid) => secondsOf(`/proc/${pid}/stat`);

/** The same by its threads: name and number of each. */
export const cpuByThread = (pid) =>
  Object.fromEntries(
    readdirSync(`/proc/${pid}/task`).map((thread) => {
      const name = readFileSync(`/proc/${pid}/task/${thread}/comm`, 'utf8').trim();
      return [`${name} ${thread}`, secondsOf(`/proc/${pid}/task/${thread}/stat`)];
    }),
  );

/** What of a process is in RAM, in MB, without what it shares by name: VmRSS less RssShmem of proc_pid_status(5). JACK's own memory is in each client. */
export const residentMb = (pid) => {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const kilobytes = (name) => Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)[1]);
  return (kilobytes('VmRSS') - kilobytes('RssShmem')) / 1024;
};

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { systemCalls } from '../../../src/adapters/realtime/system-calls.ts';

const calls = systemCalls();
const [EPERM, ESRCH, EAGAIN, ENOMEM] = [1, 3, 11, 12];

test('they are had as often as a device begins', () => {
  expect(systemCalls()).toBe(calls);
});

test('a thread that is not there has no priority', () => {
  // No thread has a number as high as that (proc_sys_kernel(5), pid_max).
  expect(calls.schedule(2 ** 22 + 1, 44)).toBe(ESRCH);
});

test('a thread gets its priority where that is allowed, and nothing that it starts does', () => {
  const sleeper = spawn('sleep', ['60']);
  try {
    const { pid = 0 } = sleeper;
    const code = calls.schedule(pid, 44);
    // Fields 40 and 41 (proc_pid_stat(5)): priority, and policy 1, which is SCHED_FIFO.
    const [priority, policy] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ').slice(37, 39) ?? [];
    expect([code, priority, policy]).toEqual(code === 0 ? [0, '44', '1'] : [EPERM, '0', '0']);
  } finally {
    sleeper.kill();
  }
});

/** What the kernel tells of the mapping in which an address lies (proc_pid_smaps(5)). */
const lockedKb = (): number =>
  Number(/^VmLck:\s+(\d+) kB/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? Number.NaN);

test('memory is locked where that is allowed, by all of its bytes and before it is touched', () => {
  const before = lockedKb();
  const code = calls.lock(new Float32Array(new SharedArrayBuffer(2 ** 21)));
  if (code === 0) expect(lockedKb() - before).toBeGreaterThanOrEqual(2 ** 11);
  else expect([EPERM, EAGAIN, ENOMEM]).toContain(code);
});

test('what is no memory cannot be locked', () => {
  expect(calls.lockRange(0n, 4096)).toBe(ENOMEM);
});

test('memory is had in small pages and by no other process, whatever its first address', () => {
  const memory = new Float32Array(new SharedArrayBuffer(2 ** 22));
  const both = (): number => [...readFileSync('/proc/self/smaps', 'utf8').matchAll(/^VmFlags:.* dc .*nh\b/gm)].length;
  const before = both();
  expect(calls.ownInSmallPages(memory)).toBe(0);
  expect(both()).toBeGreaterThan(before);
});

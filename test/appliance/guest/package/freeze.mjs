// Holds one thread of a process where it is, until that is killed: SIGSTOP would stop them all. Arguments: the thread.
import { createRequire } from 'node:module';

const koffi = createRequire('/usr/lib/hindsight/package.json')('koffi');
const libc = koffi.load('libc.so.6');
const ptrace = libc.func('long ptrace(long request, int tid, long address, long data)');
const waitpid = libc.func('int waitpid(int tid, _Out_ int *status, int options)');

/** sys/ptrace.h and sys/wait.h */
const [seize, interrupt, noHang, all] = [0x4206, 0x4207, 1, 0x40000000];

const tid = Number(process.argv[2]);
if (ptrace(seize, tid, 0, 0) !== 0) throw new Error(`thread ${tid} cannot be seized`);
if (ptrace(interrupt, tid, 0, 0) !== 0) throw new Error(`thread ${tid} cannot be held`);
console.log('frozen');
// A thread that is looked after has to be buried by who looks after it, or its process never ends.
const bury = setInterval(() => {
  const status = [0];
  const found = waitpid(tid, status, noHang | all);
  const hasEnded = found < 0 || (found === tid && (status[0] & 0xff) !== 0x7f);
  if (hasEnded) clearInterval(bury);
}, 20);

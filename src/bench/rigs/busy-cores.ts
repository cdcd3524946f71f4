import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** Keeps all cores busy, with a process that never waits for each; gives what ends them. They are in the group of this process, and end with it. */
export const busyCores = (): (() => void) => {
  const busy = Array.from({ length: availableParallelism() }, () =>
    spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }),
  );
  return () => {
    for (const child of busy) child.kill('SIGKILL');
  };
};

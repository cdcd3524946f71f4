import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

test('10,000 blocks of eight loops, copying, clicking, starting and stopping, seen and listened to, allocate nothing', () => {
  const flags = ['--expose-gc', '--max-semi-space-size=256', '--min-semi-space-size=256', '--single-threaded'];
  const probe = join(import.meta.dirname, 'allocation-probe.mjs');
  const allocated = Number(execFileSync(process.execPath, [...flags, probe], { encoding: 'utf8' }));
  // One small object a block would be 160 kB or more; what is left is the compiler's own.
  expect(allocated).toBeLessThan(40_000);
});

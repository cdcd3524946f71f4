import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

// To V8 frames are small integers for the first 12 hours, and then no more.
test.each([
  ['at first', 0, 40_000],
  ['after half a day', 2 ** 31, 60_000],
])(
  '10,000 blocks of eight loops, copying, clicking, starting and stopping, seen and listened to, allocate nothing %s',
  (_, origin, most) => {
    const flags = ['--expose-gc', '--max-semi-space-size=256', '--min-semi-space-size=256', '--single-threaded'];
    const probe = join(import.meta.dirname, 'allocation-probe.mjs');
    const allocated = Number(execFileSync(process.execPath, [...flags, probe, `${origin}`], { encoding: 'utf8' }));
    // One small object a block would be 160 kB or more; what is left, 9 and 30 kB, is the compiler's own, and a number here and there with a beat.
    expect(allocated).toBeLessThan(most);
  },
);

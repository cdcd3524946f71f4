import { codeRanges, RealTime } from '../../../src/adapters/realtime/real-time.ts';
import type { SystemCalls } from '../../../src/adapters/realtime/system-calls.ts';

const maps = `
00400000-00452000 r-xp 00000000 08:02 173521      /usr/bin/node
00651000-00652000 r--p 00051000 08:02 173521      /usr/bin/node
00652000-00655000 rw-p 00052000 08:02 173521      /usr/bin/node
7f0000000000-7f0000010000 r-xp 00000000 00:00 0
7f1bc0000000-7f1bc0022000 r-xp 00001000 08:02 99 /usr/lib/x86_64-linux-gnu/libportaudio.so.2 (deleted)
7fff00000000-7fff00002000 r-xp 00000000 00:00 0   [vdso]
`;

const [EPERM, ENOMEM] = [1, 12];

const withCalls = (answers: Partial<Record<keyof SystemCalls, number>> = {}) => {
  const calls: unknown[] = [];
  const note =
    (name: keyof SystemCalls) =>
    (...args: unknown[]): number => {
      calls.push([name, ...args]);
      return answers[name] ?? 0;
    };
  const realTime = new RealTime(
    {
      schedule: note('schedule'),
      lock: note('lock'),
      lockRange: note('lockRange'),
      ownInSmallPages: note('ownInSmallPages'),
    },
    () => maps,
  );
  return { realTime, calls };
};

test('the engine goes before a driver that may turn round and round, both below the threads of interrupts', () => {
  const { realTime, calls } = withCalls();
  expect(realTime.raise([71, 72])).toBeUndefined();
  expect(calls).toEqual([
    ['schedule', 71, 44],
    ['schedule', 72, 45],
  ]);
});

test('no thread, no call', () => {
  const { realTime, calls } = withCalls();
  expect([realTime.raise([]), calls]).toEqual([undefined, []]);
});

test('a priority that is refused is told with its code and what to do, and the other thread is tried all the same', () => {
  const { realTime, calls } = withCalls({ schedule: EPERM });
  expect(realTime.raise([71, 72])).toMatch(/no priority \(EPERM\).*rtprio/);
  expect(calls).toHaveLength(2);
});

test('code is what comes from a file and can be run', () => {
  expect(codeRanges(maps)).toEqual([
    [0x400000n, 0x52000],
    [0x7f1bc0000000n, 0x22000],
  ]);
});

test('tape, loops and code are kept, in pages as small as what is touched', () => {
  const { realTime, calls } = withCalls();
  const memories = [new Float32Array(1), new Float32Array(2)];
  expect(realTime.keep(memories)).toBeUndefined();
  expect(calls).toEqual([
    ['ownInSmallPages', memories[0]],
    ['ownInSmallPages', memories[1]],
    ['lock', memories[0]],
    ['lock', memories[1]],
    ['lockRange', 0x400000n, 0x52000],
    ['lockRange', 0x7f1bc0000000n, 0x22000],
  ]);
});

test('memory that cannot be locked is told with what it would take', () => {
  const { realTime } = withCalls({ lock: ENOMEM });
  expect(realTime.keep([new Float32Array(3 * 2 ** 18)])).toMatch(/not locked \(ENOMEM\).*memlock \(3 MB/);
});

test('small pages are a wish: where there are none the rest goes on', () => {
  expect(withCalls({ ownInSmallPages: 22 }).realTime.keep([])).toBeUndefined();
});

import { RealTime } from '../../src/adapters/realtime/real-time.ts';
import { inRealTime } from '../../src/compose/real-time.ts';

const EPERM = 1;
const maps = '00400000-00452000 r-xp 00000000 08:02 173521      /usr/bin/node\n';

/** What is asked of the system for devices that begin one after the other, and what the log says. */
const asked = async (answer: number, failures: readonly string[], ...devices: readonly (readonly number[])[]) => {
  const calls: unknown[] = [];
  const said: string[] = [];
  const realTime = new RealTime(
    {
      schedule: (thread) => {
        calls.push(thread);
        return answer;
      },
      lock: () => calls.push('memory') && answer,
      lockRange: () => calls.push('code') && answer,
      ownInSmallPages: () => calls.push('small pages') && 0,
    },
    () => maps,
  );
  const audio = { memories: () => [new Float32Array(1)] };
  const toCome = [...failures];
  const open = async (): Promise<RealTime> => {
    const failure = toCome.shift();
    if (failure !== undefined) throw new Error(failure);
    return realTime;
  };
  const begins = inRealTime(audio, { warn: (line) => said.push(line) }, open);
  for (const threads of devices) {
    begins(threads);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { calls, said };
};

test('a device that is plugged in again brings threads of its own, and memory and code are locked already', async () => {
  expect(await asked(0, [], [71, 72], [81, 82], [91, 92])).toEqual({
    calls: [71, 72, 'small pages', 'memory', 'code', 81, 82, 91, 92],
    said: [],
  });
});

test('a simulated device has no threads, and nothing is asked for', async () => {
  expect(await asked(0, [], [], [])).toEqual({ calls: [], said: [] });
});

test('what cannot be had is tried again with the next device, and said once', async () => {
  const { calls, said } = await asked(EPERM, [], [71, 72], [81, 82]);
  const memory = ['small pages', 'memory', 'code'];
  expect(calls).toEqual([71, 72, ...memory, 81, 82, ...memory]);
  expect(said).toEqual([
    expect.stringMatching(/^real time: .*no priority \(EPERM\)/),
    expect.stringMatching(/^real time: memory is not locked \(EPERM\)/),
  ]);
});

test('a system that could not be asked once is asked with the next device', async () => {
  expect(await asked(0, ['too many open files'], [71, 72], [81, 82])).toEqual({
    calls: [81, 82, 'small pages', 'memory', 'code'],
    said: ['real time: too many open files'],
  });
});

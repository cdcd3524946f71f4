import { jest } from '@jest/globals';
import { type Found, Keeper } from '../../../src/adapters/engine/keeper.ts';
import type { DeviceListener } from '../../../src/adapters/engine/worker-engine.ts';
import type { DeviceRequest } from '../../../src/engine/protocol.ts';

type Rig = { readonly device: DeviceRequest; readonly title: string };

const card = (number: number): Rig => ({
  title: `card ${number}`,
  device: {
    ...{ kind: 'naudiodon', input: `(hw:${number},0)`, output: `(hw:${number},0)`, inputsThere: 2, outputsThere: 2 },
  },
});

/** A stage on which an interface is, or is not, and a keeper that looks after it. Timers are turned by hand. */
const stage = () => {
  jest.useFakeTimers();
  const done: string[] = [];
  const said: string[] = [];
  let there: Found<Rig> = { rig: card(1) };
  let opens: () => Promise<void> = async () => undefined;
  let listener: DeviceListener | undefined;
  const say =
    (level: string) =>
    (text: string): void =>
      void said.push(`${level} ${text}`);
  const keeper = new Keeper<Rig>({
    engine: {
      openDevice: async (device) => {
        done.push(`open ${device.kind === 'naudiodon' ? device.input : device.kind}`);
        await opens();
        return [7, 8];
      },
      wait: async () => void done.push('wait'),
      onDevice: (one) => {
        listener = one;
      },
    },
    look: async () => there,
    log: { debug: say('debug'), info: say('info'), warn: say('warn'), error: say('error') },
    onFlowing: ({ title }) => void done.push(`flowing ${title}`),
  });
  return {
    keeper,
    done,
    said,
    unplug: () => {
      there = { why: 'card is not plugged in' };
      listener?.lost('no sound comes from it any more');
    },
    plug: (rig: Rig) => {
      there = { rig };
    },
    offRate: (rate: number) => listener?.offRate(rate),
    refuse: (reason: string | undefined) => {
      opens = async () => {
        if (reason !== undefined) throw new Error(reason);
      };
    },
    pass: (ms: number) => jest.advanceTimersByTimeAsync(ms),
  };
};

afterEach(() => jest.useRealTimers());

test('opens what is there', async () => {
  const { keeper, done, said } = stage();
  await keeper.start();
  expect([done, said]).toEqual([['open (hw:1,0)', 'flowing card 1'], []]);
});

test('waits for what is not there, which is said once, and opens it when it comes', async () => {
  const { keeper, done, said, unplug, plug, pass } = stage();
  unplug();
  await keeper.start();
  await pass(60_000);
  expect(done).toEqual(['wait']);
  expect(said).toEqual(['warn sound: waiting for the interface: card is not plugged in']);
  plug(card(1));
  await pass(300);
  expect(done.slice(1)).toEqual(['open (hw:1,0)', 'flowing card 1']);
});

test('looks for what is lost, and opens it under the number that it has then', async () => {
  const { keeper, done, said, unplug, plug, pass } = stage();
  await keeper.start();
  unplug();
  await pass(10_000);
  plug(card(3));
  await pass(300);
  expect(done.slice(2)).toEqual(['open (hw:3,0)', 'flowing card 3']);
  expect(said).toEqual([
    'warn sound: card 1 is lost: no sound comes from it any more; the grid goes on, and so will the loops when it is back',
  ]);
});

test('tries again what cannot be opened, says why once, and says another reason too', async () => {
  const { keeper, done, said, refuse, pass } = stage();
  refuse('Device unavailable');
  await keeper.start();
  await pass(10_000);
  refuse('Invalid sample rate');
  await pass(6000);
  refuse(undefined);
  await pass(6000);
  expect(said).toEqual([
    'warn sound: waiting for the interface: card 1: Device unavailable',
    'warn sound: waiting for the interface: card 1: Invalid sample rate',
  ]);
  expect(done.at(-1)).toBe('flowing card 1');
  expect(done.filter((what) => what.startsWith('open')).length).toBeLessThan(10);
});

test('names a device that runs at another rate than it was asked for', async () => {
  const { keeper, said, offRate } = stage();
  await keeper.start();
  offRate(44_099.7);
  expect(said[0]).toMatch(/^error sound: card 1 runs at 44100 Hz/);
});

test('looks no more once it is closed', async () => {
  const { keeper, done, unplug, plug, pass } = stage();
  await keeper.start();
  unplug();
  keeper.close();
  plug(card(1));
  await pass(10_000);
  expect(done).toEqual(['open (hw:1,0)', 'flowing card 1']);
});

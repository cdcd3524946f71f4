import { jest } from '@jest/globals';
import { BlockTimes } from '../../src/engine/block-times.ts';
import { Deck } from '../../src/engine/deck.ts';
import type { AudioDevice, Process } from '../../src/engine/devices/device.ts';
import { Engine } from '../../src/engine/engine.ts';
import { SharedFigures } from '../../src/engine/figures.ts';
import { SharedClock } from '../../src/engine/frame-clock.ts';
import type { DeviceRequest, EngineOptions, FromWorker } from '../../src/engine/protocol.ts';
import { Seat } from '../../src/engine/seat.ts';
import { outlookOf } from './outlook.ts';

const rate = 48_000;
const block = 480;
const request: DeviceRequest = {
  ...{ kind: 'naudiodon', input: '(hw:1,0)', output: '(hw:1,0)', inputsThere: 2, outputsThere: 2 },
};

/** A device whose blocks come when the test says so. */
class FakeDevice implements AudioDevice {
  closed = 0;
  #process: Process | undefined;
  #onEnd: (reason: string) => void = () => undefined;
  readonly #refusal: string | undefined;

  constructor(refusal?: string) {
    this.#refusal = refusal;
  }

  async open(process: Process, onEnd: (reason: string) => void): Promise<void> {
    if (this.#refusal !== undefined) throw new Error(this.#refusal);
    this.#process = process;
    this.#onEnd = onEnd;
  }

  /** So often it does not let go. */
  holds = 0;

  async close(): Promise<void> {
    this.closed += 1;
    if (this.closed > this.holds) return;
    await new Promise((resolve) => setTimeout(resolve, 1000));
    throw new Error('the driver does not let go of the interface');
  }

  triggerBlock(): void {
    this.#process?.(new Float32Array(block * 2), new Float32Array(block * 2), block, Date.now(), 'none');
  }

  triggerEnd(reason: string): void {
    this.#onEnd(reason);
  }
}

/** A seat under an engine; time is turned by hand. */
const seated = (device = new FakeDevice(), ...others: readonly FakeDevice[]) => {
  jest.useFakeTimers();
  const channels: Pick<EngineOptions, 'inputs' | 'outputs'> = {
    inputs: { channels: 2, pair: [0, 1] },
    outputs: { channels: 2, loops: [0, 1], click: [0, 1], monitor: undefined },
  };
  const engine = new Engine({
    grid: { rate, bpm: 120, beatsPerBar: 4, origin: 0 },
    tapeFrames: rate * 10,
    loopFrames: rate,
    tracks: 1,
    click: { volume: 0, muted: false },
    ...channels,
  });
  const times = new BlockTimes(rate);
  const clock = new SharedClock(new SharedArrayBuffer(SharedClock.bytes));
  const figures = new SharedFigures(new SharedArrayBuffer(SharedFigures.bytes));
  const deck = new Deck({ engine, times, clock, figures, blockFrames: block, ...outlookOf(channels).parts });
  const said: FromWorker[] = [];
  const failures: string[] = [];
  const devices = [device, ...others];
  const seat = new Seat({
    deck,
    times,
    deviceFor: () => devices.shift() ?? device,
    say: (message) => void said.push(message),
    tellFacts: () => undefined,
    now: () => Date.now(),
    fail: ({ message }) => failures.push(message),
  });
  const play = async (ms: number): Promise<void> => {
    for (let passed = 0; passed < ms; passed += 10) {
      await jest.advanceTimersByTimeAsync(10);
      device.triggerBlock();
    }
  };
  const types = (): string[] => said.map(({ type }) => type);
  return { seat, device, said, failures, types, play, engine, wait: (ms: number) => jest.advanceTimersByTimeAsync(ms) };
};

afterEach(() => jest.useRealTimers());

test('a device flows with its first block, which is said once', async () => {
  const { seat, types, play } = seated();
  await seat.open(request);
  expect(types()).toEqual([]);
  await play(300);
  expect(types()).toEqual(['flowing']);
  await seat.close();
});

test('one that cannot be opened is refused with why', async () => {
  const { seat, said } = seated(new FakeDevice('Device unavailable'));
  await seat.open(request);
  expect(said).toEqual([{ type: 'failed', reason: 'Device unavailable' }]);
  await seat.close();
});

test('one that is open but gives no sound is let go of within a second or so, and named for it', async () => {
  const { seat, said, device, wait } = seated();
  await seat.open(request);
  await wait(900);
  expect(said).toEqual([]);
  await wait(300);
  expect(said).toEqual([{ type: 'failed', reason: 'it is open but gives no sound' }]);
  expect(device.closed).toBe(1);
  await seat.close();
});

test('one that falls silent is missed within a quarter of a second, and let go of before that is said', async () => {
  const { seat, said, types, device, play, wait } = seated();
  await seat.open(request);
  await play(1000);
  await wait(180);
  expect(types()).toEqual(['flowing']);
  await wait(70);
  expect(said.slice(1)).toEqual([{ type: 'lost', reason: 'no sound comes from it any more' }]);
  expect(device.closed).toBe(1);
  await seat.close();
});

test('one that says that it has ended is believed at once', async () => {
  const { seat, said, device, play, wait } = seated();
  await seat.open(request);
  await play(100);
  device.triggerEnd('the interface stopped');
  await wait(1);
  expect(said.at(-1)).toEqual({ type: 'lost', reason: 'the interface stopped' });
  await seat.close();
});

test('one whose driver does not let go is told as lost, and asked again until it does', async () => {
  const { seat, said, failures, device, play, wait } = seated();
  device.holds = 5;
  await seat.open(request);
  await play(100);
  device.triggerEnd('the interface stopped');
  await wait(1100);
  expect(said.at(-1)).toMatchObject({ reason: 'the interface stopped; the driver does not let go of the interface' });
  await wait(20_000);
  expect([device.closed, failures]).toEqual([6, []]);
  await seat.close();
});

test('one whose driver never lets go is the end of the looper, after a quarter of a minute, since no other can have it', async () => {
  const { seat, failures, device, play, wait } = seated();
  device.holds = Number.POSITIVE_INFINITY;
  await seat.open(request);
  await play(100);
  device.triggerEnd('the interface stopped');
  await wait(14_000);
  expect(failures).toEqual([]);
  await wait(1000);
  expect(failures).toEqual(['the driver does not let go of the interface']);
  await seat.close();
});

test('one that never lets go is no end while another plays', async () => {
  const first = new FakeDevice();
  first.holds = Number.POSITIVE_INFINITY;
  const second = new FakeDevice();
  const { seat, failures, wait, types } = seated(first, second);
  await seat.open(request);
  first.triggerBlock();
  first.triggerEnd('the interface stopped');
  await wait(1100);
  await seat.open(request);
  for (let passed = 0; passed < 30_000; passed += 10) {
    await wait(10);
    second.triggerBlock();
  }
  expect([types(), failures]).toEqual([['flowing', 'lost', 'flowing'], []]);
  await seat.close();
});

test('blocks of a device that was let go of are played no more', async () => {
  const { seat, device, engine, play, wait } = seated();
  await seat.open(request);
  await play(100);
  device.triggerEnd('the interface stopped');
  await wait(1);
  const { frame } = engine;
  device.triggerBlock();
  expect(engine.frame - frame).toBeLessThan(block);
  await seat.close();
});

test('without a device time goes on, until there is one again', async () => {
  const { seat, types, engine, play, wait } = seated();
  seat.wait();
  await wait(1000);
  expect(Math.abs(engine.frame - rate)).toBeLessThan(5 * block);
  await seat.open(request);
  await play(1000);
  expect(types()).toEqual(['flowing']);
  expect(Math.abs(engine.frame - 2 * rate)).toBeLessThan(5 * block);
  await seat.close();
});

test('closing lets go of the device and looks after nothing any more', async () => {
  const { seat, types, device, play, wait } = seated();
  await seat.open(request);
  await play(100);
  await seat.close();
  await wait(10_000);
  expect([device.closed, types()]).toEqual([1, ['flowing']]);
});

import type { MachineFigures } from '../../src/core/health/figures.ts';
import type { Figures } from '../../src/core/sound/figures.ts';
import type { ControllerView } from '../../src/ports/backstage.ts';
import type { Machine } from '../../src/ports/machine.ts';
import type { StoreFigures } from '../../src/ports/set-store.ts';
import { HealthWatch } from '../../src/streams/health.ts';
import { aMachine, aThrottling } from '../core/health/a-look.ts';
import { aStage } from './a-stage.ts';
import { figures as someFigures } from './front/a-front.ts';

/** A machine that says what a test wants; it notes how often it was looked at, and answers when it is told to. */
class FakeMachine implements Machine {
  machine = aMachine();
  looks = 0;
  hangs = false;
  fails = false;
  begun = 0;

  begin() {
    this.begun += 1;
  }

  process() {
    return { uptimeSeconds: this.looks, rssBytes: 1, loadPerCore: 0.1, cpuShare: 0.1, eventLoopDelayP99Ms: 1 };
  }

  look(): Promise<MachineFigures> {
    this.looks += 1;
    if (this.fails) return Promise.reject(new Error('no more files'));
    return this.hangs ? new Promise(() => undefined) : Promise.resolve(this.machine);
  }

  cost() {
    return { looks: this.looks, totalMs: this.looks * 0.25, longestMs: 0.1 };
  }
}

const watching = (reserveBytes: number | null = 0) => {
  const on = aStage();
  const machine = new FakeMachine();
  const sound: { now: Figures } = { now: { ...someFigures, worstBlockLatelyMs: 1, computingMs: 0 } };
  /** What the storage tells, and how often it was asked. */
  const storage = {
    asked: 0,
    answer: async (): Promise<StoreFigures> => ({ filesWritten: 3, bytesWritten: 9, freeBytes: 7 }),
    figures(): Promise<StoreFigures> {
      this.asked += 1;
      return this.answer();
    },
  };
  const controllers: ControllerView[] = [{ name: 'pads', title: 'Pads', why: '', connected: true }];
  const health = new HealthWatch({
    ...{ stage: on.stage, machine, figures: () => sound.now, controllers: () => controllers },
    ...{ blockMs: 5, reserveBytes, pageTrouble: () => null, storage: () => storage.figures() },
  });
  const told: string[] = [];
  health.warnings$.subscribe((warnings) => told.push(warnings.map(({ code }) => code).join()));
  const events: string[] = [];
  on.session.moments$.subscribe((moment) => {
    for (const event of moment.events)
      if (event.type === 'warning') events.push(`${event.state} ${event.warning.code}`);
  });
  /** Time goes on, and what was promised comes in between. */
  const pass = async (seconds: number): Promise<void> => {
    for (let count = 0; count < seconds; count += 1) {
      on.pass(1000);
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  return { ...on, pass, machine, sound, storage, controllers, health, told, events };
};

const low = aMachine({ throttling: aThrottling({ underVoltage: true }) });

test('nothing is looked at until it begins, and nothing after it has closed', async () => {
  const { health, machine, pass } = watching();
  await pass(10);
  expect([machine.looks, machine.begun]).toEqual([0, 0]);
  health.begin();
  expect(machine.begun).toBe(1);
  await pass(10);
  health.close();
  const { looks } = machine;
  expect(looks).toBeGreaterThan(1);
  await pass(10);
  expect(machine.looks).toBe(looks);
});

test('the files of the machine are read every five seconds', async () => {
  const { health, machine, pass } = watching();
  health.begin();
  await pass(100);
  expect(machine.looks).toBeGreaterThanOrEqual(20);
  expect(machine.looks).toBeLessThanOrEqual(21);
});

test('a machine whose disk hangs is not asked again and again, and the rest is looked at', async () => {
  const { health, machine, sound, pass, session } = watching();
  machine.hangs = true;
  health.begin();
  await pass(30);
  expect(machine.looks).toBe(1);
  sound.now = { ...sound.now, xruns: 5 };
  await pass(2);
  expect(session.state.warnings.map(({ code }) => code)).toEqual(['xruns']);
});

test('storage that writes for long is asked once, and what it told last is known meanwhile', async () => {
  const { health, storage, pass } = watching();
  expect(health.now().disk).toBeNull();
  health.begin();
  await pass(2);
  const told = { filesWritten: 3, bytesWritten: 9, freeBytes: 7 };
  expect(health.now().disk).toEqual(told);
  storage.answer = () => new Promise(() => undefined);
  const { asked } = storage;
  await pass(60);
  expect([storage.asked - asked, health.now().disk]).toEqual([1, told]);
});

test('of a machine that cannot be looked at nothing is known, and it is asked again', async () => {
  const { health, machine, pass } = watching();
  health.begin();
  await pass(6);
  expect(health.now().look.machine).not.toBeNull();
  machine.fails = true;
  await pass(6);
  expect(health.now().look.machine).toBeNull();
  machine.fails = false;
  await pass(6);
  expect(health.now().look.machine).not.toBeNull();
});

test('the session gets to know what comes and what ends, once each', async () => {
  const { health, machine, pass, session, told, events } = watching();
  health.begin();
  await pass(6);
  machine.machine = low;
  await pass(12);
  expect(session.state.warnings.map(({ code }) => code)).toEqual(['under-voltage']);
  machine.machine = aMachine();
  await pass(60);
  expect(session.state.warnings).toEqual([]);
  expect(events).toEqual(['came under-voltage', 'ended under-voltage']);
  expect(told).toEqual(['', 'under-voltage', '']);
});

test('a lost disk is not waited with', async () => {
  const { health, session, pass } = watching();
  health.begin();
  await pass(2);
  session.report({ type: 'storage', storage: { state: 'trouble', code: 'disk-full', reason: 'no space is left' } });
  expect(session.state.warnings).toMatchObject([{ code: 'not-kept', level: 'bad' }]);
  session.report({ type: 'storage', storage: { state: 'well' } });
  expect(session.state.warnings).toEqual([]);
});

test('the load of the sound is the mean since the look before, and the worst lately', async () => {
  const { health, sound, pass } = watching();
  health.begin();
  await pass(6);
  sound.now = { ...sound.now, computingMs: 1250, worstBlockLatelyMs: 4 };
  await pass(5);
  expect(health.now().look.engineLoad).toEqual({ mean: 0.25, worst: 0.8 });
});

test('controllers are counted, and one that was there and is unplugged is warned of', async () => {
  const { health, controllers, pass, session } = watching();
  health.begin();
  controllers.push({ name: 'pedal', title: 'Pedal', why: '', connected: true });
  controllers.push({ name: 'never there', title: 'Pins', why: '', connected: false });
  await pass(5);
  controllers.splice(-2, 1, { name: 'pedal', title: 'Pedal', why: '', connected: false });
  expect(health.now().controllers).toEqual({ connected: 1, known: 3 });
  await pass(5);
  expect(session.state.warnings).toMatchObject([{ code: 'controller-away', text: expect.stringMatching(/^pedal: /) }]);
});

test('what looking costs is told for one look, and of a core', async () => {
  const { health, pass } = watching();
  health.begin();
  await pass(50);
  expect(health.now().cost.lookMs).toBe(0.25);
  expect(health.now().cost.share).toBeCloseTo(0.25 / 5000, 4);
});

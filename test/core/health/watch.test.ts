import type { HealthLook } from '../../../src/core/health/figures.ts';
import { rules } from '../../../src/core/health/rules.ts';
import { warningNews, warningText } from '../../../src/core/health/saying.ts';
import { areSame, type WarningCode, warningCodes } from '../../../src/core/health/warning.ts';
import { type HealthState, unwatched, warningsOf, watched } from '../../../src/core/health/watch.ts';
import { aLook, aMachine, aThrottling, type Changed, withDisk, withMachine } from './a-look.ts';

const second = 1000;

/** Health that is looked at each second. */
const watching = () => {
  let [state, now]: [HealthState, number] = [unwatched, 0];
  const look = (changed: Changed = {}, seconds = 1): readonly WarningCode[] => {
    for (let count = 0; count < seconds; count += 1) {
      state = watched(state, aLook({ ...changed, uptimeSeconds: now / second }), now);
      now += second;
    }
    return warningsOf(state).map(({ code }) => code);
  };
  return { look, warnings: () => warningsOf(state) };
};

test('each code has a rule, and both are in one order: the worst first', () => {
  expect(rules.map(({ code }) => code)).toEqual(warningCodes);
});

test('a title has a dozen letters at most, and a text says what to do', () => {
  for (const { title, text, code } of rules) {
    expect(`${code}: ${title}`.length).toBeLessThanOrEqual(`${code}: `.length + 12);
    expect(text(aLook({}))).not.toBe('');
  }
});

test('a box that is well warns of nothing, however long it runs', () => {
  expect(watching().look({}, 3600)).toEqual([]);
});

const bitsOf = (throttling: Partial<ReturnType<typeof aThrottling>>): Changed =>
  withMachine({ throttling: aThrottling(throttling) });

type Case = readonly [code: WarningCode, ill: Changed, comesAfter: number, stillIll: Changed, endsAfter: number];

/** Within `comesAfter` seconds it is not told; `stillIll` is not well enough to end it; what is well ends it after `endsAfter`. */
/** Those that were there, and for how many seconds they are not. */
const awayFor = (...all: readonly (readonly [name: string, seconds: number])[]): Changed => ({
  controllersAway: all.map(([name, seconds]) => ({ name, forMs: seconds * 1000 })),
});

const cases: readonly Case[] = [
  ['interface-away', { interface: 'away' }, 0, { interface: 'away' }, 0],
  ['not-kept', { storageTrouble: 'no space is left' }, 0, { storageTrouble: 'no space is left' }, 0],
  ['under-voltage', bitsOf({ underVoltage: true }), 0, bitsOf({ underVoltage: true }), 30],
  ['throttled', bitsOf({ throttled: true }), 0, bitsOf({ frequencyCapped: true }), 30],
  ['engine-overload', { engineLoad: { mean: 0.1, worst: 1.2 } }, 10, { engineLoad: { mean: 0.1, worst: 0.85 } }, 20],
  ['disk-read-only', withDisk({ isReadOnly: true }), 0, withDisk({ isReadOnly: true }), 5],
  ['engine-busy', { engineLoad: { mean: 0.6, worst: 0.7 } }, 10, { engineLoad: { mean: 0.45, worst: 0.7 } }, 20],
  ['event-loop', { eventLoopDelayP99Ms: 25 }, 10, { eventLoopDelayP99Ms: 12 }, 10],
  ['hot', withMachine({ temperatureC: 78 }), 5, withMachine({ temperatureC: 73 }), 10],
  ['load', { loadPerCore: 1.5 }, 20, { loadPerCore: 1 }, 10],
  ['memory-low', withMachine({ memoryAvailableBytes: 70 }), 10, withMachine({ memoryAvailableBytes: 110 }), 10],
  ['disk-low', withDisk({ freeBytes: 300 * 2 ** 20 }), 0, withDisk({ freeBytes: 500 * 2 ** 20 }), 5],
  [
    'disk-worn',
    withDisk({ wear: { lifeUsed: 0.9, reserve: 'normal' } }),
    0,
    withDisk({ wear: { lifeUsed: null, reserve: 'warning' } }),
    60,
  ],
  ['page-away', { pageTrouble: 'port 8001 is taken' }, 0, { pageTrouble: 'port 8001 is taken' }, 0],
  ['controller-away', awayFor(['pedal', 2]), 0, awayFor(['pedal', 122]), 0],
];

test.each(cases)('%s comes when it has been so for long enough, stays, and ends when all is well', (code, ...how) => {
  const [ill, comesAfter, stillIll, endsAfter] = how;
  const { look } = watching();
  look();
  if (comesAfter > 0) expect(look(ill, comesAfter)).toEqual([]);
  expect(look(ill)).toEqual([code]);
  expect(look(stillIll, 120)).toEqual([code]);
  if (endsAfter > 0) expect(look({}, endsAfter - 1)).toEqual([code]);
  expect(look()).toEqual([]);
});

test.each(cases.filter(([, , comesAfter]) => comesAfter > 0))('%s that is over at once is no news', (_, ...how) => {
  const [ill, comesAfter] = how;
  const { look } = watching();
  for (let count = 0; count < 10; count += 1) {
    expect(look(ill, comesAfter)).toEqual([]);
    expect(look()).toEqual([]);
  }
});

test.each<[WarningCode, keyof HealthLook['sound'], number]>([
  ['xruns', 'xruns', 60],
  ['late-blocks', 'lateBlocks', 60],
  ['interface-lost', 'interfaceLosses', 300],
  ['clipping', 'clippedSamples', 30],
])('%s: each new one is warned of, for as long as the last one is not old', (code, figure, window) => {
  const { look } = watching();
  // What was counted before anybody looked is no news.
  expect(look({ [figure]: 7 }, 10)).toEqual([]);
  expect(look({ [figure]: 8 })).toEqual([code]);
  expect(look({ [figure]: 8 }, window - 1)).toEqual([code]);
  expect(look({ [figure]: 9 }, window)).toEqual([code]);
  expect(look({ [figure]: 9 })).toEqual([]);
  expect(look({ [figure]: 9 }, 600)).toEqual([]);
});

test('a controller that was put away is missed from two seconds to ten minutes, and hides none that goes after it', () => {
  const { look, warnings } = watching();
  expect(look(awayFor(['pedal', 1.9]))).toEqual([]);
  expect(look(awayFor(['pedal', 599]))).toEqual(['controller-away']);
  expect(look(awayFor(['pedal', 600]))).toEqual([]);
  expect(look(awayFor(['pedal', 660], ['pad', 3]))).toEqual(['controller-away']);
  expect(warnings()[0]?.text).toMatch(/^pad: unplugged/);
});

test('what is to be done is told as it is now: who is missed, and why there is no page or no disk', () => {
  const { look, warnings } = watching();
  const texts = (): readonly string[] => warnings().map(({ text }) => text);
  look({ ...awayFor(['pedal', 9]), pageTrouble: 'no such address', storageTrouble: 'the disk is full' });
  const before = warnings();
  look({ ...awayFor(['pedal', 19], ['pad', 9]), pageTrouble: 'port 8001 is taken', storageTrouble: 'it is only read' });
  expect(texts()).toEqual([
    expect.stringMatching(/it is only read$/),
    expect.stringMatching(/port 8001 is taken$/),
    expect.stringMatching(/^pedal, pad: unplugged/),
  ]);
  expect(areSame(before, warnings())).toBe(false);
  expect(warnings().map(({ sinceSeconds }) => sinceSeconds)).toEqual(before.map(({ sinceSeconds }) => sinceSeconds));
});

test('what is not known is not warned of', () => {
  const { look } = watching();
  const nothing = { temperatureC: null, memoryAvailableBytes: null, throttling: null, disk: null };
  expect(look(withMachine(nothing), 100)).toEqual([]);
  expect(look({ machine: null }, 100)).toEqual([]);
  expect(look(withMachine({ temperatureC: 99, temperatureLimitC: null }), 100)).toEqual([]);
});

test('where nothing is kept the disk is no trouble', () => {
  const full = withDisk({ freeBytes: 0, isReadOnly: true });
  expect(watching().look({ ...full, reserveBytes: null }, 100)).toEqual([]);
});

test('a warning stays as it came, with the uptime then; the worst is the first', () => {
  const { look, warnings } = watching();
  look({}, 5);
  look({ loadPerCore: 2, xruns: 1 }, 30);
  const [before] = warnings();
  expect(look({ loadPerCore: 2, xruns: 1, interface: 'away' })).toEqual(['interface-away', 'xruns', 'load']);
  expect(warnings()[1]).toEqual(before);
  expect(before).toMatchObject({ code: 'xruns', level: 'warn', title: 'Xruns', sinceSeconds: 5 });
});

test('what came and what ended is told, but for what others tell', () => {
  const { look, warnings } = watching();
  look();
  const none = warnings();
  look({ ...withMachine({ throttling: aThrottling({ underVoltage: true }) }), interface: 'away' });
  const some = warnings();
  expect(warningNews(none, some).map(({ state, warning }) => `${state} ${warning.code}`)).toEqual([
    'came interface-away',
    'came under-voltage',
  ]);
  expect(warningNews(none, some).map(warningText)).toEqual([
    undefined,
    expect.stringMatching(/^health: the power supply gives too little; take /),
  ]);
  expect(warningNews(some, none).map(warningText)).toEqual([undefined, 'health: the power supply gives enough again']);
  expect(warningNews(some, some)).toEqual([]);
});

test('the machine that is made slower for want of power is told to see to the power', () => {
  const textFor = (throttling: Parameters<typeof aThrottling>[0]): string | undefined =>
    rules
      .find(({ code }) => code === 'throttled')
      ?.text(aLook({ machine: aMachine({ throttling: aThrottling(throttling) }) }));
  expect(textFor({ throttled: true, underVoltage: true })).toContain('power supply');
  expect(textFor({ throttled: true })).toContain('too hot');
});

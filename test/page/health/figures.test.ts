import { boxFigures, memoryShare, soundFigures } from '../../../src/page/health/figures.ts';
import type { Health } from '../../../src/protocol/hindsight-v1.ts';
import { session } from '../states.ts';

const health: Health = {
  uptimeSeconds: 60,
  sound: {
    ...{ xruns: 0, framesLost: 0, lateBlocks: 0, interfaceLosses: 0, longestStallMs: 1, worstBlockMs: 1 },
    ...{ worstWakeUpMs: 0.5, worstBlockLatelyMs: 1, computingMs: 50 },
    ...{ jitterMs: 0.1, jitterP99Ms: 0.2, collections: 3, collectionMs: 2, clippedSamples: 0 },
  },
  eventLoopDelayP99Ms: 2,
  rssBytes: 2 ** 28,
  loadPerCore: 0.2,
  cpuShare: 0.05,
  engineLoad: { mean: 0.02, worst: 0.2 },
  machine: null,
  cost: { lookMs: 0.2, longestMs: 0.1, share: 0.0001 },
  controllers: { connected: 1, known: 1 },
  warnings: [],
  disk: { filesWritten: 1, bytesWritten: 2, freeBytes: 2 ** 32 },
  clients: { seed: 0, hindsight: 1, listeners: 0 },
};

const bad = (figures: ReturnType<typeof soundFigures>) => figures.filter(({ isBad }) => isBad).map(({ name }) => name);

test('a box that is well has nothing bad', () => {
  expect([...bad(soundFigures(health)), ...bad(boxFigures(health, 48_000, 256))]).toEqual([]);
});

test('what can be heard or will be is bad', () => {
  const sound = { ...health.sound, xruns: 1, clippedSamples: 4, worstBlockMs: 6 };
  const ill = { ...health, sound, disk: null, loadPerCore: 1.2 };
  expect(bad(soundFigures(ill))).toEqual(['Xruns', 'Clipped']);
  expect(bad(boxFigures(ill, 48_000, 256))).toEqual(['Worst block', 'Load', 'Disk']);
});

test('memory is in seconds, and its share never above all', () => {
  expect(memoryShare(session())).toEqual({ tapeSeconds: 180, usedSeconds: 60, budgetSeconds: 600, share: 0.1 });
});

test('heat and power are shown by a box that tells them', () => {
  const throttling = {
    ...{ underVoltage: true, frequencyCapped: false, throttled: false, softLimit: false },
    ...{ underVoltageSeen: true, throttledSeen: false },
  };
  const machine = {
    ...{ temperatureC: 78.4, temperatureLimitC: 80, throttling, disk: null },
    ...{ memoryAvailableBytes: 2 ** 30, memoryTotalBytes: 2 ** 32 },
  };
  const shown = boxFigures({ ...health, machine }, 48_000, 256);
  expect(shown.filter(({ name }) => name === 'Heat' || name === 'Power')).toEqual([
    { name: 'Heat', value: '78 °C', hint: 'slower from 80 °C on', isBad: true },
    { name: 'Power', value: 'low', hint: 'was low since it was switched on', isBad: true },
  ]);
});

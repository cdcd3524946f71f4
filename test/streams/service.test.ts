import { jest } from '@jest/globals';
import { openNotifier } from '../../src/compose/notifier.ts';
import type { Notifier } from '../../src/ports/notifier.ts';
import { Service } from '../../src/streams/service.ts';

const aService = (watchdogMs: number | undefined = undefined) => {
  const said: string[] = [];
  const notifier: Notifier = {
    watchdogMs,
    ready: () => void said.push('ready'),
    status: (line) => void said.push(line),
    alive: () => void said.push('alive'),
    stopping: () => void said.push('stopping'),
  };
  const at = { frame: 0, waitsFor: undefined as string | undefined };
  const service = new Service(notifier, {
    frame: () => at.frame,
    status: () => ({
      ...{ set: 'Song', loops: 2, interface: 'a card', controllers: [], warnings: [] },
      waitsFor: at.waitsFor,
    }),
  });
  return { service, said, at };
};

const line = 'Sound: a card; set: Song, 2 loops; no controller';

test('how the looper fares is told before it is ready', () => {
  const { service, said } = aService();
  service.ready();
  service.close();
  expect(said).toEqual(['alive', line, 'ready']);
});

test('it lives while frames go by, and is not heard of while they stand still', () => {
  const { service, said, at } = aService();
  service.look();
  said.length = 0;
  service.look();
  expect(said).toEqual([]);
  at.frame += 1;
  service.look();
  service.look();
  expect(said).toEqual(['alive']);
});

test('the line is told when it changes', () => {
  const { service, said, at } = aService();
  service.look();
  said.length = 0;
  at.waitsFor = 'the card is gone';
  service.look();
  service.look();
  expect(said).toEqual(['Waiting for the interface: the card is gone; set: Song, 2 loops; no controller']);
});

test.each([
  [10_000, 1000],
  [2000, 500],
  [undefined, 1000],
])('with a watchdog of %s ms it is looked at each %d ms', (watchdogMs, everyMs) => {
  jest.useFakeTimers();
  try {
    const { service, said, at } = aService(watchdogMs);
    service.ready();
    said.length = 0;
    at.frame += 1;
    jest.advanceTimersByTime(everyMs - 1);
    expect(said).toEqual([]);
    jest.advanceTimersByTime(1);
    expect(said).toEqual(['alive']);
    service.close();
    at.frame += 1;
    jest.advanceTimersByTime(10_000);
    expect(said).toEqual(['alive']);
  } finally {
    jest.useRealTimers();
  }
});

test('where nobody has started it nobody is told', async () => {
  const complaints: string[] = [];
  expect([await openNotifier({}, (reason) => complaints.push(reason)), complaints]).toEqual([undefined, []]);
});

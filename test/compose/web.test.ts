import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { jest } from '@jest/globals';
import { NEVER } from 'rxjs';
import { FrontDoor, type WebParts } from '../../src/compose/web.ts';
import { loadConfig } from '../../src/config/load.ts';
import { statusLine } from '../../src/core/session/status-line.ts';
import { HealthWatch } from '../../src/streams/health.ts';
import { until } from '../adapters/gpio/a-pedal.ts';
import { Folder } from '../config/files.ts';
import { aMachine } from '../core/health/a-look.ts';
import { aStage } from '../streams/a-stage.ts';
import { FakeMixWindow, figures } from '../streams/front/a-front.ts';

const folder = new Folder();
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});
afterAll(() => folder.remove());

/** A door at a port, whose tries come when they are told to, and what health says of it. */
const doorAt = (port: number) => {
  const { stage, pass } = aStage();
  const machine = {
    begin: () => undefined,
    process: () => ({ uptimeSeconds: 1, rssBytes: 1, loadPerCore: 0, cpuShare: 0, eventLoopDelayP99Ms: 0 }),
    look: async () => aMachine(),
    cost: () => ({ looks: 0, totalMs: 0, longestMs: 0 }),
  };
  const watch = new HealthWatch({
    ...{ stage, machine, figures: () => figures, controllers: () => [] },
    ...{ blockMs: 5, reserveBytes: null, storage: undefined, pageTrouble: () => desk.pageTrouble },
  });
  const desk: WebParts['desk'] = {
    ...{ watch, pageTrouble: null },
    audience: () => ({ seed: 0, hindsight: 0, listeners: 0 }),
  };
  const said: string[] = [];
  const say = (message: string) => void said.push(message);
  const door = new FrontDoor({
    ...{ stage, desk, sets: undefined, pictures$: NEVER, window: new FakeMixWindow() },
    ...{ joined: () => [], interfaceTitle: () => null, stateFolder: folder.path },
    backstage: { controllers: () => [], monitor: () => ({ stop: () => undefined, say: () => undefined }) },
    config: loadConfig(folder.write('rig.yaml', `web: { port: ${port} }`)),
    log: { debug: say, info: say, warn: say, error: say },
  });
  watch.begin();
  ends.push(() => watch.close());
  ends.push(() => door.close());
  const looked = () => {
    pass(1000);
    return watch.now().warnings;
  };
  return { door, said, looked };
};

const lineWith = (warnings: readonly string[]): string =>
  statusLine({ set: null, loops: 0, interface: 'a card', waitsFor: undefined, controllers: [], warnings });

test('a page whose port another program has is missed by health, and in the line for who has started the looper', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  ends.push(() => other.close());
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const { door, said, looked } = doorAt(port);
  jest.useFakeTimers({
    doNotFake: ['nextTick', 'setImmediate', 'setInterval', 'queueMicrotask', 'performance', 'Date'],
  });
  ends.push(() => jest.useRealTimers());
  door.open();
  await until(() => said.length > 0);
  const why = `port ${port} of 127.0.0.1 is taken; each port serves one program; end the other one, or set web.port`;
  expect(said).toEqual([`web: ${why}; the show goes on without a page`]);
  const warnings = looked();
  expect(warnings).toMatchObject([{ code: 'page-away', text: `there is no page: ${why}` }]);
  expect(lineWith(warnings.map(({ title }) => title))).toMatch(/^Warning: No page; /);

  other.close();
  await once(other, 'close');
  said.length = 0;
  jest.advanceTimersByTime(5000);
  await until(() => said.length > 0);
  expect(said).toEqual([expect.stringMatching(/^web: the page is at http/)]);
  expect(looked()).toEqual([]);
});

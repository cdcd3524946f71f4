import { mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { LatencyFile } from '../../../src/adapters/files/latency-store.ts';
import { key, latency } from './latencies.ts';
import { asOrdinaryUser, type Scratch, scratch, testAsOrdinaryUser } from './scratch.ts';

let folder: Scratch;
let told: string[];
beforeEach(() => {
  folder = scratch();
  told = [];
});
afterEach(() => folder.remove());

const name = 'latency.json';
const opened = (path = folder.path(name)): LatencyFile => new LatencyFile(path, (text) => told.push(text));
const content = (file = name): string => readFileSync(folder.path(file), 'utf8');
const fileOf = (...latencies: readonly unknown[]): string => JSON.stringify({ version: 1, latencies });
const other = key({ input: 'alsa:PCH,0' });
const [measured, manual] = [latency(480), latency(500, 'manual')];

describe('a latency', () => {
  test('is known again after a start, each rig its own', () => {
    const store = opened();
    store.keep(key(), { ...measured, spreadFrames: 0.5, confidence: 0.9 });
    store.keep(other, manual);
    const again = opened();
    expect(again.load(key())).toEqual({ ...measured, spreadFrames: 0.5, confidence: 0.9 });
    expect(again.load(other)).toEqual(manual);
    expect(again.load(key({ blockFrames: 64 }))).toBeUndefined();
    expect([folder.names(), told]).toEqual([[name], []]);
  });

  test('is kept in a folder that is made for its owner only', () => {
    opened(folder.path('state/hindsight/latency.json')).keep(key(), measured);
    expect(opened(folder.path('state/hindsight/latency.json')).load(key())).toEqual(measured);
    expect(['state', 'state/hindsight'].map((path) => statSync(folder.path(path)).mode & 0o777)).toEqual([
      0o700, 0o700,
    ]);
    expect(told).toEqual([]);
  });

  test('that only is looked for leaves nothing behind', () => {
    expect(opened(folder.path('state/latency.json')).load(key())).toBeUndefined();
    expect([folder.names(), told]).toEqual([[], []]);
  });

  test('that holds already is not written again', () => {
    folder.put(name, fileOf({ ...key(), ...measured }));
    const before = content();
    opened().keep(key(), measured);
    expect([content(), told]).toEqual([before, []]);
  });

  test('that was edited by hand meanwhile holds, and stays when another is kept', () => {
    const store = opened();
    store.keep(key(), measured);
    folder.put(name, content().replace('"frames": 480', '"frames": 512'));
    expect(store.load(key())).toEqual(latency(512));
    store.keep(other, manual);
    expect([store.load(key()), opened().load(key())]).toEqual([latency(512), latency(512)]);
  });

  test('is written through a link', () => {
    mkdirSync(folder.path('disk'));
    folder.put('disk/kept', fileOf());
    symlinkSync('disk/kept', folder.path(name));
    opened().keep(key(), measured);
    expect(JSON.parse(content('disk/kept'))).toEqual({ version: 1, latencies: [{ ...key(), ...measured }] });
  });
});

describe('a file of a newer version', () => {
  test('is left as it is and told once; what is kept holds until the end', () => {
    folder.put(name, '{ "version": 2 }');
    const store = opened();
    expect(store.load(key())).toBeUndefined();
    store.keep(key(), measured);
    expect(store.load(key())).toEqual(measured);
    expect([content(), folder.names()]).toEqual(['{ "version": 2 }', [name]]);
    expect(told).toEqual([expect.stringMatching(/latency\.json: is of version 2, .*left as it is/)]);
  });
});

describe('a damaged file', () => {
  test.each([
    ['half written', '{ "version": 1, "la'],
    ['empty', ''],
    ['larger than any', ' '.repeat(1024 * 1024 + 1)],
  ])('that is %s is set aside and told, and work goes on', (_, damaged) => {
    folder.put(name, damaged);
    const store = opened();
    expect(store.load(key())).toBeUndefined();
    expect(folder.names()).toEqual(['latency.json.damaged']);
    expect(content('latency.json.damaged')).toBe(damaged);
    store.keep(key(), measured);
    expect(opened().load(key())).toEqual(measured);
    expect(told).toEqual([expect.stringContaining(`${folder.path(name)}: is `)]);
    expect(told[0]).toContain(`it is now ${folder.path('latency.json.damaged')}`);
  });

  test('never takes the place of an earlier one', () => {
    for (const damaged of ['first', 'second', 'third']) {
      folder.put(name, damaged);
      opened().load(key());
    }
    expect(folder.names()).toEqual(['latency.json.damaged', 'latency.json.damaged-2', 'latency.json.damaged-3']);
    expect(folder.names().map(content)).toEqual(['first', 'second', 'third']);
    expect(told).toHaveLength(3);
  });

  testAsOrdinaryUser('that cannot be set aside is not written over', () => {
    folder.put(name, 'damaged');
    folder.mode(name, 0o666);
    folder.mode('', 0o555);
    const store = opened();
    asOrdinaryUser(() => {
      store.keep(key(), measured);
      expect(store.load(key())).toEqual(measured);
    });
    expect([content(), told]).toEqual(['damaged', [expect.stringContaining('cannot be set aside')]]);
  });
});

describe('entries that are broken', () => {
  const broken = { ...other, ...measured, frames: 'many' };

  test('are left out and told once, the others hold, and the file stays', () => {
    const path = folder.put(name, fileOf(broken, { ...key(), ...measured }));
    const store = opened();
    expect([store.load(key()), store.load(other)]).toEqual([measured, undefined]);
    store.keep(key(), measured);
    expect([folder.names(), content()]).toEqual([[name], fileOf(broken, { ...key(), ...measured })]);
    expect(told).toEqual([
      expect.stringContaining(`${path}: latencies[0].frames is "many"; allowed is a whole number`),
    ]);
  });

  test('stand aside, whole, once the file is written without them', () => {
    const before = fileOf(broken, { ...key(), ...measured });
    folder.put('latency.json.damaged', 'earlier');
    folder.put(name, before);
    opened().keep(key(), manual);
    expect(folder.names()).toEqual([name, 'latency.json.damaged', 'latency.json.damaged-2']);
    expect([content('latency.json.damaged'), content('latency.json.damaged-2')]).toEqual(['earlier', before]);
    expect(opened().load(key())).toEqual(manual);
    expect(told).toEqual([
      expect.stringContaining('latencies[0].frames'),
      expect.stringContaining(`${folder.path('latency.json.damaged-2')} has it as it was`),
    ]);
  });

  test('that stand aside already are not put there twice', () => {
    for (const frames of [490, 500]) {
      folder.put(name, fileOf(broken));
      opened().keep(key(), latency(frames));
    }
    expect(folder.names()).toEqual([name, 'latency.json.damaged']);
  });

  test('without end do not flood the log', () => {
    folder.put(name, fileOf(...Array.from({ length: 1000 }, () => 0)));
    opened().load(key());
    expect(told).toHaveLength(6);
    expect(told[5]).toContain('995 more are wrong');
  });
});

describe('a store that cannot be written', () => {
  test('tells it once, holds what is kept, and writes all of it when that is possible again', () => {
    folder.put('state', 'no folder');
    const store = opened(folder.path('state/latency.json'));
    store.keep(key(), measured);
    store.keep(other, measured);
    store.keep(key(), manual);
    expect([store.load(key()), store.load(other)]).toEqual([manual, measured]);
    expect(told).toEqual([expect.stringContaining('what is measured now holds until the end of this run')]);

    rmSync(folder.path('state'));
    store.keep(key(), manual);
    const again = opened(folder.path('state/latency.json'));
    expect([again.load(key()), again.load(other)]).toEqual([manual, measured]);
    expect(JSON.parse(content('state/latency.json')).latencies).toHaveLength(3);

    rmSync(folder.path('state'), { recursive: true });
    writeFileSync(folder.path('state'), 'no folder');
    store.keep(key(), measured);
    expect([store.load(key()), told.length]).toEqual([measured, 2]);
  });

  test.each([
    ['a folder', () => mkdirSync(folder.path(name)), 'is a folder'],
    ['a device', () => symlinkSync('/dev/null', folder.path(name)), 'is a pipe or a device'],
  ])('since %s has its name, tells it once and holds what is kept', (_, take, says) => {
    take();
    const store = opened();
    store.keep(key(), measured);
    store.keep(key(), manual);
    expect([store.load(key()), folder.names()]).toEqual([manual, [name]]);
    expect(told).toEqual([expect.stringContaining(says)]);
  });

  testAsOrdinaryUser.each<[string, () => void]>([
    ['its folder', () => folder.mode('', 0o555)],
    ['its file, for writing', () => folder.mode(name, 0o444)],
    ['its file, at all', () => folder.mode(name, 0)],
  ])('since %s is not its own, tells it once and changes nothing', (_, forbid) => {
    folder.put(name, fileOf({ ...other, ...measured }));
    const before = content();
    forbid();
    const store = opened();
    asOrdinaryUser(() => {
      store.keep(key(), measured);
      store.keep(key(), manual);
      expect(store.load(key())).toEqual(manual);
    });
    expect([content(), folder.names()]).toEqual([before, [name]]);
    expect(told).toEqual([expect.stringContaining(`${folder.path(name)}: may not be `)]);
  });
});

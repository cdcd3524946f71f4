import { mkdirSync, statSync } from 'node:fs';
import { type Disk, realDisk } from '../../../src/adapters/files/disk.ts';
import { makeFolder } from '../../../src/adapters/files/made-folder.ts';
import { SetFolder } from '../../../src/adapters/files/sets/set-folder.ts';
import { errnoOf } from '../../../src/core/errors.ts';
import { type Scratch, scratch } from './scratch.ts';

let files: Scratch;
beforeEach(() => {
  files = scratch();
});
afterEach(() => files.remove());

/** A disk that is only read, as node tells of one: with `recursive` it says ENOENT, whatever the system said (Node 20 to 24). */
const readOnlyDisk: Disk = {
  ...realDisk,
  mkdirSync: ((path: string, options?: { readonly recursive?: boolean }) => {
    const code = options?.recursive === true ? 'ENOENT' : 'EROFS';
    throw Object.assign(new Error(`${code}: as node says, mkdir '${path}'`), { code });
  }) as Disk['mkdirSync'],
};

const errnoFrom = (act: () => void): unknown => {
  try {
    act();
    return undefined;
  } catch (thrown) {
    return errnoOf(thrown);
  }
};

test('a folder is made with those above it, for nobody but its owner', () => {
  makeFolder(files.path('state/hindsight/sets'));
  for (const name of ['state', 'state/hindsight', 'state/hindsight/sets'])
    expect([name, (statSync(files.path(name)).mode & 0o777).toString(8)]).toEqual([name, '700']);
});

test('one that is there is left as it is', () => {
  mkdirSync(files.path('state'));
  files.mode('state', 0o750);
  makeFolder(files.path('state'));
  expect((statSync(files.path('state')).mode & 0o777).toString(8)).toBe('750');
});

test('one that another program has made meanwhile is as good', () => {
  const faster: Disk = {
    ...realDisk,
    mkdirSync: ((path: string, options: object) => {
      mkdirSync(path);
      return realDisk.mkdirSync(path, options);
    }) as Disk['mkdirSync'],
  };
  makeFolder(files.path('state/sets'), faster);
  expect(statSync(files.path('state/sets')).isDirectory()).toBe(true);
});

test('a file of that name is no folder, and none can be made in it', () => {
  const file = files.put('state', '');
  expect([errnoFrom(() => makeFolder(file)), errnoFrom(() => makeFolder(`${file}/sets`))]).toEqual([
    'EEXIST',
    'ENOTDIR',
  ]);
});

test('a disk that is only read is told as that, not as a folder that is missing', () => {
  const folder = files.path('state/sets');
  expect(errnoFrom(() => makeFolder(folder, readOnlyDisk))).toBe('EROFS');
  const { troubles, failure } = new SetFolder({ folder, rate: 48_000, reserveBytes: 0 }, readOnlyDisk).recover();
  expect(troubles).toEqual([]);
  expect(failure).toEqual({
    code: 'disk-read-only',
    reason: `${folder}: is on a read-only disk; a writable one is needed; choose another or remount it`,
  });
});

import { mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { type Disk, realDisk } from '../../../../src/adapters/files/disk.ts';
import { SetFolder } from '../../../../src/adapters/files/sets/set-folder.ts';
import { type Scratch, scratch, userErrorOf } from '../scratch.ts';
import { heldSet, noise, rate } from './loops.ts';

let folder: Scratch;
beforeEach(() => {
  folder = scratch();
});
afterEach(() => folder.remove());

const open = (disk?: Disk): SetFolder => new SetFolder({ folder: folder.path('sets'), rate, reserveBytes: 0 }, disk);
const keep = (sets: SetFolder, loopId: number): void =>
  sets.keep(heldSet([[loopId, loopId, 500]]), new Map([[loopId, noise(loopId, 500)]]), []);

const refused = (path: string): never => {
  throw Object.assign(new Error(`EACCES: permission denied, '${path}'`), { code: 'EACCES' });
};

/** A disk on which nothing below a path may be had, as long as that is closed. */
const closable = (below: string): { readonly disk: Disk; closed: boolean } => {
  const guard = (path: unknown): void => {
    if (on.closed && String(path).startsWith(below)) refused(String(path));
  };
  const on = {
    closed: true,
    disk: {
      ...realDisk,
      accessSync: (...args: Parameters<Disk['accessSync']>) => {
        guard(args[0]);
        realDisk.accessSync(...args);
      },
      statSync: ((path: string, options: object) => {
        guard(path);
        return realDisk.statSync(path, options);
      }) as Disk['statSync'],
      readdirSync: ((path: string) => {
        guard(path);
        return realDisk.readdirSync(path);
      }) as Disk['readdirSync'],
    } satisfies Disk,
  };
  return on;
};

test.each<readonly [string, (sets: string) => void, string, (sets: string) => void]>([
  ['a file', () => folder.put('sets', ''), 'file-write-failed', (sets) => rmSync(sets)],
  [
    'a link to nowhere',
    (sets) => symlinkSync(folder.path('away'), sets),
    'file-write-failed',
    () => mkdirSync(folder.path('away')),
  ],
  [
    'a folder whose lock is a folder',
    (sets) => mkdirSync(`${sets}/lock`, { recursive: true }),
    'file-write-failed',
    (sets) => rmSync(`${sets}/lock`, { recursive: true }),
  ],
])('sets in %s cannot be kept, from the start on until that is mended', (_, spoil, code, mend) => {
  const path = folder.path('sets');
  spoil(path);
  const sets = open();
  expect(sets.recover()).toMatchObject({ failure: { code, reason: expect.stringContaining(path) } });
  expect(userErrorOf(() => sets.ready()).code).toBe(code);
  mend(path);
  sets.ready();
  keep(sets, 1);
  sets.close();
  expect(open().recover()).toMatchObject({ set: { tracks: [{ track: 1 }] }, troubles: [], failure: undefined });
});

test.each(['sets/', 'sets/current', 'sets/sounds', 'sets/bin'])(
  'what may not be had of %s is why nothing is kept',
  (part) => {
    const before = open();
    keep(before, 1);
    before.close();
    const on = closable(folder.path(part));
    const sets = open(on.disk);
    expect(sets.recover().failure).toMatchObject({ code: 'file-not-writable' });
    expect(userErrorOf(() => sets.ready()).code).toBe('file-not-writable');
    on.closed = false;
    sets.ready();
    sets.close();
  },
);

test('a set that could not be looked at is in the bin once what is played takes its place', () => {
  const before = open();
  keep(before, 1);
  before.close();
  const on = closable(folder.path('sets/'));
  const sets = open(on.disk);
  expect(sets.recover().set).toBeUndefined();
  on.closed = false;
  keep(sets, 2);
  expect(sets.listBin()).toMatchObject([{ tracks: 1 }]);
  sets.close();
});

test('nor is a set overwritten whose disk came late', () => {
  const before = open();
  keep(before, 1);
  before.close();
  renameSync(folder.path('sets'), folder.path('late'));
  symlinkSync(folder.path('away'), folder.path('sets'));
  const sets = open();
  expect(sets.recover()).toMatchObject({ set: undefined, failure: { code: 'file-write-failed' } });
  renameSync(folder.path('late'), folder.path('away'));
  sets.ready();
  expect(sets.listBin()).toMatchObject([{ tracks: 1 }]);
  sets.close();
});

test('what is damaged and set aside keeps nothing from being kept', () => {
  const before = open();
  keep(before, 1);
  before.close();
  folder.put('sets/current/00000001.json', '{');
  const { failure, troubles } = open().recover();
  expect(failure).toBeUndefined();
  expect(troubles).not.toEqual([]);
});

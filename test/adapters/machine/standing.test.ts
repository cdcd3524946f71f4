import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nearestTo, standingAt, wayTo } from '../../../src/adapters/machine/survey/standing.ts';
import { diskOf } from '../../../src/adapters/machine/survey/state.ts';
import { aTree } from './a-tree.ts';

test('what stands at a path is told with its owner and mode, links followed', () => {
  const root = aTree({ 'rig.yaml': '', link: '-> rig.yaml', lost: '-> nowhere' });
  chmodSync(join(root, 'rig.yaml'), 0o640);
  const [uid, gid] = [process.getuid?.(), process.getgid?.()];
  expect(standingAt(join(root, 'link'))).toEqual({ path: join(root, 'link'), kind: 'file', uid, gid, mode: 0o640 });
  expect(standingAt(join(root, 'lost'))?.kind).toBe('nothing');
  expect(standingAt(root)?.kind).toBe('folder');
  expect(standingAt(join(root, 'none'))).toBeUndefined();
});

test('a way goes from / over all folders to where a link leads', () => {
  const root = aTree({ 'etc/rig.yaml': '', 'rig.yaml': '-> etc/rig.yaml' });
  const way = wayTo(join(root, 'rig.yaml'))?.map(({ path }) => path) ?? [];
  expect(way[0]).toBe('/');
  expect(way.slice(-3)).toEqual([root, join(root, 'etc'), join(root, 'etc/rig.yaml')]);
  expect(wayTo(join(root, 'none'))).toBeUndefined();
});

test('the nearest to what is not there yet is the folder in which it would be made', () => {
  const root = aTree({ file: '' });
  expect(nearestTo(join(root, 'a/b/c'))).toBe(root);
  expect(nearestTo(join(root, 'file/sets'))).toBe(join(root, 'file'));
});

test('of the disk the sets are told as they stand, whatever they are', async () => {
  const state = aTree({ 'sets/lock': '', 'sets/current/1.json': '{}' });
  const disk = await diskOf(state);
  expect(disk).toMatchObject({ folder: state, sets: { lock: { kind: 'file' } } });
  expect(disk?.way.at(-1)?.path).toBe(state);
  expect(disk?.sets?.folders.map(({ path }) => path)).toEqual([join(state, 'sets'), join(state, 'sets/current')]);

  const spoilt = aTree({});
  writeFileSync(join(spoilt, 'sets'), '');
  expect((await diskOf(spoilt))?.sets).toMatchObject({ folders: [{ kind: 'file' }], lock: undefined });

  const lost = aTree({});
  symlinkSync(join(lost, 'nowhere'), join(lost, 'sets'));
  expect((await diskOf(lost))?.sets).toMatchObject({ folders: [{ kind: 'nothing' }] });

  const fresh = join(lost, 'state');
  expect(await diskOf(fresh)).toMatchObject({ folder: lost, sets: { folders: [], lock: undefined } });
  mkdirSync(fresh);
  expect(await diskOf(fresh)).toMatchObject({ folder: fresh });
});

import { existsSync, readdirSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { type Disk, realDisk } from '../../../../src/adapters/files/disk.ts';
import { mostBinned } from '../../../../src/adapters/files/sets/bin.ts';
import { SetFolder } from '../../../../src/adapters/files/sets/set-folder.ts';
import { errnoOf } from '../../../../src/core/errors.ts';
import type { StoredSet } from '../../../../src/core/set/kept-set.ts';
import { type Scratch, scratch, userErrorOf } from '../scratch.ts';
import { heldSet, memory, noise, rate, soundsOf } from './loops.ts';

const frames = 600;
const noPause = async (): Promise<void> => undefined;

let folder: Scratch;
let sets: SetFolder;
beforeEach(() => {
  folder = scratch();
  sets = open();
  sets.recover();
});
afterEach(() => {
  sets.close();
  folder.remove();
});

const open = (disk?: Disk, reserveBytes = 0): SetFolder =>
  new SetFolder({ folder: folder.path('sets'), rate, reserveBytes }, disk);
const names = (of: string): readonly string[] => readdirSync(folder.path(`sets/${of}`)).sort();
const reopen = (disk?: Disk, reserveBytes = 0): ReturnType<SetFolder['recover']> => {
  sets.close();
  sets = open(disk, reserveBytes);
  return sets.recover();
};
/** Keeps a set of a track for each loop. */
const keep = (loopIds: readonly number[], undoable: readonly number[] = []): void =>
  sets.keep(
    heldSet(loopIds.map((loopId) => [loopId, loopId, frames])),
    new Map(loopIds.map((loopId) => [loopId, noise(loopId, frames)])),
    undoable.map((loopId) => ({ loopId })),
  );
const tracksOf = (set: StoredSet | undefined): readonly number[] => (set?.tracks ?? []).map(({ track }) => track);
const soundOf = (loopId: number): string => {
  keep([loopId]);
  return soundsOf(reopen().set)[0]?.[1] ?? '';
};
const generation = (number: number): string => folder.path(`sets/current/0000000${number}.json`);

describe('generations', () => {
  test('the last two stand', () => {
    for (const loopId of [1, 2, 3, 4]) keep([loopId]);
    expect(names('current')).toEqual(['00000003.json', '00000004.json']);
  });

  test('the newest that can be read is taken, and what is damaged is set aside and told', () => {
    keep([1]);
    keep([2]);
    truncateSync(generation(2), 100);
    const { set, troubles } = reopen();
    expect(tracksOf(set)).toEqual([1]);
    expect(troubles).toEqual([
      expect.stringContaining('00000002.json.damaged'),
      expect.stringContaining('thrown away'),
    ]);
    expect(names('current')).toEqual(['00000001.json', '00000002.json.damaged']);
    keep([3]);
    expect(tracksOf(reopen().set)).toEqual([3]);
  });

  test('what a newer Hindsight wrote stays as it is, told', () => {
    keep([1]);
    writeFileSync(generation(7), '{"version": 2}');
    const { set, troubles } = reopen();
    expect(tracksOf(set)).toEqual([1]);
    expect(troubles).toContainEqual(expect.stringContaining('newer Hindsight'));
    for (const loopId of [2, 3, 4]) keep([loopId]);
    expect(names('current')).toEqual(['00000007.json', '00000009.json', '00000010.json']);
    expect(names('sounds')).toHaveLength(4);
  });

  test('a loop whose sound is gone is left out and told, the rest is there', () => {
    keep([1, 2, 3]);
    const [, second, third] = soundsOf(reopen().set);
    rmSync(folder.path(`sets/sounds/${second?.[1]}.wav`));
    truncateSync(folder.path(`sets/sounds/${third?.[1]}.wav`), 100);
    const { set, troubles } = reopen();
    expect(tracksOf(set)).toEqual([1]);
    expect(troubles).toEqual([expect.stringContaining('track 2'), expect.stringContaining('track 3')]);
    keep([1, 2, 3]);
    expect(reopen()).toMatchObject({ set: { tracks: [{}, {}, {}] }, troubles: [] });
  });
});

describe('sounds', () => {
  test('go once no set and no undo needs them', () => {
    keep([1, 2]);
    keep([1], [2]);
    keep([3], [2]);
    keep([3, 4], [2]);
    expect(names('sounds')).toHaveLength(3);
    keep([3, 4], []);
    expect(names('sounds')).toHaveLength(2);
  });

  test('stay while an undo may want them, those that came from disk too', () => {
    const sound = soundOf(1);
    sets.keep(heldSet([[1, -1, frames, sound]]), new Map(), []);
    for (const loopId of [2, 3, 4]) {
      sets.keep(heldSet([[2, loopId, frames]]), new Map([[loopId, noise(loopId, frames)]]), [
        { loopId: -1, stored: sound },
      ]);
    }
    expect(names('sounds')).toContain(`${sound}.wav`);
  });

  test('that are missing at the start leave the set as it was in the bin, from which it comes back with them', () => {
    keep([1, 2]);
    const [, [, sound] = []] = soundsOf(reopen().set);
    const path = folder.path(`sets/sounds/${sound}.wav`);
    renameSync(path, folder.path('away.wav'));
    expect(tracksOf(reopen().set)).toEqual([1]);
    for (const loopId of [3, 4, 5]) keep([loopId]);
    renameSync(folder.path('away.wav'), path);
    expect(sets.recoverFromBin(1, 'back')).toBe('back');
    expect(tracksOf(sets.find('back'))).toEqual([1, 2]);
    for (const each of soundsOf(sets.find('back'))) expect(names('sounds')).toContain(`${each[1]}.wav`);
  });

  test('of a track with a mistake stay, and so does what the manifest said', () => {
    keep([1, 2]);
    sets.save('one');
    const [file = ''] = names('saved');
    for (const path of [generation(1), folder.path(`sets/saved/${file}`)]) {
      writeFileSync(path, readFileSync(path, 'utf8').replace('"beats": 8', '"beats": -8'));
    }
    const { set, troubles } = reopen();
    expect(tracksOf(set)).toEqual([2]);
    expect(troubles).toContainEqual(expect.stringContaining('has it as it was'));
    sets.save('one');
    for (const loopId of [3, 4, 5]) keep([loopId]);
    expect(readFileSync(`${generation(1)}.damaged`, 'utf8')).toContain('-8');
    expect(names('saved')).toContain(`${file}.damaged`);
    expect(names('sounds')).toHaveLength(5);
  });

  test('stay while a saved or a binned set has them', () => {
    keep([1]);
    sets.save('one');
    keep([2]);
    sets.save('one');
    for (const loopId of [3, 4, 5]) keep([loopId]);
    expect(names('sounds')).toHaveLength(4);
  });

  test('stay while a set that cannot be read may have them', () => {
    keep([1]);
    sets.save('one');
    const [file = ''] = names('saved');
    writeFileSync(folder.path(`sets/saved/${file}`), '{');
    for (const loopId of [2, 3, 4]) keep([loopId]);
    expect(names('sounds')).toHaveLength(4);
    expect(sets.list()).toMatchObject({ sets: [], troubles: [expect.stringContaining('.damaged')] });
    expect(reopen().troubles).toEqual([expect.stringContaining('thrown away')]);
    for (const loopId of [5, 6]) keep([loopId]);
    expect(names('sounds')).toHaveLength(6);
    rmSync(folder.path(`sets/saved/${file}.damaged`));
    reopen();
    expect(names('sounds')).toHaveLength(2);
  });

  test('those of the set that was found stay until they were read, whatever is kept meanwhile', async () => {
    const sound = soundOf(1);
    for (const loopId of [2, 3, 4]) keep([loopId]);
    await sets.read(sound, memory(frames), noPause);
    sets.keep(heldSet([[1, -1, frames, sound]]), new Map(), []);
    expect(names('sounds')).toContain(`${sound}.wav`);
  });

  test.each([
    ['a bit', (bytes: Buffer) => bytes.writeUInt8(bytes.readUInt8(1000) ^ 1, 1000)],
    ['its rate', (bytes: Buffer) => bytes.writeUInt32LE(44_100, 24)],
  ])('damaged by %s: refused, set aside, and written again where it is given', async (_, damage) => {
    const sound = soundOf(1);
    const path = folder.path(`sets/sounds/${sound}.wav`);
    const bytes = readFileSync(path);
    damage(bytes);
    writeFileSync(path, bytes);
    const error = await sets.read(sound, memory(frames), noPause).catch((thrown) => thrown);
    expect(errnoOf(error)).toBe('sound-damaged');
    expect(existsSync(`${path}.damaged`)).toBe(true);
    keep([1]);
    await sets.read(sound, memory(frames), noPause);
  });

  test('what writers that died have left behind goes at the start', () => {
    keep([1]);
    for (const name of ['sounds', 'current', 'saved', 'bin']) folder.put(`sets/${name}/.x.wav.1.1.tmp`, 'x');
    folder.put('sets/lock.17', 'x');
    folder.put(`sets/sounds/${'0'.repeat(32)}.wav`, 'x');
    reopen();
    expect(
      readdirSync(folder.path('sets'), { recursive: true }).filter((name) => /tmp|lock\.|0000\.wav/.test(String(name))),
    ).toEqual([]);
  });
});

describe('the bin', () => {
  test('holds the newest sets, as many as there may be', () => {
    for (let loopId = 1; loopId <= mostBinned + 5; loopId += 1) {
      keep([loopId]);
      sets.save('one');
    }
    expect(names('bin')).toHaveLength(mostBinned);
    expect(names('sounds')).toHaveLength(mostBinned + 1);
  });

  test('gets the current set once, and not where it is saved as it is', () => {
    keep([1]);
    sets.binCurrent();
    sets.binCurrent();
    expect(names('bin')).toEqual(['unnamed.1.json']);
    sets.keep(heldSet([[2, 2, frames]], { name: 'one' }), new Map([[2, noise(2, frames)]]), []);
    sets.save('one');
    sets.binCurrent();
    expect(names('bin')).toHaveLength(1);
  });
});

describe('room', () => {
  /** A disk on which so much is free, less what the sounds take. */
  const small = (bytes: number): Disk => ({
    ...realDisk,
    statfsSync: ((path: string) => {
      const taken = existsSync(folder.path('sets/sounds')) ? names('sounds').length * (58 + 8 * frames) : 0;
      return { ...realDisk.statfsSync(path), bsize: 1, bavail: bytes - taken };
    }) as Disk['statfsSync'],
  });

  test('what is reserved is never filled, and told before a set is begun', () => {
    expect(reopen(small(10_000), 20_000).troubles).toEqual([expect.stringContaining('free some space')]);
    expect(userErrorOf(() => keep([1])).code).toBe('disk-full');
    expect(names('sounds')).toEqual([]);
    keep([]);
    expect(reopen().set).toMatchObject({ tracks: [] });
  });

  test('is made by giving up what is in the bin, the oldest first', () => {
    reopen(small(20_000), 0);
    keep([1]);
    sets.binCurrent();
    keep([2]);
    sets.binCurrent();
    keep([3]);
    keep([4]);
    expect(names('sounds')).toHaveLength(4);
    // First what stands by of the current set.
    keep([5]);
    expect([names('bin'), names('current')]).toEqual([
      ['unnamed.1.json', 'unnamed.2.json'],
      ['00000004.json', '00000005.json'],
    ]);
    keep([5, 6]);
    keep([5, 6, 7]);
    expect(names('bin')).toEqual(['unnamed.2.json']);
    expect(tracksOf(reopen().set)).toEqual([5, 6, 7]);
  });

  test('is made by what an undo has let go of', () => {
    reopen(small(20_000), 0);
    for (const loopIds of [[1], [1, 2], [1, 2, 3], [1, 2, 3, 4]]) keep(loopIds);
    keep([1, 2, 3], [4]);
    keep([1, 2, 3, 5]);
    expect(tracksOf(reopen().set)).toEqual([1, 2, 3, 5]);
  });
});

describe('saved sets', () => {
  test('a file that was renamed is told, and how it has to be called', () => {
    keep([1]);
    sets.save('one');
    const [file = ''] = names('saved');
    const text = readFileSync(folder.path(`sets/saved/${file}`), 'utf8');
    folder.put('sets/saved/copy.json', text);
    const { sets: listed, troubles } = sets.list();
    expect(listed).toHaveLength(1);
    expect(troubles).toEqual([expect.stringContaining(`rename it to ${file}`)]);
  });

  test('names never lead out of the folder, nor to a hidden file', () => {
    keep([]);
    for (const name of ['..', '../../x', '/x', '.x', '', ' '.repeat(3), 'x/y', 'ſ', 'İ']) {
      try {
        sets.save(name);
      } catch (thrown) {
        expect(errnoOf(thrown)).toBe('set-name');
      }
    }
    for (const file of names('saved')) expect(file).toMatch(/^[a-z0-9][a-z0-9-]*-[0-9a-f]{8}\.json$/);
    expect(names('')).toEqual(['bin', 'current', 'lock', 'saved', 'sounds']);
  });

  test.each([
    ['{"version": 9}', 'set-newer'],
    ['{', 'set-damaged'],
  ])('%s under the name: %s', (text, code) => {
    keep([1]);
    sets.save('one');
    const [file = ''] = names('saved');
    writeFileSync(folder.path(`sets/saved/${file}`), text);
    expect(userErrorOf(() => sets.find('one')).code).toBe(code);
    expect(userErrorOf(() => sets.remove('one')).code).toBe(code);
    if (code === 'set-newer') expect(userErrorOf(() => sets.save('one')).code).toBe(code);
    else sets.save('one');
  });
});

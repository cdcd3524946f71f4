import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { WorkerSetStore as Class } from '../../../../src/adapters/files/sets/worker-set-store.ts';
import { openWav } from '../../../../src/adapters/files/wav-reader.ts';
import { createWav } from '../../../../src/adapters/files/wav-writer.ts';
import { errnoOf } from '../../../../src/core/errors.ts';
import type { LoopSound } from '../../../../src/ports/audio-engine.ts';
import type { SetStore } from '../../../../src/ports/set-store.ts';
import { FakeSetStore, fakeDisk } from '../../../fakes/fake-set-store.ts';
import { type Scratch, scratch } from '../scratch.ts';
import { filled, heldSet, memory, noise, rate, samplesOf } from './loops.ts';

// The worker thread cannot load the sources.
const compiled = new URL('../../../../dist/adapters/files/sets/worker-set-store.js', import.meta.url).href;
const { WorkerSetStore }: { WorkerSetStore: typeof Class } = await import(compiled);

/** A store, the next one on the same disk, and WAV files beside it. */
type Place = {
  open(at?: number): SetStore;
  put(name: string, at: number, samples: Float32Array): string;
  written(path: string): Float32Array;
  remove(): void;
};

const onDisk = (): Place => {
  const folder: Scratch = scratch();
  return {
    open: (at = rate) => new WorkerSetStore({ folder: folder.path('sets'), rate: at, reserveBytes: 0 }),
    put: (name, at, samples) => {
      const wav = createWav(folder.path(name), at);
      wav.write(samples, samples.length / 2);
      wav.commit();
      return folder.path(name);
    },
    written: (path) => {
      const wav = openWav(path);
      const samples = new Float32Array(2 * wav.frames);
      wav.read(samples, wav.frames);
      wav.close();
      return samples;
    },
    remove: folder.remove,
  };
};

const inMemory = (): Place => {
  const disk = fakeDisk();
  return {
    open: (at = rate) => new FakeSetStore(at, disk),
    put: (name, at, samples) => {
      disk.files.set(name, { rate: at, samples });
      return name;
    },
    written: (path) => disk.files.get(path)?.samples ?? new Float32Array(),
    remove: () => undefined,
  };
};

const codeOf = async (act: Promise<unknown>): Promise<unknown> => {
  try {
    await act;
    return 'done';
  } catch (thrown) {
    return errnoOf(thrown);
  }
};

describe.each([
  ['on a thread', onDisk],
  ['in memory', inMemory],
])('a store of sets %s', (_, placeOf) => {
  let place: Place;
  let store: SetStore;
  beforeEach(async () => {
    place = placeOf();
    store = place.open();
    await store.recover();
  });
  afterEach(async () => {
    await store.close();
    place.remove();
  });

  const reopened = async (at = rate): Promise<Awaited<ReturnType<SetStore['recover']>>> => {
    await store.close();
    store = place.open(at);
    return store.recover();
  };
  const keep = (loops: readonly (readonly [number, number, LoopSound])[], name: string | null = null): Promise<void> =>
    store.keep(
      heldSet(
        loops.map(([track, loopId, { frames }]) => [track, loopId, frames]),
        { name },
      ),
      new Map(loops.map(([, loopId, sound]) => [loopId, sound])),
      [],
    );

  test('has nothing at first', async () => {
    expect(await reopened()).toEqual({ set: undefined, troubles: [] });
    expect(await store.list()).toEqual({ sets: [], troubles: [] });
    await store.binCurrent();
  });

  test('gives the set back that was kept last, bit by bit', async () => {
    const [one, two] = [noise(1, 9000), noise(2, 4096)];
    await keep([
      [1, 11, one],
      [3, 12, two],
    ]);
    const { set, troubles } = await reopened();
    expect(troubles).toEqual([]);
    expect(set).toMatchObject({ name: null, rate, bpm: 120, tracks: [{ track: 1 }, { track: 3, playing: true }] });
    for (const [at, sound] of [one, two].entries()) {
      const loop = set?.tracks[at]?.loop;
      const into = memory(loop?.frames ?? 0);
      await store.read(loop?.sound ?? '', into);
      expect(samplesOf(into)).toEqual(samplesOf(sound));
    }
  });

  test('a loop that came from disk, or is there already, needs not be given', async () => {
    const sound = noise(1, 5000);
    await keep([[1, 11, sound]]);
    await store.keep(heldSet([[2, 11, 5000]]), new Map(), []);
    const { set } = await reopened();
    const name = set?.tracks[0]?.loop.sound ?? '';
    await store.read(name, memory(5000));
    await store.keep(heldSet([[4, -1, 5000, name]]), new Map(), []);
    expect((await reopened()).set?.tracks).toMatchObject([{ track: 4, loop: { sound: name } }]);
  });

  test('a loop that is neither there nor given is refused, and the set stays as it was', async () => {
    await keep([[1, 11, noise(1, 5000)]]);
    expect(await codeOf(store.keep(heldSet([[2, 12, 5000]]), new Map(), []))).toBe('sound-missing');
    expect((await reopened()).set?.tracks).toMatchObject([{ track: 1 }]);
  });

  test('what is there already is not written again', async () => {
    const sound = noise(1, 5000);
    await keep([[1, 11, sound]]);
    const { filesWritten, bytesWritten } = await store.figures();
    expect([filesWritten, bytesWritten > 40_000]).toEqual([expect.any(Number), true]);
    await keep([[1, 11, sound]]);
    expect(await store.figures()).toMatchObject({ filesWritten, bytesWritten });
    await keep([[2, 13, sound]]);
    expect((await store.figures()).bytesWritten - bytesWritten).toBeLessThan(2000);
  });

  test('saves the current set under a name, which finds it whatever its capitals', async () => {
    await keep([[1, 11, noise(1, 48_100)]]);
    await store.save('  Früh am Morgen ');
    const saved = await store.find('früh am morgen');
    expect(saved).toMatchObject({ name: 'Früh am Morgen', tracks: [{ track: 1 }] });
    expect((await store.list()).sets).toMatchObject([{ name: 'Früh am Morgen', bpm: 120, beatsPerBar: 4, tracks: 1 }]);
    await keep([]);
    await reopened();
    await store.read(saved.tracks[0]?.loop.sound ?? '', memory(48_100));
  });

  test('a set of the same name is replaced', async () => {
    await keep([[1, 11, noise(1, 500)]]);
    await store.save('one');
    await keep([[2, 12, noise(2, 500)]]);
    await store.save('ONE');
    expect((await store.list()).sets).toMatchObject([{ name: 'ONE' }]);
    expect((await store.find('one')).tracks).toMatchObject([{ track: 2 }]);
  });

  test('renames and removes', async () => {
    await keep([[1, 11, noise(1, 500)]]);
    await store.save('one');
    await store.save('two');
    expect(await codeOf(store.rename('one', 'TWO'))).toBe('set-name-taken');
    await store.rename('one', 'three');
    await store.rename('two', 'Two');
    expect((await store.list()).sets.map(({ name }) => name)).toEqual(['three', 'Two']);
    await store.remove('three');
    expect((await store.list()).sets.map(({ name }) => name)).toEqual(['Two']);
    for (const act of [store.find('three'), store.remove('three'), store.rename('three', 'four')]) {
      expect(await codeOf(act)).toBe('set-missing');
    }
  });

  test.each(['', '   ', 'a\nb', 'x'.repeat(65)])('%j is no name', async (name) => {
    await keep([]);
    expect(await codeOf(store.save(name))).toBe('set-name');
  });

  test.each(['..', '../up', '/etc/passwd', '.hidden', 'con', 'a/b', '音楽', '🎸', 'x'.repeat(64), '-', 'a.json'])(
    '%j is a name like any other',
    async (name) => {
      await keep([]);
      await store.save(name);
      expect((await store.list()).sets).toMatchObject([{ name }]);
      expect((await store.find(name)).name).toBe(name);
    },
  );

  test('nothing that was not kept can be saved', async () => {
    expect(await codeOf(store.save('one'))).toBe('set-none');
  });

  test('the current set is binned and stays', async () => {
    await keep([[1, 11, noise(1, 500)]]);
    await store.binCurrent();
    await store.binCurrent();
    expect((await reopened()).set?.tracks).toHaveLength(1);
  });

  test('a file becomes a loop, at the rate of the session', async () => {
    const path = place.put('guitar.wav', 96_000, samplesOf(filled(9600, () => 0.25)));
    expect(await store.inspect(path)).toEqual({ frames: 4800 });
    const into = filled(6000, () => 1);
    await store.importInto(path, into);
    const samples = samplesOf(into);
    expect(samples.subarray(2000, 8000).every((sample) => Math.abs(sample - 0.25) < 1e-4)).toBe(true);
    expect(samples.subarray(9600).every((sample) => sample === 0)).toBe(true);
    expect(await codeOf(store.inspect('nowhere.wav'))).toBe('file-missing');
    expect(await codeOf(store.importInto('nowhere.wav', into))).toBe('file-missing');
  });

  test('a file at the rate of the session comes as it is, and is cut where the loop ends', async () => {
    const samples = samplesOf(noise(5, 9000));
    const path = place.put('guitar.wav', rate, samples);
    const into = memory(8999);
    await store.importInto(path, into);
    expect(samplesOf(into)).toEqual(samples.subarray(0, 2 * 8999));
  });

  test('writes a file piece by piece', async () => {
    const path = place.put('out.wav', rate, new Float32Array(2));
    const pieces = [samplesOf(noise(1, 4000)), samplesOf(noise(2, 10))];
    let next = 0;
    await store.write(path, () => {
      next += 1;
      return pieces[next - 1];
    });
    expect(place.written(path)).toEqual(Float32Array.from(pieces.flatMap((piece) => [...piece])));
  });

  test('a set of another rate is read at the rate of the session, and is a new sound then', async () => {
    await keep([[1, 11, filled(4800, () => 0.5)]]);
    const { set } = await reopened(96_000);
    const loop = set?.tracks[0]?.loop;
    const frames = store.framesAt(loop?.frames ?? 0, set?.rate ?? 0);
    expect([set?.rate, frames]).toEqual([rate, 9600]);
    expect(await codeOf(store.read(loop?.sound ?? '', memory(4800)))).toBe('sound-misfit');
    const into = memory(frames);
    await store.read(loop?.sound ?? '', into);
    expect(
      samplesOf(into)
        .subarray(4000, 16_000)
        .every((sample) => Math.abs(sample - 0.5) < 1e-4),
    ).toBe(true);
    expect(await codeOf(store.keep(heldSet([[1, 1, frames]]), new Map(), []))).toBe('sound-missing');
    await store.keep(heldSet([[1, 1, frames]]), new Map([[1, into]]), []);
    expect((await reopened(96_000)).set).toMatchObject({ rate: 96_000, tracks: [{ loop: { frames } }] });
  });

  test('no sound of that name', async () => {
    expect(await codeOf(store.read('0'.repeat(32), memory(10)))).toBe('sound-missing');
  });

  test('closed, it refuses all, and may be closed again', async () => {
    await store.close();
    await store.close();
    for (const act of [store.list(), store.keep(heldSet([]), new Map(), []), store.recover()]) {
      expect(await codeOf(act)).toBe('sets-closed');
    }
  });
});

describe('the thread', () => {
  let folder: Scratch;
  beforeEach(() => {
    folder = scratch();
  });
  afterEach(() => folder.remove());

  const open = (): Class => new WorkerSetStore({ folder: folder.path('sets'), rate, reserveBytes: 0 });

  test('ends what was asked before it closes', async () => {
    const store = open();
    const asked = [
      store.recover(),
      store.keep(heldSet([[1, 1, 500]]), new Map([[1, noise(1, 500)]]), []),
      store.save('one'),
    ];
    await store.close();
    await Promise.all(asked);
    expect(readdirSync(folder.path('sets/saved'))).toHaveLength(1);
    expect(readdirSync(folder.path('sets'))).not.toContain('lock');
  });

  test('a second one is told that the sets are in use', async () => {
    const [one, two] = [open(), open()];
    await one.recover();
    expect(await codeOf(two.recover())).toBe('sets-in-use');
    expect(await codeOf(two.keep(heldSet([]), new Map(), []))).toBe('sets-in-use');
    await one.close();
    expect(await codeOf(two.recover())).toBe('done');
    await two.close();
  });

  test('the lock of a process that is gone is taken over', async () => {
    mkdirSync(folder.path('sets'));
    for (const text of ['', `${process.pid} 1 of-another-boot 1\n`, '999999999 1 x 1\n', 'garbage']) {
      writeFileSync(folder.path('sets/lock'), text);
      const store = open();
      expect(await codeOf(store.recover())).toBe('done');
      await store.close();
    }
  });

  test('that dies refuses what it was asked and all that follows', async () => {
    const folderThatIsNone = undefined as unknown as string;
    const store = new WorkerSetStore({ folder: folderThatIsNone, rate, reserveBytes: 0 });
    expect(await codeOf(store.recover())).toBe('sets-gone');
    expect(await codeOf(store.keep(heldSet([]), new Map(), []))).toBe('sets-gone');
    await store.close();
  });

  test('a keep goes before the rest of a long read', async () => {
    const store = open();
    await store.recover();
    const frames = 48_000 * 20;
    const sound = noise(1, frames);
    await store.keep(heldSet([[1, 1, frames]]), new Map([[1, sound]]), []);
    await store.save('long');
    const { tracks } = await store.find('long');
    const done: string[] = [];
    const reads = Array.from({ length: 8 }, () =>
      store.read(tracks[0]?.loop.sound ?? '', memory(frames)).then(() => done.push('read')),
    );
    const kept = store.keep(heldSet([[2, 1, frames]]), new Map(), []).then(() => done.push('keep'));
    await Promise.all([...reads, kept]);
    // In its turn it would be the last.
    expect(done.indexOf('keep')).toBeLessThan(6);
    await store.close();
  }, 30_000);

  test('a file that could not be written leaves nothing', async () => {
    const store = open();
    const wrong = (): Float32Array => {
      throw new Error('no more sound');
    };
    await expect(store.write(folder.path('out.wav'), wrong)).rejects.toThrow('no more sound');
    expect(await codeOf(store.write(folder.path('none/out.wav'), wrong))).toBe('folder-missing');
    expect(folder.names()).toEqual([]);
    await store.close();
  });

  test('samples that are not shared are refused', async () => {
    const store = open();
    const sound = { samples: new Float32Array(8192), pieces: Int32Array.of(0), frames: 10 };
    await expect(store.read('0'.repeat(32), sound)).rejects.toThrow('shared memory');
    await store.close();
  });

  test('where there is no folder to be had all is refused, and it can be closed', async () => {
    const store = new WorkerSetStore({ folder: `${folder.put('file', 'x')}/sets`, rate, reserveBytes: 0 });
    expect(await store.recover()).toMatchObject({ set: undefined, failure: { code: 'folder-missing' } });
    expect(await codeOf(store.ready())).toBe('folder-missing');
    expect(await codeOf(store.keep(heldSet([]), new Map(), []))).toBe('folder-missing');
    await store.close();
  });

  test('it leaves no files open', async () => {
    const store = open();
    await store.recover();
    const round = async (count: number): Promise<void> => {
      await store.keep(heldSet([[1, count, 5000]]), new Map([[count, noise(count, 5000)]]), []);
      await store.save(`set ${count % 3}`);
      const { tracks } = await store.find(`set ${count % 3}`);
      await store.read(tracks[0]?.loop.sound ?? '', memory(5000));
      await codeOf(store.read(tracks[0]?.loop.sound ?? '', memory(1)));
      await codeOf(store.inspect(folder.put('no.wav', 'RIFF')));
      await store.list();
    };
    await round(1);
    const before = folder.openFiles();
    for (let count = 2; count < 60; count += 1) await round(count);
    expect(folder.openFiles()).toBe(before);
    await store.close();
  }, 30_000);

  test('the folder may be removed meanwhile: with the loops at hand all is made anew', async () => {
    const store = open();
    await store.recover();
    const [set, sounds] = [heldSet([[1, 1, 500]]), new Map([[1, noise(1, 500)]])];
    await store.keep(set, sounds, []);
    const [manifest = ''] = readdirSync(folder.path('sets/current'));
    const before = readFileSync(folder.path(`sets/current/${manifest}`), 'utf8');
    rmSync(folder.path('sets'), { recursive: true });
    await store.keep(set, sounds, []);
    const [again = ''] = readdirSync(folder.path('sets/current'));
    expect(readFileSync(folder.path(`sets/current/${again}`), 'utf8')).toBe(before);
    expect(readdirSync(folder.path('sets/sounds'))).toHaveLength(1);
    await store.close();
  });
});

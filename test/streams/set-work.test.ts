import { storeText } from '../../src/streams/set-work.ts';
import { bar, digest, fails, oneLoop, played, rate, setRig, stomp } from './set-rig.ts';

describe('the command line', () => {
  test('lists what is played and what is saved', async () => {
    const rig = await setRig();
    expect(await rig.ask({ act: 'list' })).toEqual([
      'now: a set without a name, 0 loops',
      'no set is saved yet; hindsight sets save NAME does it',
      'done',
    ]);
    const other = await oneLoop();
    await other.ask({ act: 'save', name: 'Jam' });
    other.store.troubles = ['one file is damaged'];
    expect(await other.ask({ act: 'list' })).toEqual([
      'now: Jam, 1 loop',
      '1. Jam: 120 BPM, 4 beats a bar, 1 loop of 2.0 s, 0.1 MB',
      'one file is damaged',
      'done',
    ]);
  });

  test('saves, loads, renames, deletes, and has back what was deleted', async () => {
    const rig = await oneLoop();
    expect(await rig.ask({ act: 'save', name: ' Jam ' })).toEqual(['saved as Jam', 'done']);
    expect(await rig.ask({ act: 'rename', name: 'jam', to: ' Ballad ' })).toEqual(['jam is now Ballad', 'done']);
    expect(rig.session.state.setName).toBe('Ballad');
    expect(rig.disk.current?.name).toBe('Ballad');
    expect(await rig.ask({ act: 'save' })).toEqual(['saved as Ballad', 'done']);
    expect(await rig.ask({ act: 'delete', name: 'Ballad' })).toEqual(['Ballad is in the bin', 'done']);
    expect(await rig.ask({ act: 'bin' })).toEqual([expect.stringMatching(/^1\. Ballad: /), 'done']);
    expect(await rig.ask({ act: 'recover', place: 1, name: 'Again' })).toEqual(['saved again as Again', 'done']);
    const lines: string[] = [];
    const asked = rig.ask({ act: 'load', name: 'again' }).then((said) => lines.push(...said));
    await asked;
    expect(rig.session.state.incoming?.name).toBe('Again');
    await rig.until(rig.engine.frame + 2 * bar);
    expect(rig.session.state.setName).toBe('Again');
  });

  test('tells that a set is here when it is', async () => {
    const rig = await oneLoop();
    await rig.ask({ act: 'save', name: 'Jam' });
    const said = rig.ask({ act: 'load', name: 'Jam' });
    await rig.until(rig.engine.frame + 2 * bar);
    expect(await said).toEqual(['Jam is here', 'done']);
  });

  test('makes a new set, and is told that what was there is in the bin once it is', async () => {
    const rig = await oneLoop();
    expect(await rig.ask({ act: 'new' })).toEqual(['an empty set; what was there is in the bin', 'done']);
    expect(rig.disk.bin).toMatchObject([{ tracks: [{ track: 1 }] }]);
    expect(rig.disk.current?.tracks).toEqual([]);
    const other = await oneLoop();
    other.store.failure = fails('EIO');
    expect(await other.ask({ act: 'new' })).toEqual(['failed: EIO']);
    expect(other.states()).toEqual(['EMPTY', 'EMPTY', 'EMPTY']);
  });

  test('is told of an empty bin', async () => {
    expect(await (await setRig()).ask({ act: 'bin' })).toEqual(['the bin is empty', 'done']);
  });

  test('has what is played on disk when it says where', async () => {
    const rig = await oneLoop();
    rig.command({ type: 'setClickVolume', volume: 0.7 });
    expect(await rig.ask({ act: 'flush' })).toEqual(['/sets', 'done']);
    expect(rig.disk.current?.click.volume).toBe(0.7);
  });

  test.each([
    [{ act: 'load', name: 'none' }, 'set-missing'],
    [{ act: 'delete', name: 'none' }, 'set-missing'],
    [{ act: 'rename', name: 'none', to: 'other' }, 'set-missing'],
    [{ act: 'rename', name: 'Jam', to: 'taken' }, 'set-name-taken'],
    [{ act: 'save', name: 'x'.repeat(65) }, 'set-name'],
    [{ act: 'recover', place: 7 }, 'set-missing'],
  ] as const)('is told why %j cannot be done', async (question, code) => {
    const rig = await oneLoop();
    for (const name of ['taken', 'Jam']) await rig.ask({ act: 'save', name });
    const before = rig.session.state;
    expect(await rig.ask(question)).toEqual([`failed: ${code}`]);
    expect(rig.session.state.setName).toBe(before.setName);
  });

  test('ends where the session ends before a set is here', async () => {
    const rig = await oneLoop();
    await rig.ask({ act: 'save', name: 'Jam' });
    const lines = rig.ask({ act: 'load', name: 'Jam' });
    await rig.close();
    expect(await lines).toEqual(['failed: closed']);
  });
});

describe('the tape', () => {
  test('is written as it was heard, but for the last second', async () => {
    const rig = await setRig();
    await rig.until(5 * rate + 123);
    expect(await rig.ask({ act: 'tape', path: 'tape' })).toEqual(['4.0 s of the tape are in tape', 'done']);
    expect(digest(rig.disk.files.get('tape')?.samples)).toBe(played(0, 4 * rate + 123));
  });

  test('is written from its oldest end on that the writing does not lose', async () => {
    const rig = await setRig({ tapeFrames: 6 * rate });
    await rig.until(20 * rate);
    // A store that takes its time: sound comes in while it is written.
    const write = rig.store.write.bind(rig.store);
    rig.store.write = async (path, next) => {
      await rig.until(rig.engine.frame + rate);
      await write(path, next);
    };
    const asked = rig.ask({ act: 'tape', path: 'tape' });
    await rig.until(21 * rate + 256);
    expect(await asked).toEqual(['4.0 s of the tape are in tape', 'done']);
    expect(digest(rig.disk.files.get('tape')?.samples)).toBe(played(15 * rate, 4 * rate));
  });

  test('that is over before it is written is told, not cut short', async () => {
    const rig = await setRig({ tapeFrames: 6 * rate });
    await rig.until(20 * rate);
    const write = rig.store.write.bind(rig.store);
    rig.store.write = async (path, next) => {
      await rig.until(rig.engine.frame + 9 * rate);
      await write(path, next);
    };
    const asked = rig.ask({ act: 'tape', path: 'tape' });
    await rig.until(30 * rate);
    expect(await asked).toEqual(['failed: tape-gone']);
    expect(rig.disk.files.has('tape')).toBe(false);
  });

  test('holds nothing before anything was played', async () => {
    const rig = await setRig();
    await rig.at(300, stomp(1));
    expect(await rig.ask({ act: 'tape', path: 'tape' })).toEqual(['failed: tape-empty']);
  });
});

test('what the disk has had to bear is told in a line', () => {
  expect(storeText({ filesWritten: 12, bytesWritten: 3 * 2 ** 20, freeBytes: 2 ** 30 }, 0.5)).toBe(
    'disk: 3.0 MB in 12 files written since the start, 24 files an hour; 1024.0 MB free',
  );
});

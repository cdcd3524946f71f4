import { FakeSetStore } from '../fakes/fake-set-store.ts';
import {
  bar,
  behind,
  digest,
  freeFrames,
  lead,
  oneLoop,
  played,
  rate,
  type SetRig,
  setRig,
  soundsOf,
  stomp,
  tracksOf,
} from './set-rig.ts';
import { slowly } from './slow-store.ts';

const blank = {
  ...{ name: 'blank', bpm: 120, beatsPerBar: 4, bars: 1, click: { volume: 0, muted: false }, tracks: [] },
};
const written = async ({ store }: SetRig): Promise<number> => (await store.figures()).filesWritten;

describe('a captured loop', () => {
  test('is on disk to the sample, with its lead-in, within a second after it was whole', async () => {
    const rig = await setRig();
    await rig.at(behind(2), stomp(1));
    await rig.until(behind(2) + 0.7 * rate);
    expect(soundsOf(rig)).toEqual([played(bar - lead, bar + lead)]);
    expect(rig.told('kept')).toEqual([{ type: 'kept', frame: expect.any(Number), tracks: [1] }]);
  });

  test('is on disk as soon as its last bar is in, where a stomp was early', async () => {
    const rig = await setRig();
    await rig.at(2 * bar - 2000, stomp(1));
    await rig.until(2 * bar - 1);
    expect(soundsOf(rig)).toEqual([]);
    await rig.until(2 * bar + 0.7 * rate);
    expect(soundsOf(rig)).toEqual([played(bar - lead, bar + lead)]);
  });

  test.each([0, 1, 3, 10])(
    'that is cleared while it is written is there whole or not at all: %p turns later',
    async (turns) => {
      const rig = await setRig();
      await rig.at(behind(2), stomp(1));
      while (rig.session.state.tracks[0]?.state === 'EMPTY' || rig.told('kept').length === 0) {
        const track = rig.session.state.tracks[0];
        if (track?.state !== 'EMPTY' && track?.loop.sound === 'here') break;
        await rig.until(rig.engine.frame + 256);
      }
      for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
      rig.command({ type: 'clear', track: 1 });
      await rig.until(rig.engine.frame + rate);
      for (const { samples } of rig.disk.sounds.values()) expect(digest(samples)).toBe(played(bar - lead, bar + lead));
      expect(tracksOf(rig)).toEqual([]);
    },
  );

  test('gives its memory back once it is kept and nobody wants it', async () => {
    const rig = await setRig({ budgetFrames: 10 * 4096 });
    await rig.at(behind(2), stomp(1));
    await rig.until(4 * bar);
    rig.command({ type: 'newSet' });
    await rig.at(6 * bar + 800, stomp(1));
    await rig.at(8 * bar + 800, { type: 'clear', track: 1 });
    await rig.until(9 * bar + 800);
    // Undo still holds them.
    expect(freeFrames(rig)).toBeLessThan(10 * 4096);
    const other = await oneLoop({ budgetFrames: 10 * 4096 });
    await other.keeper.flushed();
    other.audio.send({ type: 'clear', track: 1 });
    other.audio.send({ type: 'release', loopId: 1 });
    await other.until(other.engine.frame + 1000);
    expect(freeFrames(other)).toBe(10 * 4096);
  });
});

test('a loop that is replaced while it is written keeps its memory until it is, and then gives it back', async () => {
  const { disk } = await setRig();
  const store = new FakeSetStore(rate, disk);
  const { slow, goOn } = slowly(store);
  const memory = 3 * 4 * 4096;
  const rig = await setRig({ store: slow, disk, waits: true, budgetFrames: memory });
  const begun = rig.begin();
  goOn();
  await begun;
  await rig.at(behind(2), stomp(1));
  await rig.until(behind(3));
  // `keep` is asked for and not done; what is found is told all the same.
  rig.session.report({ type: 'setFound', set: blank });
  await rig.until(behind(5));
  expect(rig.session.state.setName).toBe('blank');
  // All that is left of the memory is written over.
  await rig.at(behind(7), stomp(2), stomp(3));
  await rig.until(behind(8));
  expect(rig.states()).toEqual(['EMPTY', 'PLAYING', 'PLAYING']);
  for (let call = 0; call < 10; call += 1) {
    goOn();
    await rig.until(rig.engine.frame + 256);
  }
  expect(disk.bin.map(({ tracks }) => tracks.map(({ loop }) => digest(disk.sounds.get(loop.sound)?.samples)))).toEqual([
    [played(bar - lead, bar + lead)],
  ]);
  expect(tracksOf(rig)).toEqual([2, 3]);
  expect(freeFrames(rig)).toBe(memory - 2 * 4 * 4096);
});

describe('what is written', () => {
  test('is nothing where nothing changes', async () => {
    const rig = await setRig();
    await rig.until(5 * bar);
    expect(await written(rig)).toBe(0);
    const second = await oneLoop();
    const before = await written(second);
    await second.until(20 * bar);
    expect(await written(second)).toBe(before);
    await second.close();
    expect(await written(second).catch(() => before)).toBe(before);
  });

  test('is one manifest for a hundred moves of a fader, two seconds after the first one', async () => {
    const rig = await oneLoop();
    await rig.until(5 * bar);
    const before = await written(rig);
    const first = rig.engine.frame;
    for (let move = 1; move <= 100; move += 1) {
      rig.command({ type: 'setClickVolume', volume: move / 100 });
      await rig.until(first + move * 150);
    }
    await rig.until(first + 2 * rate - 256);
    expect(await written(rig)).toBe(before);
    await rig.until(first + 2 * rate + 256);
    expect(await written(rig)).toBe(before + 1);
    expect(rig.disk.current?.click.volume).toBe(1);
    await rig.until(first + 10 * rate);
    expect(await written(rig)).toBe(before + 1);
  });

  test('is nothing for a fader that went back', async () => {
    const rig = await oneLoop();
    const before = await written(rig);
    rig.command({ type: 'setClickVolume', volume: 0.7 });
    rig.command({ type: 'setClickVolume', volume: 0 });
    await rig.until(rig.engine.frame + 4 * rate);
    expect(await written(rig)).toBe(before);
  });

  test('is a name at once', async () => {
    const rig = await oneLoop();
    expect(await rig.ask({ act: 'save', name: 'one' })).toEqual(['saved as one', 'done']);
    expect(rig.disk.current?.name).toBe('one');
  });

  test('is no sound again for undo and redo', async () => {
    const rig = await oneLoop();
    const { bytesWritten } = await rig.store.figures();
    for (const type of ['undo', 'redo', 'undo', 'redo'] as const) {
      rig.command({ type });
      await rig.until(rig.engine.frame + rate);
      expect(tracksOf(rig)).toEqual(type === 'undo' ? [] : [1]);
    }
    expect((await rig.store.figures()).bytesWritten - bytesWritten).toBeLessThan(5000);
    expect(rig.disk.sounds.size).toBe(1);
  });

  test('is the loop before, while another one that takes its place is still coming in', async () => {
    const rig = await oneLoop();
    await rig.until(behind(3));
    rig.command({ type: 'retake', track: 1, laterBeats: 3 });
    rig.command({ type: 'setClickVolume', volume: 0.5 });
    await rig.keeper.flushed();
    expect(soundsOf(rig)).toEqual([played(bar - lead, bar + lead)]);
    await rig.until(behind(4));
    expect(soundsOf(rig)).toEqual([played(bar + 12_000 - lead, bar + lead)]);
  });

  test('is all that is to be written, at the end', async () => {
    const rig = await oneLoop();
    rig.command({ type: 'setClickVolume', volume: 0.25 });
    await rig.close();
    expect(rig.disk.current?.click.volume).toBe(0.25);
  });

  test('is what is played, where a set of which nothing changed is saved over another one', async () => {
    const { disk } = await oneLoop();
    const rig = await setRig({ disk, restore: 'nothing' });
    await rig.ask({ act: 'save', name: 'empty' });
    expect(disk.sets.get('empty')?.tracks).toEqual([]);
    expect(disk.bin.map(({ tracks }) => tracks.length)).toEqual([1]);
  });
});

test('a loop that is whole before the set of last time was found is kept, and that set is in the bin', async () => {
  const { disk } = await oneLoop();
  const rig = await setRig({ disk, waits: true });
  await rig.at(behind(2), stomp(2));
  await rig.until(behind(2) + rate);
  expect(tracksOf(rig)).toEqual([1]);
  expect(await rig.begin()).toMatch(/not back as it was.*in the bin/);
  await rig.until(behind(3));
  expect(tracksOf(rig)).toEqual([2]);
  expect(disk.bin.map(({ tracks }) => tracks.map(({ track }) => track))).toEqual([[1]]);
});

test('where nothing can be brought back nothing is kept, and a save says so', async () => {
  const rig = await setRig({ waits: true });
  await rig.at(behind(2), stomp(1));
  await rig.until(behind(3));
  expect(await rig.ask({ act: 'save', name: 'one' })).toEqual(['failed: sets-not-read']);
  await rig.close();
  expect(rig.disk.current).toBeUndefined();
});

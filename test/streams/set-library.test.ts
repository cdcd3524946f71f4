import { frameOfBeat } from '../../src/core/time/grid.ts';
import { bar, behind, fails, lead, ramp, rate, type SetRig, setRig, settle, stomp, type Wish } from './set-rig.ts';

const even = (): number => 0.25;

/** Two sets on a disk: `a` at 120 BPM in 4, `b` at 160 in 3, each with a bar in track 1; the one played last is `b`. */
const twoSets = async (wish: Wish = {}): Promise<SetRig> => {
  const rig = await setRig({ input: even, ...wish });
  await rig.at(behind(2), stomp(1));
  await rig.until(behind(3));
  await rig.ask({ act: 'save', name: 'a' });
  rig.command({ type: 'newSet' });
  rig.command({ type: 'setBpm', bpm: 160 });
  rig.command({ type: 'setBeatsPerBar', beatsPerBar: 3 });
  await rig.at(rig.engine.frame + 3 * rate, stomp(1));
  await rig.until(rig.engine.frame + 2 * rate);
  await rig.ask({ act: 'save', name: 'b' });
  return rig;
};

const load = (name: string) => ({ type: 'loadSet', name }) as const;
const loadedAt = (rig: SetRig): number =>
  rig.told('set').findLast(({ phase }) => phase === 'loaded')?.frame ?? Number.NaN;

describe('a load', () => {
  test.each([256, 1000, 63])(
    'of a playing set comes at the bar line, without a gap or a click, in blocks of %p',
    async (block) => {
      const rig = await twoSets({ block });
      const { grid } = rig.session.state;
      await rig.until(rig.engine.frame + 1000);
      rig.command(load('a'));
      await settle();
      const asked = rig.engine.frame;
      await rig.until(asked + 3 * bar);
      const line = loadedAt(rig);
      const lines = Array.from({ length: 40 }, (_, index) => frameOfBeat(grid, index * 3));
      expect(lines).toContain(line);
      expect(line - asked).toBeLessThan(2 * 9000);
      expect(rig.session.state.grid).toEqual({ rate, bpm: 120, beatsPerBar: 4, origin: line });
      for (let frame = line; frame < line + bar - lead; frame += 1)
        expect(Math.abs(rig.heard(frame) - 0.25)).toBeLessThan(1e-6);
      for (let frame = asked; frame < line - lead; frame += 1) {
        const isInSeam = lines.some((one) => frame >= one - lead && frame < one);
        if (!isInSeam) expect(Math.abs(rig.heard(frame) - 0.25)).toBeLessThan(1e-6);
      }
      const beats = rig.told('beat').filter(({ frame }) => frame >= line && frame < line + bar);
      expect(beats.map(({ frame, beat }) => [frame - line, beat])).toEqual(
        [0, 4000, 8000, 12_000].map((frame, beat) => [frame, beat]),
      );
      expect(rig.states()).toEqual(['PLAYING', 'EMPTY', 'EMPTY']);
      expect(rig.session.state.setName).toBe('a');
    },
  );

  test('makes no step larger than those of the sound and of the ramps', async () => {
    const slow = (frame: number): number => 0.25 * Math.sin(frame * 0.0314);
    const rig = await twoSets({ input: slow });
    rig.command(load('a'));
    await rig.until(rig.engine.frame + 2 * bar);
    const line = loadedAt(rig);
    let largest = 0;
    for (let frame = line - 100; frame < line + bar - lead; frame += 1) {
      largest = Math.max(largest, Math.abs(rig.heard(frame) - rig.heard(frame - 1)));
    }
    expect(largest).toBeLessThan(0.25 * 0.0314 * 2 + (2 * 0.25) / ramp);
    expect(largest).toBeGreaterThan(0);
  });

  test('clicks on the beats of its own grid from the line on', async () => {
    const rig = await twoSets({ clickVolume: 0.5, clickMuted: true });
    rig.command({ type: 'muteClick', muted: false });
    await rig.ask({ act: 'save', name: 'loud' });
    rig.command(load('a'));
    await rig.until(rig.engine.frame + 2 * bar);
    expect(rig.session.state.click).toEqual({ volume: 0.5, muted: true });
    rig.command(load('loud'));
    await rig.until(rig.engine.frame + 2 * bar);
    const line = loadedAt(rig);
    const beat = 3000;
    const most = (from: number): number =>
      Math.max(...Array.from({ length: 100 }, (_, at) => Math.abs(rig.heard(from + at) - 0.25)));
    for (const count of [1, 2]) expect(most(line + count * beat)).toBeGreaterThan(0.1);
    for (const count of [0, 1, 2]) expect(most(line + count * beat + 1500)).toBeLessThan(1e-6);
  });

  test('comes stopped where nothing sounds', async () => {
    const rig = await twoSets();
    rig.command({ type: 'stop', track: 1 });
    await rig.until(rig.engine.frame + 2 * bar);
    expect(rig.states()).toEqual(['STOPPED', 'EMPTY', 'EMPTY']);
    rig.command(load('a'));
    await rig.until(rig.engine.frame + 2 * bar);
    expect(rig.states()).toEqual(['STOPPED', 'EMPTY', 'EMPTY']);
    expect(rig.session.state.setName).toBe('a');
  });

  test('puts what was there into the bin, after it was kept', async () => {
    const rig = await twoSets();
    const before = rig.disk.bin.length;
    await rig.at(rig.engine.frame + 8000, stomp(2));
    while (rig.states()[1] !== 'PLAYING') await rig.until(rig.engine.frame + 256);
    rig.command({ type: 'setClickVolume', volume: 0.9 });
    rig.command(load('a'));
    await rig.until(rig.engine.frame + 3 * bar);
    expect(rig.disk.bin.slice(before)).toMatchObject([
      { name: 'b', click: { volume: 0.9 }, tracks: [{ track: 1 }, { track: 2 }] },
    ]);
    expect(rig.disk.current).toMatchObject({ name: 'a', tracks: [{ track: 1 }] });
  });

  test('has what was there in the bin though the disk failed meanwhile', async () => {
    const rig = await twoSets();
    const before = rig.disk.bin.length;
    await rig.at(rig.engine.frame + 8000, stomp(2));
    rig.command(load('a'));
    await settle();
    rig.store.failure = fails('EIO');
    await rig.until(rig.engine.frame + 3 * bar);
    expect(rig.states()[0]).toBe('PLAYING');
    expect(rig.session.state.setName).toBe('a');
    rig.store.failure = undefined;
    await rig.until(rig.engine.frame + 5 * rate);
    expect(rig.disk.bin.slice(before)).toMatchObject([{ name: 'b', tracks: [{ track: 1 }, { track: 2 }] }]);
    expect(rig.disk.current?.name).toBe('a');
    expect(rig.session.state.storage.state).toBe('well');
  });

  test('is refused while another one comes in', async () => {
    const rig = await twoSets();
    rig.command(load('a'));
    rig.command(load('b'));
    await settle();
    expect(rig.told('set').filter(({ phase }) => phase === 'failed')).toMatchObject([{ code: 'set-coming' }]);
    rig.command(load('b'));
    expect(rig.told('refused').at(-1)?.code).toBe('set-coming');
    await rig.until(rig.engine.frame + 2 * bar);
    expect(rig.session.state.setName).toBe('a');
  });

  test('is called off by a reset, which is told to who asked', async () => {
    const rig = await twoSets();
    const asked = rig.ask({ act: 'load', name: 'a' });
    await settle();
    rig.command({ type: 'reset' });
    await rig.until(rig.engine.frame + 3 * bar);
    expect(await asked).toEqual(['failed: set-cancelled']);
    expect(rig.states()).toEqual(['EMPTY', 'EMPTY', 'EMPTY']);
    expect(rig.session.state).toMatchObject({ setName: 'b', grid: { bpm: 160 } });
    expect(rig.session.state.incoming).toBeUndefined();
  });

  test('without one of its sounds comes without it and says so', async () => {
    const rig = await twoSets();
    await rig.at(rig.engine.frame + 8000, { type: 'record', track: 2, bars: 2 });
    await rig.until(rig.engine.frame + 2 * rate);
    const sound = rig.disk.current?.tracks[1]?.loop.sound ?? '';
    await rig.ask({ act: 'save', name: 'two' });
    rig.command(load('a'));
    await rig.until(rig.engine.frame + 2 * bar);
    rig.disk.sounds.delete(sound);
    rig.command(load('two'));
    await rig.until(rig.engine.frame + 2 * bar);
    expect(rig.told('unreadable')).toMatchObject([{ track: 2 }]);
    expect(rig.states()).toEqual(['PLAYING', 'EMPTY', 'EMPTY']);
    expect(rig.disk.sets.get('two')?.tracks.length).toBe(2);
  });

  test('of more than the memory holds is refused, and all stays as it is', async () => {
    const rig = await twoSets({ budgetFrames: 8 * 4096 });
    await rig.at(rig.engine.frame + 8000, stomp(2));
    await rig.until(rig.engine.frame + 2 * rate);
    rig.command(load('a'));
    await rig.until(rig.engine.frame + 2 * bar);
    expect(rig.told('set').filter(({ phase }) => phase === 'failed')).toMatchObject([{ code: 'memory-full' }]);
    expect(rig.states()).toEqual(['PLAYING', 'PLAYING', 'EMPTY']);
  });

  test.each([
    [{ place: 1 }, 'a'],
    [{ place: 2 }, 'b'],
    [{ by: 1 }, 'a'],
    [{ by: -1 }, 'a'],
    [{ by: 2 }, 'b'],
  ])('by %p from the last of two leads to %p', async (which, name) => {
    const rig = await twoSets();
    rig.command({ type: 'loadSet', ...which });
    await rig.until(rig.engine.frame + 2 * bar);
    expect(rig.session.state.setName).toBe(name);
    expect(loadedAt(rig)).toBeGreaterThan(0);
  });

  test('of what is not there is told', async () => {
    const rig = await twoSets();
    rig.command(load('c'));
    rig.command({ type: 'loadSet', place: 3 });
    await settle();
    const failed = rig.told('set').flatMap((told) => (told.phase === 'failed' ? [told.code] : []));
    expect(failed.toSorted()).toEqual(['no-such-set', 'set-missing']);
  });
});

describe('a save', () => {
  test('without a name takes the one the set has, else a new one, which it has after a restart', async () => {
    const first = await setRig();
    await first.at(behind(2), stomp(1));
    await first.until(behind(3));
    first.command({ type: 'saveSet' });
    await settle();
    first.command({ type: 'newSet' });
    first.command({ type: 'saveSet' });
    await settle();
    first.command({ type: 'saveSet' });
    await settle();
    expect([...first.disk.sets.values()].map(({ name }) => name)).toEqual(['Set 1', 'Set 2']);
    expect((await setRig({ disk: first.disk })).session.state.setName).toBe('Set 2');
  });

  test('has the loop that has just become whole', async () => {
    const rig = await setRig();
    await rig.at(behind(2), stomp(1));
    while (rig.told('kept').length === 0) await rig.until(rig.engine.frame + 256);
    rig.command({ type: 'setBars', bars: 8 });
    rig.command({ type: 'saveSet', name: 'x' });
    await settle();
    expect(rig.disk.sets.get('x')).toMatchObject({ bars: 8, tracks: [{ track: 1 }] });
  });

  test('is refused with the code of what is wrong with the disk', async () => {
    const rig = await setRig();
    rig.store.failure = fails('disk-full');
    await rig.at(behind(2), stomp(1));
    await rig.until(behind(3));
    expect(await rig.ask({ act: 'save', name: 'x' })).toEqual(['failed: disk-full']);
    expect(await rig.ask({ act: 'flush' })).toEqual(['failed: disk-full']);
    expect(rig.session.state.setName).toBeNull();
  });

  test('under no name at all is refused', async () => {
    const rig = await setRig();
    expect(await rig.ask({ act: 'save', name: ' \n' })).toEqual(['failed: set-name']);
  });
});

test('a save that is asked for while a loop is still coming off the tape has it', async () => {
  const rig = await setRig({ input: even });
  await rig.at(behind(2), stomp(1));
  await rig.until(behind(2) + 256);
  expect(rig.states()[0]).toBe('PLAYING');
  const saving = rig.ask({ act: 'save', name: 'now' });
  await rig.until(behind(2) + rate);
  expect(await saving).toEqual(['saved as now', 'done']);
  expect(rig.disk.sets.get('now')?.tracks).toMatchObject([{ track: 1, playing: true }]);
});

test('a set that comes in waits until what can be heard is kept', async () => {
  const rig = await twoSets();
  await rig.at(rig.engine.frame + 3 * rate, stomp(2));
  rig.command(load('a'));
  await settle();
  await rig.until(rig.engine.frame + 2 * bar);
  expect(loadedAt(rig)).toBeGreaterThan(0);
  expect(rig.disk.bin.at(-1)?.tracks).toMatchObject([{ track: 1 }, { track: 2 }]);
});

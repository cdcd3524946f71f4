import type { Rate } from '../../src/core/time/units.ts';
import { bar, behind, noise, oneLoop, rate, type SetRig, setRig, settle, stomp } from './set-rig.ts';

/** A WAV file beside the sets. */
const put = ({ disk }: SetRig, name: string, frames: number, at: Rate = rate): void => {
  const samples = Float32Array.from({ length: frames * 2 }, (_, sample) => noise(1e6 + (sample >> 1), sample & 1));
  disk.files.set(name, { rate: at, samples });
};

describe('an import', () => {
  test.each([256, 1000])('plays the file, sample by sample, round and round, in blocks of %p', async (block) => {
    const rig = await setRig({ block });
    put(rig, 'two', 2 * bar);
    expect(await rig.ask({ act: 'import', path: 'two', track: 2 })).toEqual(['track 2 has it, stopped', 'done']);
    expect(rig.states()).toEqual(['EMPTY', 'STOPPED', 'EMPTY']);
    await rig.at(1000, { type: 'start', track: 2 });
    await rig.until(5 * bar + 100);
    // Behind the ramp.
    for (let frame = bar + 100; frame < 5 * bar; frame += 1) {
      const place = (frame - bar) % (2 * bar);
      if (rig.heard(frame, 1) !== noise(1e6 + place, 1)) throw new Error(`frame ${frame}`);
    }
  });

  test('is kept once it is read, and comes back', async () => {
    const rig = await setRig();
    put(rig, 'one', bar);
    await rig.ask({ act: 'import', path: 'one', track: 1 });
    await settle();
    expect(rig.told('kept').flatMap(({ tracks }) => tracks)).toEqual([1]);
    expect((await setRig({ disk: rig.disk })).states()[0]).toBe('STOPPED');
  });

  test.each([
    ['less than half a bar more', 2 * bar + 700, 2],
    ['a quarter of a beat less', 3 * bar - 1000, 3],
  ])('has as many bars as come nearest: %s', async (_, frames, bars) => {
    const rig = await setRig();
    put(rig, 'file', frames);
    await rig.ask({ act: 'import', path: 'file', track: 1 });
    const [track] = rig.session.state.tracks;
    expect(track?.state === 'STOPPED' && [track.loop.endBeat - track.loop.startBeat, track.loop.frames]).toEqual([
      bars * 4,
      bars * bar,
    ]);
  });

  test.each([
    [2, 2 * bar - 1237],
    [3, 3 * bar + 55],
    [1, 7001],
  ])('with %p bars into an empty set takes the tempo from the file, all of which it plays', async (bars, frames) => {
    const rig = await setRig();
    put(rig, 'file', frames);
    expect(await rig.ask({ act: 'import', path: 'file', track: 1, bars })).toEqual(['track 1 has it, stopped', 'done']);
    const { grid, tracks } = rig.session.state;
    expect(grid.bpm).toBeCloseTo((bars * 4 * 60 * rate) / frames, 9);
    const [track] = tracks;
    expect(track?.state === 'STOPPED' && track.loop.frames).toBe(frames);
    const again = await setRig({ disk: rig.disk });
    await settle();
    expect(again.session.state.grid.bpm).toBe(grid.bpm);
    await rig.ask({ act: 'save', name: 'it' });
    expect((await rig.ask({ act: 'list' }))[1]).toMatch(/^1\. it: \d+(\.\d{1,2})? BPM/);
  });

  test.each([
    ['lasts no whole bars', { frames: bar + 6000 }],
    ['would have a tempo that is not possible', { frames: 1000, bars: 1 }],
    ['would have more bars than a loop may have', { frames: 40 * bar, bars: 40 }],
    ['would have no bars', { frames: bar, bars: 0 }],
  ])('of a file that %s is refused, and the tempo stays', async (_, { frames, ...rest }) => {
    const rig = await setRig();
    put(rig, 'file', frames);
    expect(await rig.ask({ act: 'import', path: 'file', track: 1, ...rest })).toEqual(['failed: loop-does-not-fit']);
    expect(rig.session.state.grid.bpm).toBe(120);
    expect(rig.states()[0]).toBe('EMPTY');
  });

  test('into a set with loops keeps its tempo, whatever bars are named', async () => {
    const rig = await oneLoop();
    put(rig, 'file', bar + 500);
    await rig.ask({ act: 'import', path: 'file', track: 2, bars: 1 });
    expect(rig.session.state.grid.bpm).toBe(120);
    expect(rig.states()).toEqual(['PLAYING', 'STOPPED', 'EMPTY']);
    put(rig, 'other', 2 * bar);
    expect(await rig.ask({ act: 'import', path: 'other', track: 3, bars: 1 })).toEqual(['failed: loop-does-not-fit']);
  });

  test('into a track that holds a loop, or is none, or of what is not there, is refused', async () => {
    const rig = await oneLoop();
    put(rig, 'file', bar);
    expect(await rig.ask({ act: 'import', path: 'file', track: 1 })).toEqual(['failed: not-empty']);
    expect(await rig.ask({ act: 'import', path: 'file', track: 9 })).toEqual(['failed: no-such-track']);
    expect(await rig.ask({ act: 'import', path: 'none', track: 2 })).toEqual(['failed: file-missing']);
    expect(rig.states()).toEqual(['PLAYING', 'EMPTY', 'EMPTY']);
  });

  test('that is refused for its track leaves the tempo as it was', async () => {
    const rig = await setRig();
    put(rig, 'file', bar - 1000);
    expect(await rig.ask({ act: 'import', path: 'file', track: 9, bars: 1 })).toEqual(['failed: no-such-track']);
    expect(rig.session.state.grid.bpm).toBe(120);
  });

  test('of a file that breaks off frees the track, and cannot be undone', async () => {
    const rig = await setRig();
    put(rig, 'file', bar);
    const broken = Object.assign(new Error('it ends too early'), { code: 'file-damaged' });
    rig.store.importInto = () => Promise.reject(broken);
    expect(await rig.ask({ act: 'import', path: 'file', track: 1 })).toEqual(['failed: file-damaged']);
    expect(rig.states()[0]).toBe('EMPTY');
    expect(rig.told('unreadable')).toMatchObject([{ track: 1, reason: 'it ends too early' }]);
    rig.command({ type: 'undo' });
    expect(rig.told('refused').at(-1)?.code).toBe('nothing-to-undo');
  });

  test('is undone and done again, and plays the same', async () => {
    const rig = await setRig();
    put(rig, 'file', bar);
    await rig.ask({ act: 'import', path: 'file', track: 1 });
    rig.command({ type: 'undo' });
    await rig.until(1000);
    expect(rig.states()[0]).toBe('EMPTY');
    rig.command({ type: 'redo' });
    rig.command({ type: 'start', track: 1 });
    await rig.until(2 * bar);
    expect(rig.heard(bar + 500)).toBe(noise(1e6 + 500));
  });

  test('is undone while it is read, and is there when it is done again', async () => {
    const rig = await setRig();
    put(rig, 'file', bar);
    const asked = rig.ask({ act: 'import', path: 'file', track: 1 });
    while (rig.states()[0] === 'EMPTY') await Promise.resolve();
    rig.command({ type: 'undo' });
    await asked;
    rig.command({ type: 'redo' });
    rig.command({ type: 'start', track: 1 });
    await rig.until(2 * bar);
    expect(rig.heard(bar + 500)).toBe(noise(1e6 + 500));
  });

  test('for which there is no memory is refused', async () => {
    const rig = await setRig({ budgetFrames: 4 * 4096 });
    put(rig, 'file', 2 * bar);
    expect(await rig.ask({ act: 'import', path: 'file', track: 1 })).toEqual(['failed: memory-full']);
    await rig.at(behind(2), stomp(1));
    await rig.until(behind(3));
    expect(rig.states()[0]).toBe('PLAYING');
  });
});

import { frameOfBeat } from '../../src/core/time/grid.ts';
import { bar, behind, rate, type SetRig, setRig, settle, stomp, type Wish } from './set-rig.ts';

/** What a track plays in the second pass that it began in a life, when nobody else plays. */
const passOf = async (rig: SetRig, id: number): Promise<Buffer> => {
  const track = rig.session.state.tracks[id - 1];
  if (track?.state !== 'PLAYING' || track.passBeat === undefined) throw new Error(`track ${id} is ${track?.state}`);
  const { loop, passBeat } = track;
  const { grid } = rig.session.state;
  const beats = loop.endBeat - loop.startBeat;
  let beat = passBeat + beats;
  while (frameOfBeat(grid, beat) < rig.engine.frame) beat += beats;
  const [from, to] = [frameOfBeat(grid, beat), frameOfBeat(grid, beat + beats)];
  await rig.until(to + 1);
  return Buffer.from(Float32Array.from(rig.output.slice(from * 2, to * 2)).buffer);
};

const only = async (rig: SetRig, id: number): Promise<void> => {
  for (const track of rig.session.state.tracks) {
    if (track.state === 'PLAYING' && track.id !== id) rig.command({ type: 'stop', track: track.id });
    if (track.state === 'STOPPED' && track.id === id) rig.command({ type: 'start', track: track.id });
  }
  await rig.until(rig.engine.frame + 2 * bar);
};

const passes = async (rig: SetRig, ids: readonly number[]): Promise<readonly Buffer[]> => {
  const heard: Buffer[] = [];
  for (const id of ids) {
    await only(rig, id);
    heard.push(await passOf(rig, id));
  }
  return heard;
};

describe('a restart', () => {
  /** One bar; two bars that begin on the fourth beat; one bar that was cut earlier. */
  const life = async (wish: Wish = {}): Promise<SetRig> => {
    const rig = await setRig({ latencyFrames: 37, ...wish });
    await rig.at(behind(3), stomp(1));
    await rig.at(behind(4), { type: 'record', track: 2, bars: 2 });
    await rig.at(behind(5), { type: 'retake', track: 2, laterBeats: 3 }, stomp(3));
    await rig.at(behind(6), { type: 'retake', track: 3, laterMs: -20 });
    await rig.at(behind(8), { type: 'setBars', bars: 4 }, { type: 'setClickVolume', volume: 0 });
    await rig.until(behind(8) + 3 * rate);
    return rig;
  };

  test('brings all tracks back, stopped, before anything is read', async () => {
    const { disk } = await life();
    const rig = await setRig({ disk, waits: true });
    const begun = rig.begin();
    for (let turn = 0; turn < 4 && rig.told('set').length === 0; turn += 1) await Promise.resolve();
    expect(rig.told('set')).toEqual([{ type: 'set', frame: 0, phase: 'restored', name: null }]);
    expect(rig.states()).toEqual(['STOPPED', 'STOPPED', 'STOPPED']);
    expect(rig.session.state.tracks.map((track) => track.state !== 'EMPTY' && track.loop.sound)).toEqual([
      'disk',
      'disk',
      'disk',
    ]);
    expect(await begun).toBeUndefined();
    await settle();
    expect(rig.session.state.tracks.map((track) => track.state !== 'EMPTY' && track.loop.sound)).toEqual([
      'here',
      'here',
      'here',
    ]);
  });

  test('makes each pass what it was, to the sample, seam and all', async () => {
    const first = await life();
    const second = await setRig({ disk: first.disk });
    expect(await passes(second, [1, 2, 3])).toEqual(await passes(first, [1, 2, 3]));
  });

  test('keeps tempo, meter, bars, click, name, latencies, nudges and phases', async () => {
    const first = await setRig({ latencyFrames: 37, beatsPerBar: 3, bpm: 97.3 });
    const line = (count: number): number => frameOfBeat(first.session.state.grid, count * 3) + 800;
    await first.at(line(3), stomp(1), { type: 'setBars', bars: 4 }, { type: 'setClickVolume', volume: 0.3 });
    await first.at(line(5), { type: 'retake', track: 1, laterBeats: -1, laterMs: 12 }, { type: 'muteClick' });
    await first.until(line(6));
    await first.ask({ act: 'save', name: '  Étude ' });
    const { grid, bars, click, setName, tracks } = first.session.state;
    const { session } = await setRig({ disk: first.disk });
    expect(session.state).toMatchObject({ bars, click, setName, grid: { bpm: grid.bpm, beatsPerBar: 3 } });
    expect(setName).toBe('Étude');
    const formOf = ({ tracks: [track] }: Pick<typeof session.state, 'tracks'>) => {
      if (track === undefined || track.state === 'EMPTY') return track;
      const { frames, leadFrames, latencyFrames, nudgeFrames, startBeat, endBeat } = track.loop;
      return {
        frames,
        leadFrames,
        latencyFrames,
        nudgeFrames,
        beats: endBeat - startBeat,
        phase: ((startBeat % 3) + 3) % 3,
      };
    };
    expect(formOf(session.state)).toEqual(formOf({ tracks }));
    expect(formOf({ tracks })).toMatchObject({ latencyFrames: 37, nudgeFrames: 96, phase: 2 });
  });

  test('writes nothing, and tells nothing of loops that were there', async () => {
    const { disk } = await life();
    const rig = await setRig({ disk });
    await rig.until(bar);
    await rig.close();
    expect(rig.told('kept').flatMap(({ tracks }) => tracks)).toEqual([]);
  });

  test('has those that played play on together, from one bar line, once all are read', async () => {
    const first = await life();
    await only(first, 2);
    first.command({ type: 'start', track: 1 });
    await first.until(first.engine.frame + 4 * rate);
    const rig = await setRig({ disk: first.disk, restore: 'playing', waits: true });
    await rig.until(behind(1));
    await rig.begin();
    await rig.until(behind(3));
    const started = rig.told('track').filter(({ state }) => state === 'PLAYING');
    expect(started.map(({ track, frame }) => [track, frame])).toEqual([
      [1, 2 * bar],
      [2, 2 * bar],
    ]);
    expect(rig.states()).toEqual(['PLAYING', 'PLAYING', 'STOPPED']);
    expect([rig.heard(2 * bar - 1), rig.heard(2 * bar)].map((sample) => sample === 0)).toEqual([true, false]);
  });

  test('has a start of what is not read yet wait, and then begin at a bar line', async () => {
    const { disk } = await life();
    const rig = await setRig({ disk, waits: true });
    await rig.until(behind(1));
    const begun = rig.begin();
    while (rig.states()[0] === 'EMPTY') await Promise.resolve();
    rig.command({ type: 'start', track: 1 });
    expect(rig.session.state.tracks[0]).toMatchObject({ state: 'TRIGGERED', waitsFor: 'read' });
    await begun;
    await rig.until(behind(2));
    expect(rig.told('track').filter(({ state }) => state === 'PLAYING')).toMatchObject([{ track: 1, frame: 2 * bar }]);
  });

  test('with too few tracks, or too little memory, has the set of last time in the bin as it was', async () => {
    for (const [wish, said, tracks] of [
      [{ tracks: 2 }, /only 2 tracks/, 2],
      [{ budgetFrames: 6 * 4096 }, /memory/, 0],
    ] as const) {
      const { disk } = await life();
      const before = disk.current;
      const rig = await setRig({ disk, ...wish });
      expect(rig.left).toMatch(said);
      await rig.until(bar);
      expect(disk.bin).toEqual([before]);
      expect(disk.current?.tracks.length).toBe(tracks === 0 ? 3 : tracks);
      await rig.at(behind(2), tracks === 0 ? stomp(1) : { type: 'clear', track: 1 });
      await rig.until(behind(4));
      expect(disk.current?.tracks.length).toBe(1);
      expect(disk.bin).toEqual([before]);
    }
  });

  test('without one of its sounds brings back the others, says so, and has the set as it was in the bin', async () => {
    const { disk } = await life();
    const before = disk.current;
    disk.sounds.delete(before?.tracks[1]?.loop.sound ?? '');
    const rig = await setRig({ disk, restore: 'playing' });
    await rig.until(behind(2));
    expect(rig.told('unreadable')).toMatchObject([{ track: 2, reason: expect.stringContaining('no such sound') }]);
    expect(rig.states()).toEqual(['PLAYING', 'EMPTY', 'PLAYING']);
    expect(disk.current?.tracks.map(({ track }) => track)).toEqual([1, 3]);
    expect(disk.bin).toEqual([before]);
  });

  test('at another rate converts all, and keeps it anew once all is read', async () => {
    const first = await life();
    const before = first.disk.current;
    const rig = await setRig({
      disk: first.disk,
      rate: 16_000,
      tapeFrames: 320_000,
      budgetFrames: 16_000 * 60,
      waits: true,
    });
    const begun = rig.begin();
    while (rig.states()[0] === 'EMPTY') await Promise.resolve();
    expect(rig.disk.current).toBe(before);
    await begun;
    await settle();
    expect(rig.disk.current?.rate).toBe(16_000);
    expect(
      rig.disk.current?.tracks.map(({ loop }) => [loop.frames, loop.leadFrames, loop.latencyFrames, loop.nudgeFrames]),
    ).toEqual(
      before?.tracks.map(({ loop }) => [
        2 * loop.frames,
        2 * loop.leadFrames,
        2 * loop.latencyFrames,
        2 * loop.nudgeFrames,
      ]),
    );
    const again = await setRig({ disk: rig.disk, rate: 16_000, tapeFrames: 320_000, budgetFrames: 16_000 * 60 });
    const short = async (one: SetRig) => {
      one.command({ type: 'start', track: 1 });
      await one.until(3 * 2 * bar);
      return passOf(one, 1);
    };
    expect(await short(again)).toEqual(await short(rig));
  });
});

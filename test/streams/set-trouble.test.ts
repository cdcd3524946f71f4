import { bar, behind, fails, lead, oneLoop, played, rate, setRig, soundsOf, stomp, tracksOf } from './set-rig.ts';

describe('a disk that fails', () => {
  test('is told once, tried again every five seconds, and told when it is well', async () => {
    const rig = await setRig();
    rig.store.failure = fails('EIO');
    await rig.at(behind(2), stomp(1));
    await rig.until(20 * bar);
    expect(rig.told('storage')).toEqual([
      { type: 'storage', frame: expect.any(Number), state: 'trouble', code: 'EIO', reason: 'it is EIO' },
    ]);
    expect(rig.states()[0]).toBe('PLAYING');
    rig.store.failure = undefined;
    await rig.until(20 * bar + 5 * rate);
    expect(rig.told('storage').map(({ state }) => state)).toEqual(['trouble', 'well']);
    expect(soundsOf(rig)).toEqual([played(bar - lead, bar + lead)]);
  });

  test('at the start is told before anything is played, and ends by itself', async () => {
    const rig = await setRig({ waits: true });
    rig.store.failure = fails('EACCES');
    await rig.begin();
    expect(rig.session.state.storage).toEqual({ state: 'trouble', code: 'EACCES', reason: 'it is EACCES' });
    await rig.until(12 * rate);
    expect(rig.told('storage')).toHaveLength(1);
    rig.store.failure = undefined;
    await rig.until(17 * rate);
    expect(rig.session.state.storage).toEqual({ state: 'well' });
    expect(rig.disk.current).toBeUndefined();
  });

  test('at the start keeps what is played meanwhile once it can be', async () => {
    const rig = await setRig({ waits: true });
    rig.store.failure = fails('EACCES');
    await rig.begin();
    await rig.at(behind(2), stomp(1));
    rig.store.failure = undefined;
    await rig.until(behind(2) + 6 * rate);
    expect(tracksOf(rig)).toEqual([1]);
    expect(rig.session.state.storage).toEqual({ state: 'well' });
  });

  test('is tried again at each change, and told anew where the trouble is another one', async () => {
    const rig = await setRig();
    rig.store.failure = fails('EIO');
    await rig.at(behind(2), stomp(1));
    await rig.until(behind(2) + rate);
    rig.store.failure = fails('disk-full');
    await rig.at(behind(3), stomp(2));
    await rig.until(behind(3) + rate);
    rig.store.failure = undefined;
    await rig.at(behind(4), stomp(3));
    await rig.until(behind(4) + rate);
    const codes = rig.told('storage').map((told) => (told.state === 'trouble' ? told.code : told.state));
    expect(codes).toEqual(['EIO', 'disk-full', 'well']);
    expect(tracksOf(rig)).toEqual([1, 2, 3]);
    expect(rig.told('kept').flatMap(({ tracks }) => tracks)).toEqual([1, 2, 3]);
  });

  test('loses nothing of what was changed meanwhile', async () => {
    const rig = await setRig();
    rig.store.failure = fails('EIO');
    await rig.at(behind(2), stomp(1));
    await rig.at(behind(3), stomp(2));
    await rig.at(behind(4), { type: 'clear', track: 1 }, { type: 'setClickVolume', volume: 0.3 });
    await rig.at(behind(5), { type: 'undo' });
    rig.store.failure = undefined;
    await rig.until(behind(9));
    expect(tracksOf(rig)).toEqual([1, 2]);
    expect(rig.disk.current?.click.volume).toBe(0.3);
    expect(soundsOf(rig)).toEqual([played(bar - lead, bar + lead), played(2 * bar - lead, bar + lead)]);
  });

  test('does not keep the set that is replaced meanwhile from the bin', async () => {
    const rig = await oneLoop();
    rig.store.failure = fails('EIO');
    await rig.at(behind(4), stomp(2));
    await rig.at(behind(6), { type: 'newSet' });
    await rig.at(behind(8), stomp(3));
    await rig.until(behind(9));
    expect(rig.disk.bin).toEqual([]);
    rig.store.failure = undefined;
    await rig.until(behind(14));
    expect(rig.disk.bin.map(({ tracks }) => tracks.map(({ track }) => track))).toEqual([[1, 2]]);
    expect(tracksOf(rig)).toEqual([3]);
    expect(rig.session.state.storage).toEqual({ state: 'well' });
  });

  test('gives up what was replaced before the music waits for its memory', async () => {
    // Room for two loops of a bar, and no more.
    const rig = await setRig({ budgetFrames: 10 * 4096 });
    rig.store.failure = fails('disk-full');
    await rig.at(behind(2), stomp(1), stomp(2));
    await rig.until(behind(4));
    rig.disk.sets.set('other', {
      name: 'other',
      rate,
      bpm: 120,
      beatsPerBar: 4,
      bars: 1,
      click: { volume: 0, muted: false },
      tracks: [],
    });
    rig.store.failure = undefined;
    rig.command({ type: 'loadSet', name: 'other' });
    rig.store.failure = fails('disk-full');
    await rig.until(behind(6));
    for (const line of [7, 9, 11]) {
      await rig.at(behind(line), stomp(3));
      await rig.until(behind(line) + rate);
      expect(rig.states()[2]).toBe('PLAYING');
      rig.command({ type: 'newSet' });
    }
    rig.store.failure = undefined;
    await rig.until(behind(18));
    expect(rig.session.state.storage).toEqual({ state: 'well' });
  });

  test('does not hold up the end', async () => {
    const rig = await setRig();
    rig.store.failure = fails('EIO');
    await rig.at(behind(2), stomp(1));
    await rig.at(behind(3), { type: 'newSet' });
    await rig.until(behind(4));
    let isClosed = false;
    void rig.close().then(() => {
      isClosed = true;
    });
    await rig.until(rig.engine.frame + 1);
    expect(isClosed).toBe(true);
  });

  test('does not lose a loop whose file has vanished, as long as it is in memory', async () => {
    const rig = await oneLoop();
    rig.disk.sounds.clear();
    await rig.at(behind(4), stomp(2));
    await rig.until(behind(4) + 7 * rate);
    expect(soundsOf(rig)).toEqual([played(bar - lead, bar + lead), played(3 * bar - lead, bar + lead)]);
    expect(rig.session.state.storage).toEqual({ state: 'well' });
  });
});

import { heldSet } from '../../src/core/set/held-set.ts';
import { FakeSetStore } from '../fakes/fake-set-store.ts';
import { chance, deeds } from './a-player.ts';
import { digest, fails, noise, type SetRig, samplesIn, setRig, soundsOf, tracksOf } from './set-rig.ts';
import { slowly } from './slow-store.ts';

const rate = 1000;
const wish = { rate, tracks: 4, block: 128, tapeFrames: 20 * rate, budgetFrames: 24 * 4096, input: noise };

/** What would come back, without the ids of loops, which are others in each life. */
const formOf = ({ session }: SetRig): unknown => {
  const { tracks, ...form } = heldSet(session.state);
  return { ...form, tracks: tracks.map(({ loop: { loopId, stored, ...loop }, track }) => ({ track, loop })) };
};

/** The sounds that the tracks hold in memory, in a few letters. */
const heldSounds = (rig: SetRig): readonly string[] =>
  rig.session.state.tracks.flatMap((track) => {
    const lent = track.state === 'EMPTY' ? undefined : rig.audio.lend(track.loop.id);
    if (lent === undefined) return [];
    const sound = digest(samplesIn(lent.sound));
    lent.giveBack();
    return [sound];
  });

describe('whatever is played, and however slow the disk is and however it fails meanwhile', () => {
  test.each(Array.from({ length: 12 }, (_, seed) => [seed + 1]))(
    'what is on it once it is well is what is played, and comes back: %p',
    async (seed) => {
      const store = new FakeSetStore(rate);
      const { slow, goOn } = slowly(store);
      const rig = await setRig({ ...wish, store: slow, disk: store.disk, waits: true });
      store.disk.files.set('wav', { rate, samples: new Float32Array(4000).fill(0.1) });
      const pick = chance(seed);
      const calls = 1 + pick(20);
      const on = {
        set fails(value: boolean) {
          store.failure = value ? fails('EIO') : undefined;
        },
      };
      const until = async (frame: number): Promise<void> => {
        while (rig.engine.frame < frame) {
          await rig.until(Math.min(frame, rig.engine.frame + 128));
          if (pick(calls) === 0) goOn();
        }
      };
      const begun = rig.begin();
      await rig.until(pick(3 * rate));
      goOn();
      await begun;
      const does = deeds(rig, pick, ['wav'], on);
      for (let deed = 0; deed < 60; deed += 1) {
        does[pick(does.length)]?.();
        await until(rig.engine.frame + pick(6 * rate));
      }
      on.fails = false;
      // What was still to come in has, and what failed was tried again.
      for (let call = 0; call < 400; call += 1) {
        goOn();
        await rig.until(rig.engine.frame + 128);
      }
      expect(rig.session.state.storage).toEqual({ state: 'well' });
      expect(tracksOf(rig)).toEqual(heldSet(rig.session.state).tracks.map(({ track }) => track));
      expect(soundsOf(rig)).toEqual(heldSounds(rig));
      const next = await setRig({ ...wish, disk: rig.disk });
      await next.until(1);
      expect(formOf(next)).toEqual(formOf(rig));
      expect(heldSounds(next)).toEqual(heldSounds(rig));
      expect(next.told('unreadable')).toEqual([]);
    },
  );
});

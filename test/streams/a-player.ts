import type { SetRig } from './set-rig.ts';

const names = ['one', 'two', 'three', 'four', 'five'];

/** Numbers below some number, by a seed. */
export const chance = (seed: number): ((below: number) => number) => {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
};

/** What a player may do, on a disk that may fail, with some WAV files that may be imported. */
export const deeds = (
  rig: SetRig,
  pick: (below: number) => number,
  wavs: readonly string[],
  disk: { fails: boolean },
) => {
  const track = (): number => 1 + pick(rig.session.state.tracks.length);
  const name = (): string => names[pick(names.length)] ?? '';
  const stomp = (): void => rig.command({ type: 'stomp', track: track() });
  return [
    ...Array.from({ length: 10 }, () => stomp),
    () => rig.command({ type: 'record', track: track(), bars: 1 + pick(2) }),
    () => rig.command({ type: 'clear', track: track(), at: pick(2) === 0 ? 'now' : 'bar' }),
    () => rig.command({ type: 'clear', track: track() }),
    () => rig.command({ type: 'undo' }),
    () => rig.command({ type: 'undo', at: 'bar' }),
    () => rig.command({ type: 'redo' }),
    () => rig.command({ type: 'retake', laterBeats: pick(5) - 2 }),
    () => rig.command({ type: 'retake', track: track(), laterMs: pick(60) - 30, moreBars: pick(2) }),
    () => rig.command({ type: 'setClickVolume', volume: pick(100) / 100 }),
    () => rig.command({ type: 'changeBars', by: 1 - 2 * pick(2) }),
    () => {
      rig.command({ type: 'reset' });
      rig.command({ type: 'setBpm', bpm: 90 + pick(900) / 10 });
    },
    () => rig.command({ type: 'newSet' }),
    () => rig.command({ type: 'saveSet', name: name() }),
    () => rig.command({ type: 'loadSet', name: name() }),
    () => rig.command({ type: 'loadSet', by: 1 - 2 * pick(2) }),
    () => void rig.ask({ act: 'delete', name: name() }),
    () => void rig.ask({ act: 'import', path: wavs[pick(wavs.length)] ?? '', track: track(), bars: 1 + pick(2) }),
    () => {
      disk.fails = pick(3) === 0;
    },
  ];
};

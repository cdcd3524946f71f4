import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createWav } from '../../src/adapters/files/wav-writer.ts';
import type { SessionEvent } from '../../src/core/session/event.ts';
import { pieceFrames } from '../../src/core/sound/span.ts';
import { frameOfBeat } from '../../src/core/time/grid.ts';
import type { Loop } from '../../src/core/track/state.ts';
import { scratch } from '../adapters/files/scratch.ts';
import { chance, deeds } from './a-player.ts';
import { failingDisk, fileRate, folderStore } from './folder-store.ts';
import { freeFrames, type SetRig, setRig } from './set-rig.ts';

/** So few that a day takes a minute. */
const rate = 1000;
const hour = 3600 * rate;
const block = 1024;
const dayHours = 24;
const tracks = 6;
/** Little, so that what is to be undone has to be given up for what is played. */
const budgetFrames = 60 * pieceFrames;

/** Noise that comes again after a prime number of frames. */
const table = (() => {
  let state = 1;
  return Float32Array.from({ length: 65_521 }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state / 2 ** 31 - 1) * 0.1;
  });
})();
const input = (frame: number, side: number): number => table[(frame * 2 + side) % 65_521] ?? 0;

setFlagsFromString('--expose-gc');
const gc: () => void = runInNewContext('gc');
const heapMb = (): number => {
  gc();
  return process.memoryUsage().heapUsed / 2 ** 20;
};

const bytesIn = (folder: string): { readonly files: number; readonly bytes: number } => {
  const sizes = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => statSync(join(folder, name)))
    .filter((stat) => stat.isFile())
    .map(({ size }) => size);
  return { files: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
};

type Figures = { readonly heapMb: number; readonly files: number; readonly bytes: number; readonly stateBytes: number };

const figuresOf = (rig: SetRig, folder: string): Figures => ({
  heapMb: heapMb(),
  ...bytesIn(folder),
  stateBytes: JSON.stringify(rig.session.state).length,
});

/** A loop did not come, though it was captured or kept. */
const isLoss = (event: SessionEvent): boolean =>
  event.type === 'unreadable' || (event.type === 'refused' && event.code === 'capture-failed');

const most = (figures: readonly Figures[], key: keyof Figures): number => Math.max(...figures.map((one) => one[key]));

/** Plays for some hours, with a deed every few bars; gives the figures of each hour. */
const playHours = async (
  rig: SetRig,
  hours: number,
  deed: () => void,
  pick: (below: number) => number,
  folder: string,
) => {
  const figures: Figures[] = [];
  let done = 0;
  for (let one = 1; one <= hours; one += 1) {
    while (rig.engine.frame < one * hour) {
      const bar = Math.round((4 * 60 * rate) / rig.session.state.grid.bpm);
      await rig.until(rig.engine.frame + pick(20 * bar));
      deed();
      done += 1;
    }
    figures.push(figuresOf(rig, folder));
  }
  return { figures, done };
};

/** The frames, of those that some passes of a loop have before their seams, that are not the frames of the tape that it was cut from. */
const misplaced = (rig: SetRig, loop: Loop, passBeat: number, passes: number, heardFrom: number): number => {
  const { grid } = rig.session.state;
  const beats = loop.endBeat - loop.startBeat;
  let wrong = 0;
  for (let pass = 0; pass < passes; pass += 1) {
    const begin = frameOfBeat(grid, passBeat + pass * beats);
    const end = frameOfBeat(grid, passBeat + (pass + 1) * beats) - loop.leadFrames;
    for (let frame = begin; frame < end; frame += 1) {
      if (rig.heard(frame - heardFrom) !== input(loop.startFrame + frame - begin, 0)) wrong += 1;
    }
  }
  return wrong;
};

test('a day of playing loses no loop, leaves nothing behind in memory and on disk, and ends with loops where their beats are', async () => {
  const folder = scratch();
  const on = failingDisk();
  const sets = folder.path('sets');
  const wavs = [2000, 1800].map((frames, index) => {
    const wav = createWav(folder.path(`${index}.wav`), fileRate);
    wav.write(new Float32Array(frames * 2).fill(0.01), frames);
    wav.commit();
    return folder.path(`${index}.wav`);
  });
  const store = folderStore(sets, on.disk, rate);
  const before = folder.openFiles();
  const rig = await setRig({ rate, tracks, block, input, budgetFrames, tapeFrames: 30 * rate, deaf: true, store });
  await rig.ask({ act: 'save', name: 'blank' });
  const filesOpen = folder.openFiles();
  const lost: SessionEvent[] = [];
  rig.session.moments$.subscribe(({ events }) => lost.push(...events.filter(isLoss)));
  const pick = chance(7);
  const does = deeds(rig, pick, wavs, on);
  const { figures, done } = await playHours(rig, dayHours - 1, () => does[pick(does.length)]?.(), pick, sets);
  const early = figures.slice(0, 8);

  on.fails = false;
  rig.command({ type: 'reset' });
  rig.command({ type: 'setBpm', bpm: 117.3 });
  rig.command({ type: 'muteClick', muted: true });
  await rig.until(rig.engine.frame + 20 * rate);
  expect(rig.session.state.storage).toEqual({ state: 'well' });
  rig.command({ type: 'record', track: 1, bars: 2 });
  await rig.until(rig.engine.frame + 20 * rate);
  const { filesWritten, bytesWritten } = await store.figures();
  await rig.until(dayHours * hour);
  expect((await store.figures()).filesWritten).toBe(filesWritten);

  const [track] = rig.session.state.tracks;
  if (track?.state !== 'PLAYING') throw new Error(`track 1 is ${track?.state}`);
  const { grid } = rig.session.state;
  const heardFrom = rig.engine.frame;
  rig.ear.isOpen = true;
  const { loop, passBeat = 0 } = track;
  const beats = loop.endBeat - loop.startBeat;
  let beat = passBeat;
  while (frameOfBeat(grid, beat) < heardFrom) beat += beats;
  await rig.until(frameOfBeat(grid, beat + 5 * beats));
  expect(misplaced(rig, loop, beat, 5, heardFrom)).toBe(0);

  rig.command({ type: 'loadSet', name: 'blank' });
  await rig.until(rig.engine.frame + 20 * rate);
  expect(rig.session.state).toMatchObject({ setName: 'blank', history: { past: [], future: [] } });
  const last = figuresOf(rig, sets);
  expect(last.stateBytes).toBeLessThan(2000);
  // Neither sets nor undo have any, and nobody has borrowed any.
  expect(freeFrames(rig)).toBe(budgetFrames);
  expect(folder.openFiles()).toBe(filesOpen);
  await rig.close();
  expect(folder.openFiles()).toBe(before);
  folder.remove();

  expect(lost).toEqual([]);
  expect(last.heapMb - most(early, 'heapMb')).toBeLessThan(4);
  expect(most(figures, 'stateBytes')).toBeLessThan(200_000);
  // 40 manifests of sets with a loop in each track, and all that undo may hold.
  expect(most(figures, 'files')).toBeLessThan(40 * (1 + tracks) + 60);
  expect(most(figures, 'bytes')).toBeLessThan(1.5 * most(early, 'bytes'));
  const text = ({ heapMb: heap, files, bytes }: Figures): string =>
    `${heap.toFixed(1)} MB of heap, ${files} files of ${(bytes / 2 ** 20).toFixed(1)} MB`;
  process.stdout.write(
    `a day: ${done} deeds; after an hour ${text(figures[0] ?? last)}; at the end ${text(last)}; at most ${most(figures, 'files')} files; ${filesWritten} files of ${(bytesWritten / 2 ** 20).toFixed(0)} MB were written\n`,
  );
}, 300_000);

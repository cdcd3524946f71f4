import { readFileSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { WorkerSetStore } from '../../adapters/files/sets/worker-set-store.ts';
import { memoryIn } from '../../adapters/machine/memory.ts';
import type { HeldSet } from '../../core/set/kept-set.ts';
import { bytesPerFrame, pieceFrames } from '../../core/sound/span.ts';
import { arenaSamples } from '../../engine/arena.ts';
import type { LoopSound } from '../../ports/audio-engine.ts';
import { type Conditions, type Measurement, Skipped } from '../measurement.ts';
import { noise } from '../rigs/loops.ts';

const megabyte = 2 ** 20;
const tracks = 8;
const rate = 48_000;
/** What is left free beside the set: as `sets.reserveMb` has it. */
const reserveBytes = 256 * megabyte;
/** Repeated for as long as it takes no longer: a slow card is not worn out for a figure. */
const [mostRepetitions, enoughMs] = [3, 8000];
/** statfs(2): TMPFS_MAGIC. */
const tmpfs = 0x0102_1994;

const mb = (bytes: number): string => `${Math.floor(bytes / megabyte)} MB`;

/** What is in the way of a set of some bytes on the disk of a folder, beside what is left free; undefined where nothing is. Pure. */
export const roomTrouble = (
  folder: string,
  bytes: number,
  freeBytes: number,
  memoryBytes: number | null,
): string | undefined => {
  const needed = bytes + reserveBytes;
  if (freeBytes < needed)
    return `${folder}: ${mb(freeBytes)} are free on its disk, of ${mb(needed)} that are needed; free some space, or name another folder with --folder`;
  if (memoryBytes !== null && memoryBytes < needed)
    return `${mb(memoryBytes)} of memory are free, of ${mb(needed)} that are needed; end other programs`;
  return undefined;
};

/** Tells the kind of disk. Throws `Skipped` where disk or memory have no room for a set of some bytes. */
const checkRoom = (folder: string, bytes: number): string => {
  const { bavail, bsize, type } = statfsSync(folder);
  const { memoryAvailableBytes } = memoryIn(readFileSync('/proc/meminfo', 'latin1'));
  const trouble = roomTrouble(folder, bytes, bavail * bsize, memoryAvailableBytes);
  if (trouble !== undefined) throw new Skipped(trouble);
  return type === tmpfs ? 'a tmpfs, which is memory and no disk' : 'the disk of sets';
};

/** Loops of noise, each other than the others, that are as large together as wanted. */
const soundsOf = (sizeMb: number): ReadonlyMap<number, LoopSound> => {
  const piecesEach = Math.floor((sizeMb * megabyte) / tracks / (pieceFrames * bytesPerFrame));
  const samples = noise(arenaSamples(piecesEach * tracks * pieceFrames));
  const sound = (index: number): LoopSound => ({
    samples,
    pieces: Int32Array.from({ length: piecesEach }, (_, piece) => index * piecesEach + piece),
    frames: piecesEach * pieceFrames,
  });
  return new Map(Array.from({ length: tracks }, (_, index) => [index + 1, sound(index)]));
};

const setOf = (sounds: ReadonlyMap<number, LoopSound>): HeldSet => ({
  ...{ name: null, bpm: 120, beatsPerBar: 4, bars: 4, click: { volume: 0.5, muted: false } },
  tracks: [...sounds].map(([loopId, { frames }]) => ({
    ...{ track: loopId, playing: true },
    loop: {
      loopId,
      frames,
      ...{ leadFrames: 0, beats: 64, phaseBeats: 0, latencyFrames: 0, nudgeFrames: 0, lostFrames: 0 },
    },
  })),
});

const opened = (folder: string): WorkerSetStore => new WorkerSetStore({ folder, rate, reserveBytes });

const timed = async (act: () => Promise<void>): Promise<number> => {
  const began = performance.now();
  await act();
  return (performance.now() - began) / 1000;
};

const saved = async (folder: string, sounds: ReadonlyMap<number, LoopSound>): Promise<number> => {
  const store = opened(folder);
  await store.recover();
  const seconds = await timed(() => store.keep(setOf(sounds), sounds, []));
  await store.close();
  return seconds;
};

const restored = async (folder: string, sounds: ReadonlyMap<number, LoopSound>): Promise<number> => {
  const store = opened(folder);
  const seconds = await timed(async () => {
    const { set } = await store.recover();
    for (const { track, loop } of set?.tracks ?? []) {
      const into = sounds.get(track);
      if (into !== undefined) await store.read(loop.sound, into);
    }
  });
  await store.close();
  return seconds;
};

const measured = async ({ folder, quick }: Conditions) => {
  const sizeMb = quick ? 50 : 500;
  const disk = checkRoom(folder, sizeMb * megabyte);
  const sounds = soundsOf(sizeMb);
  const [save, restore]: [number[], number[]] = [[], []];
  const began = performance.now();
  while (save.length < mostRepetitions && (save.length === 0 || performance.now() - began < enoughMs)) {
    const place = join(folder, 'sets');
    save.push(await saved(place, sounds));
    restore.push(await restored(place, sounds));
    rmSync(place, { recursive: true });
  }
  return [
    { name: 'save', means: `a set of ${sizeMb} MB until it outlives a power cut, on ${disk}`, unit: 's', values: save },
    { name: 'restore', means: `the same read and checked, from the page cache`, unit: 's', values: restore },
  ] as const;
};

export const sets: Measurement = {
  title: 'saving and restoring a set',
  how: `${tracks} loops of noise by the storage's own thread, synced to the disk; restored by another one, each sample against its hash. What was just written is read from memory: a cold disk takes what it takes`,
  measure: measured,
};

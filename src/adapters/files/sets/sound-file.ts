import { createHash, type Hash } from 'node:crypto';
import { endianness } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../../../core/errors.ts';
import { bytesPerFrame } from '../../../core/sound/span.ts';
import type { Frame, Rate } from '../../../core/time/units.ts';
import type { LoopSound } from '../../../ports/audio-engine.ts';
import type { Disk } from '../disk.ts';
import { type InputFile, openInput, readAt } from '../input-file.ts';
import { setAside } from '../set-aside.ts';
import { createWav, maxWavFrames, sampleBytesOf, wavBytesOf, wavHeaderBytes, wavHeaderOf } from '../wav-writer.ts';
import { syncFolder } from '../write-aside.ts';
import { stretchesOf } from './loop-memory.ts';
import { type Source, sliceFrames } from './pour.ts';

const nameDigits = 32;

const newHash = (rate: Rate): Hash => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(rate);
  return createHash('sha256').update(bytes);
};

const nameOf = (hash: Hash): string => hash.digest('hex').slice(0, nameDigits);

/** What a sound is called on disk: by its rate and samples, so that the same one is never written twice. */
export const soundName = (rate: Rate, sound: LoopSound): string => {
  const hash = newHash(rate);
  for (const stretch of stretchesOf(sound)) hash.update(sampleBytesOf(stretch));
  return nameOf(hash);
};

export const soundPath = (folder: string, name: string): string => join(folder, `${name}.wav`);

/** A sound on disk, open. `isWhole` tells, once all was read, whether it is what was written. */
export type OpenSound = Source & { isWhole(): boolean; close(): void };

const damaged = (path: string, what: string): UserError =>
  new UserError('sound-damaged', `${path}: ${what}; a sound as it was written is needed; its loop is lost`);

const headOf = (input: InputFile): { readonly rate: Rate; readonly frames: Frame } => {
  const head = Buffer.alloc(wavHeaderBytes);
  const frames = (input.size - wavHeaderBytes) / bytesPerFrame;
  if (!Number.isInteger(frames) || frames < 1 || frames > maxWavFrames) throw damaged(input.path, 'has a wrong length');
  const rate = readAt(input, head, head.length, 0) < head.length ? 0 : head.readUInt32LE(24);
  if (!wavHeaderOf(rate, frames).equals(head)) throw damaged(input.path, 'has a wrong header');
  return { rate, frames };
};

const sourceOf = (input: InputFile, name: string): OpenSound => {
  const { rate, frames } = headOf(input);
  const slice = new Float32Array(2 * sliceFrames);
  const bytes = Buffer.from(slice.buffer);
  const hash = newHash(rate);
  let at = wavHeaderBytes;
  return {
    rate,
    frames,
    next: () => {
      const count = readAt(input, bytes, bytes.length, at);
      hash.update(bytes.subarray(0, count));
      at += count;
      if (endianness() === 'BE') bytes.swap32();
      return slice.subarray(0, Math.floor(count / 4));
    },
    isWhole: () => at === input.size && nameOf(hash) === name,
    close: () => input.disk.closeSync(input.fd),
  };
};

/**
 * Opens a sound and reads its header. Throws `sound-missing`, `sound-damaged` where its length or header is wrong, and the other codes of
 * `openInput`; so does `next`.
 */
export const openSound = (folder: string, name: string, disk: Disk): OpenSound => {
  const path = soundPath(folder, name);
  let input: InputFile | undefined;
  try {
    input = openInput(path, disk);
    return sourceOf(input, name);
  } catch (thrown) {
    if (input !== undefined) disk.closeSync(input.fd);
    if (!(thrown instanceof UserError)) throw thrown;
    if (thrown.code === 'file-empty') throw damaged(path, 'is empty');
    if (thrown.code !== 'file-missing') throw thrown;
    throw new UserError('sound-missing', `${path}: is not there; a set needs all its sounds; its loop is lost`, {
      cause: thrown,
    });
  }
};

/** What a reader of a sound that turned out not to be whole says. */
export const notWhole = (path: string): UserError => damaged(path, 'is not what was written');

/** Gives a damaged sound another name, where that is possible, so that it can be written again. */
export const giveUpSound = (folder: string, name: string, disk: Disk): void => {
  try {
    setAside(soundPath(folder, name), disk);
  } catch {
    // What is wrong with the sound is told already; the next one to read it finds the same.
  }
};

/** Whether a sound is there in its full length: a look that costs nothing. */
export const isSoundThere = (folder: string, name: string, frames: Frame, disk: Disk): boolean =>
  disk.statSync(soundPath(folder, name), { throwIfNoEntry: false })?.size === wavBytesOf(frames);

/** Whether all of a sound is as it was written; what is not is set aside. Throws where it cannot be read. */
const isSoundWhole = (folder: string, name: string, disk: Disk): boolean => {
  let sound: OpenSound | undefined;
  try {
    sound = openSound(folder, name, disk);
    while (sound.next().length > 0);
    if (sound.isWhole()) return true;
  } catch (thrown) {
    if (!(thrown instanceof UserError)) throw thrown;
    if (thrown.code === 'sound-missing') return false;
    if (thrown.code !== 'sound-damaged') throw thrown;
  } finally {
    sound?.close();
  }
  giveUpSound(folder, name, disk);
  return false;
};

/** Syncs a sound that somebody else wrote, who may have died before it was on disk. */
const syncSound = (folder: string, name: string, disk: Disk): void => {
  const fd = disk.openSync(soundPath(folder, name), 'r');
  try {
    disk.fsyncSync(fd);
  } finally {
    disk.closeSync(fd);
  }
  syncFolder(folder, disk);
};

/**
 * Puts a sound on disk, where it is not there already as it was written; `beforeWriting` is called with the bytes that it will take. Blocking;
 * throws the codes of `openAside` and what node:fs throws.
 */
export const putSound = (
  folder: string,
  name: string,
  rate: Rate,
  sound: LoopSound,
  disk: Disk,
  beforeWriting: (bytes: number) => void,
): void => {
  if (isSoundWhole(folder, name, disk)) {
    syncSound(folder, name, disk);
    return;
  }
  beforeWriting(wavBytesOf(sound.frames));
  const wav = createWav(soundPath(folder, name), rate, undefined, disk);
  try {
    for (const stretch of stretchesOf(sound)) wav.write(stretch, stretch.length / 2);
    wav.commit();
  } finally {
    wav.abort();
  }
};

import { UserError } from '../../core/errors.ts';
import type { Rate } from '../../core/time/units.ts';
import { type Disk, realDisk } from './disk.ts';
import { type InputFile, openInput, readAt } from './input-file.ts';
import { readLayout, type SampleFormat, type WavLayout } from './wav-layout.ts';

/** A WAV file read from front to back. Blocking, so not for the audio thread of a live rig. */
export type WavReader = {
  readonly rate: Rate;
  readonly channels: 1 | 2;
  readonly frames: number;
  /**
   * Reads the next frames as interleaved stereo, a mono file on both sides; the frames read, fewer than asked only
   * at the end, where it is 0. Allocates nothing. Throws `wav-truncated` if the file has shrunk since it was opened.
   */
  read(into: Float32Array, frames: number): number;
  /** May be called twice. */
  close(): void;
};

const chunkFrames = 8192;

/** Integers are divided by 2^(bits - 1): -1 <= sample < 1, exact in float32 for 16 and 24 bit. */
const sampleAt: Record<SampleFormat, (view: DataView, at: number) => number> = {
  int16: (view, at) => view.getInt16(at, true) / 0x8000,
  int24: (view, at) => (view.getUint16(at, true) | (view.getInt8(at + 2) << 16)) / 0x80_0000,
  int32: (view, at) => view.getInt32(at, true) / 0x8000_0000,
  float32: (view, at) => view.getFloat32(at, true),
};

const readerOf = (input: InputFile, layout: WavLayout): WavReader => {
  const { channels, bytesPerSample, dataStart, rate, frames: length } = layout;
  const frameBytes = channels * bytesPerSample;
  const bytes = new Uint8Array(chunkFrames * frameBytes);
  const view = new DataView(bytes.buffer);
  const sample = sampleAt[layout.format];
  const rightOffset = channels === 2 ? bytesPerSample : 0;
  let next = 0;
  let open = true;

  const readChunk = (into: Float32Array, at: number, count: number): void => {
    if (readAt(input, bytes, count * frameBytes, dataStart + next * frameBytes) < count * frameBytes) {
      throw new UserError(
        'wav-truncated',
        `${input.path}: became shorter while it was read; nothing else may write to it; try again when it is whole`,
      );
    }
    for (let frame = 0; frame < count; frame += 1) {
      const from = frame * frameBytes;
      into[at + 2 * frame] = sample(view, from);
      into[at + 2 * frame + 1] = sample(view, from + rightOffset);
    }
    next += count;
  };

  return {
    rate,
    channels,
    frames: length,
    read: (into, frames) => {
      if (!open) throw new Error(`${input.path}: read after close`);
      if (!(frames >= 0 && frames * 2 <= into.length)) throw new RangeError(`no room for ${frames} frames`);
      const wanted = Math.min(Math.floor(frames), length - next);
      for (let done = 0; done < wanted; done += chunkFrames) {
        readChunk(into, done * 2, Math.min(chunkFrames, wanted - done));
      }
      return wanted;
    },
    close: () => {
      const wasOpen = open;
      open = false;
      if (wasOpen) input.disk.closeSync(input.fd);
    },
  };
};

/**
 * Opens a WAV file of 16, 24 or 32-bit PCM or 32-bit float, plain or extensible, RIFF or RF64, mono or stereo,
 * 44.1 to 96 kHz. Memory is bounded whatever its length. Throws the codes of `openInput` and `readLayout`.
 */
export const openWav = (path: string, disk: Disk = realDisk): WavReader => {
  const input = openInput(path, disk);
  try {
    return readerOf(input, readLayout(input));
  } catch (thrown) {
    disk.closeSync(input.fd);
    throw thrown;
  }
};

import { endianness } from 'node:os';
import { UserError } from '../../core/errors.ts';
import type { Rate } from '../../core/time/units.ts';
import { type Disk, realDisk } from './disk.ts';
import { openAside } from './write-aside.ts';

/** A stereo WAV file of 32-bit float, written aside (see `openAside`, whose codes all methods throw). Blocking. */
export type WavWriter = {
  /** Adds interleaved stereo frames. Throws `wav-too-long`, and has aborted, if the file would pass its limit. */
  write(interleaved: Float32Array, frames: number): void;
  commit(): void;
  /** Leaves nothing behind. Does nothing after a commit or an abort. */
  abort(): void;
};

/** What stands before the samples. */
export const wavHeaderBytes = 58;
const frameBytes = 8;
/** The sizes in a WAV header have 32 bits, and the largest one counts all but its first 8 bytes: 4 GB, 3 h at 48 kHz. */
export const maxWavFrames = Math.floor((0xffff_ffff - (wavHeaderBytes - 8)) / frameBytes);

/** The bytes of a whole file of so many frames. */
export const wavBytesOf = (frames: number): number => wavHeaderBytes + frames * frameBytes;

/** RIFF, a `fmt ` of 18 bytes and a `fact`, as the standard asks for all but PCM (Multimedia Programming Interface 1.0, New Multimedia Data Types 1994). */
export const wavHeaderOf = (rate: Rate, frames: number): Buffer => {
  const header = Buffer.alloc(wavHeaderBytes);
  const dataBytes = frames * frameBytes;
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(wavHeaderBytes - 8 + dataBytes, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(18, 16);
  header.writeUInt16LE(3, 20);
  header.writeUInt16LE(2, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(rate * frameBytes, 28);
  header.writeUInt16LE(frameBytes, 32);
  header.writeUInt16LE(32, 34);
  header.write('fact', 38, 'latin1');
  header.writeUInt32LE(4, 42);
  header.writeUInt32LE(frames, 46);
  header.write('data', 50, 'latin1');
  header.writeUInt32LE(dataBytes, 54);
  return header;
};

const bigEndian = endianness() === 'BE';

/** Interleaved stereo as it stands in the file: little-endian. Of the same memory where that is the machine's way. */
export const sampleBytesOf = (samples: Float32Array, frames = samples.length / 2): Uint8Array => {
  const bytes = new Uint8Array(samples.buffer, samples.byteOffset, frames * frameBytes);
  return bigEndian ? Buffer.from(bytes).swap32() : bytes;
};

/** Opens a WAV file for writing, of at most `maxFrames`. Throws the codes of `openAside`. */
export const createWav = (path: string, rate: Rate, maxFrames = maxWavFrames, disk: Disk = realDisk): WavWriter => {
  const limit = Math.min(maxFrames, maxWavFrames);
  const header = wavHeaderOf(rate, 0);
  const aside = openAside(path, disk);
  aside.append(header);
  let written = 0;
  return {
    write: (interleaved, frames) => {
      if (!(Number.isInteger(frames) && frames >= 0 && frames * 2 <= interleaved.length)) {
        throw new RangeError(`${frames} frames asked of ${interleaved.length} samples`);
      }
      if (written + frames > limit) {
        aside.abort();
        throw new UserError(
          'wav-too-long',
          `${path}: would be longer than ${limit} frames (${Math.floor(limit / rate)} s); a WAV file ends at 4 GB; write it in parts`,
        );
      }
      aside.append(sampleBytesOf(interleaved, frames));
      written += frames;
    },
    commit: () => aside.commit(wavHeaderOf(rate, written)),
    abort: aside.abort,
  };
};

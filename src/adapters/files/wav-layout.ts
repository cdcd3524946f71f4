import { UserError } from '../../core/errors.ts';
import { type InputFile, readAt } from './input-file.ts';

export type SampleFormat = 'int16' | 'int24' | 'int32' | 'float32';

/** What a WAV file's header says, checked: how its samples are coded and where they lie. */
export type WavLayout = {
  readonly rate: number;
  readonly channels: 1 | 2;
  readonly frames: number;
  readonly format: SampleFormat;
  readonly bytesPerSample: number;
  readonly dataStart: number;
};

type Format = Omit<WavLayout, 'frames' | 'dataStart'>;
type Chunk = { readonly id: string; readonly size: number; readonly start: number };

const lowestRate = 44_100;
const highestRate = 96_000;
const pcm = 1;
const ieeeFloat = 3;
const extensible = 0xfffe;
const unknownSize = 0xffff_ffff;

/** Names of registered format tags that people meet (RFC 2361). */
const tagNames: ReadonlyMap<number, string> = new Map([
  [0x02, 'Microsoft ADPCM'],
  [0x06, 'A-law'],
  [0x07, 'mu-law'],
  [0x11, 'IMA ADPCM'],
  [0x31, 'GSM 6.10'],
  [0x50, 'MPEG'],
  [0x55, 'MP3'],
  [0xff, 'AAC'],
  [0x161, 'WMA'],
]);

/** The last 14 bytes of a WAVE_FORMAT_EXTENSIBLE sub-format that stands for the format tag in its first two. */
const subFormatTail = '000000001000800000aa00389b71';

/**
 * Sizes of data written by programs that could not go back to a header already sent down a pipe: all ones (ffmpeg; of
 * 64 bits they are 2^64 as a double), 2 GiB (arecord; older ones just below), 2 GiB less a page (sox); each perhaps
 * rounded down to a whole frame.
 */
const pipedSizes = [2 ** 64, unknownSize, 0x8000_0000, 0x7fff_ff00, 0x7fff_f000];

const refuse = (code: string, path: string, what: string, allowed: string, todo: string): UserError =>
  new UserError(code, `${path}: ${what}; ${allowed}; ${todo}`);

const truncated = (path: string, what: string): UserError =>
  refuse('wav-truncated', path, what, 'a whole WAV file is needed', 'copy or record it again');

const badHeader = (path: string, what: string): UserError =>
  refuse('wav-bad-header', path, what, 'a well-formed WAV header is needed', 'write it anew with: sox IN OUT.wav');

const unsupported = (path: string, what: string): UserError =>
  refuse(
    'wav-format-unsupported',
    path,
    `holds ${what}`,
    'PCM of 16, 24 or 32 bit or 32-bit float is read',
    'convert it with: sox IN -b 24 OUT.wav',
  );

const bytesAt = (input: InputFile, position: number, length: number): Buffer => {
  const bytes = Buffer.alloc(length);
  if (readAt(input, bytes, length, position) < length) throw truncated(input.path, 'ends within its header');
  return bytes;
};

const sampleFormat = (path: string, tag: number, bits: number): SampleFormat => {
  if (tag === pcm && bits === 16) return 'int16';
  if (tag === pcm && bits === 24) return 'int24';
  if (tag === pcm && bits === 32) return 'int32';
  if (tag === ieeeFloat && bits === 32) return 'float32';
  if (tag === pcm) throw unsupported(path, `${bits}-bit PCM`);
  if (tag === ieeeFloat) throw unsupported(path, `${bits}-bit float`);
  const hex = `format tag 0x${tag.toString(16).padStart(4, '0')}`;
  const name = tagNames.get(tag);
  throw unsupported(path, name === undefined ? hex : `${name} (${hex})`);
};

const tagOf = (path: string, fmt: Buffer): number => {
  const tag = fmt.readUInt16LE(0);
  if (tag !== extensible) return tag;
  if (fmt.length < 40) throw badHeader(path, 'has an extensible format without its sub-format');
  if (fmt.toString('hex', 26, 40) !== subFormatTail) {
    throw unsupported(path, `a sub-format of its maker (GUID ${fmt.toString('hex', 24, 40)})`);
  }
  return fmt.readUInt16LE(24);
};

/** Containers count, not valid bits: samples of fewer bits stand left-justified in theirs, so the scale is the container's. */
const formatOf = (path: string, fmt: Buffer): Format => {
  if (fmt.length < 16) throw badHeader(path, `has a format chunk of ${fmt.length} bytes, at least 16 are needed`);
  const channels = fmt.readUInt16LE(2);
  const rate = fmt.readUInt32LE(4);
  const frameBytes = fmt.readUInt16LE(12);
  const bits = fmt.readUInt16LE(14);
  const format = sampleFormat(path, tagOf(path, fmt), bits);
  if (channels === 0) throw badHeader(path, 'has 0 channels');
  if (channels !== 1 && channels !== 2) {
    throw refuse(
      'wav-too-many-channels',
      path,
      `has ${channels} channels`,
      'mono and stereo are read',
      'mix it down with: sox IN OUT.wav channels 2',
    );
  }
  if (rate < lowestRate || rate > highestRate) {
    throw refuse(
      'wav-rate-out-of-range',
      path,
      `has a rate of ${rate} Hz`,
      `${lowestRate} to ${highestRate} Hz are read`,
      'resample it with: sox IN -r 48000 OUT.wav',
    );
  }
  if (frameBytes !== (channels * bits) / 8) {
    throw badHeader(path, `says that ${channels} x ${bits} bit take ${frameBytes} bytes a frame`);
  }
  return { rate, channels, format, bytesPerSample: bits / 8 };
};

const chunkAt = (input: InputFile, position: number): Chunk => {
  const head = bytesAt(input, position, 8);
  const id = head.toString('latin1', 0, 4);
  if (!/^[\x20-\x7e]{4}$/.test(id)) throw badHeader(input.path, `has no chunk name at byte ${position}`);
  return { id, size: head.readUInt32LE(4), start: position + 8 };
};

/** Where the container says it ends; Infinity where its size was never filled in. */
const containerEnd = (input: InputFile): number => {
  const magic = Buffer.alloc(12);
  const text = magic.toString('latin1', 0, readAt(input, magic, 12, 0));
  const known = ['RIFF', 'RF64', 'BW64'].some((id) => id.startsWith(text.slice(0, 4)));
  if (!known || !'WAVE'.startsWith(text.slice(8))) {
    throw refuse('wav-not-wav', input.path, 'is not a WAV file', 'WAV is read', 'convert it with: sox IN OUT.wav');
  }
  if (text.length < 12) throw truncated(input.path, 'ends within its header');
  const size = magic.readUInt32LE(4);
  return size === unknownSize ? Number.POSITIVE_INFINITY : size + 8;
};

/** The size of the data in a 64-bit file (EBU Tech 3306): in `ds64`, after the 64-bit size of the file. */
const longDataSize = (input: InputFile, chunk: Chunk): number => {
  if (chunk.size < 16) throw badHeader(input.path, `has a ds64 chunk of ${chunk.size} bytes, at least 16 are needed`);
  return Number(bytesAt(input, chunk.start, 16).readBigUInt64LE(8));
};

/** Whether the writer never knew the size of the data, because it wrote to a pipe or died before it could say. */
const sizeUnknown = (data: Chunk, there: number, end: number, frameBytes: number): boolean => {
  const unbounded = end === Number.POSITIVE_INFINITY;
  if (data.size === 0) return unbounded || end <= data.start;
  if (!pipedSizes.some((size) => data.size === size || data.size === size - (size % frameBytes))) return false;
  return unbounded || data.size > there || end <= data.start + data.size + 1;
};

const framesIn = (input: InputFile, format: Format, data: Chunk, end: number): number => {
  const frameBytes = format.channels * format.bytesPerSample;
  const there = input.size - data.start;
  const framesThere = Math.floor(there / frameBytes);
  if (sizeUnknown(data, there, end, frameBytes)) return framesThere;
  const frames = Math.floor(data.size / frameBytes);
  if (data.size > there) throw truncated(input.path, `has ${framesThere} of the ${frames} frames its header names`);
  return frames;
};

const layoutOf = (input: InputFile, format: Format, data: Chunk, end: number): WavLayout => {
  const frames = framesIn(input, format, data, end);
  if (frames === 0) {
    throw refuse('wav-no-frames', input.path, 'holds no sound (0 frames)', 'at least 1 is needed', 'record it again');
  }
  return { ...format, frames, dataStart: data.start };
};

/**
 * Reads the header up to the samples. Chunks before `data` come in any order, unknown ones are skipped, what follows
 * `data` is not looked at. Where the size of the data was never filled in (see `pipedSizes`, in a container that
 * ends with its data or lacks bytes; or 0, in one that ends before its data or has no size), the data reaches to the
 * end of the file. A last incomplete frame is left out. Throws the `wav-...` codes, each a `UserError` that names the file.
 */
export const readLayout = (input: InputFile): WavLayout => {
  const end = containerEnd(input);
  let format: Format | undefined;
  let longSize: number | undefined;
  let position = 12;
  while (position < input.size) {
    const chunk = chunkAt(input, position);
    if (chunk.id === 'data') {
      if (format === undefined) throw badHeader(input.path, 'has its data before its format');
      const size = chunk.size === unknownSize ? (longSize ?? chunk.size) : chunk.size;
      return layoutOf(input, format, { ...chunk, size }, end);
    }
    if (chunk.start + chunk.size > input.size) throw truncated(input.path, `ends within its ${chunk.id.trim()} chunk`);
    if (chunk.id === 'fmt ') format ??= formatOf(input.path, bytesAt(input, chunk.start, Math.min(chunk.size, 40)));
    if (chunk.id === 'ds64') longSize = longDataSize(input, chunk);
    position = chunk.start + chunk.size + (chunk.size % 2);
  }
  if (Number.isFinite(end) && end > input.size) throw truncated(input.path, 'ends before its data');
  throw refuse('wav-no-data', input.path, 'has no data chunk', 'a WAV file with sound is needed', 'record it again');
};

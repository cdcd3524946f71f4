import { UserError } from '../../core/errors.ts';

/** A message and its tick since the start of the file. */
export type TickMessage = { readonly tick: number; readonly bytes: readonly number[] };

export type TempoChange = { readonly tick: number; readonly microsPerBeat: number };

/**
 * How ticks become seconds, in whole numbers: a tick lasts `unitsPerTick / unitsPerSecond`. In a file that counts
 * beats, `unitsPerTick` is the tempo in microseconds per beat and changes with it; in one that counts SMPTE frames
 * it is fixed.
 */
export type TickClock = {
  readonly unitsPerSecond: number;
  readonly unitsPerTick: number;
  readonly followsTempo: boolean;
};

/** A Standard MIDI File, its tracks one after the other. Neither messages nor tempo changes are in order of time. */
export type ParsedSmf = {
  readonly clock: TickClock;
  readonly messages: readonly TickMessage[];
  readonly tempos: readonly TempoChange[];
};

type Refuse = (code: string, what: string) => UserError;
/** A place in the bytes: reads up to `end` and not beyond, where it throws `midi-damaged`. */
type Cursor = {
  readonly at: () => number;
  readonly ended: () => boolean;
  readonly byte: () => number;
  readonly bytes: (count: number) => Uint8Array;
  readonly varInt: () => number;
};

const defaultMicrosPerBeat = 500_000;

const refuser =
  (path: string): Refuse =>
  (code, what) =>
    new UserError(code, `${path}: ${what}; a Standard MIDI File of format 0 or 1 is needed; export or copy it again`);

const cursorOver = (source: Uint8Array, start: number, end: number, refuse: Refuse): Cursor => {
  let at = start;
  const need = (count: number): void => {
    if (at + count > end) throw refuse('midi-damaged', `an event at byte ${at} is longer than its track`);
  };
  const byte = (): number => {
    need(1);
    at += 1;
    return source[at - 1] ?? 0;
  };
  return {
    at: () => at,
    ended: () => at >= end,
    byte,
    bytes: (count) => {
      need(count);
      at += count;
      return source.subarray(at - count, at);
    },
    varInt: () => {
      let value = 0;
      for (let count = 0; count < 4; count += 1) {
        const next = byte();
        value = value * 128 + (next & 0x7f);
        if (next < 0x80) return value;
      }
      throw refuse('midi-damaged', `a length or time at byte ${at - 4} has more than 4 bytes`);
    },
  };
};

/** SMPTE's 29 is drop-frame's rate, 30000/1001 frames a second. */
const clockOf = (division: number, refuse: Refuse): TickClock => {
  if (division < 0x8000) {
    if (division === 0) throw refuse('midi-damaged', 'its header says 0 ticks per beat');
    return { unitsPerSecond: division * 1_000_000, unitsPerTick: defaultMicrosPerBeat, followsTempo: true };
  }
  const framesPerSecond = 0x100 - (division >> 8);
  const ticksPerFrame = division & 0xff;
  if (ticksPerFrame === 0 || ![24, 25, 29, 30].includes(framesPerSecond)) {
    throw refuse('midi-damaged', `its header says ${framesPerSecond} frames per second of ${ticksPerFrame} ticks`);
  }
  return framesPerSecond === 29
    ? { unitsPerSecond: 30_000 * ticksPerFrame, unitsPerTick: 1001, followsTempo: false }
    : { unitsPerSecond: framesPerSecond * ticksPerFrame, unitsPerTick: 1, followsTempo: false };
};

/** Program change and channel pressure carry one byte, the other channel messages two. */
const dataCount = (status: number): number => ((status & 0xe0) === 0xc0 ? 1 : 2);

const channelMessage = (cursor: Cursor, status: number, first: number | undefined, refuse: Refuse): number[] => {
  const bytes = first === undefined ? [status] : [status, first];
  while (bytes.length <= dataCount(status)) {
    const value = cursor.byte();
    if (value >= 0x80) throw refuse('midi-damaged', `a message at byte ${cursor.at() - 1} has a status byte within`);
    bytes.push(value);
  }
  return bytes;
};

const isSysexPart = (bytes: Uint8Array): boolean =>
  bytes.every((value, index) => value < 0x80 || (value === 0xf7 && index === bytes.length - 1));

/**
 * Sysex as it goes over the wire. A message may come in several packets (F0, then F7 ...): it is one message at the
 * time of its last packet. An F7 packet with no message open is an escape: its bytes go out as they are.
 */
const sysexReader = (cursor: Cursor, refuse: Refuse) => {
  let open: number[] | undefined;
  return {
    isOpen: () => open !== undefined,
    read: (status: number): readonly number[] | undefined => {
      const at = cursor.at() - 1;
      const part = cursor.bytes(cursor.varInt());
      if (status === 0xf7 && open === undefined) {
        if (part.length > 0 && (part[0] ?? 0) < 0x80)
          throw refuse('midi-damaged', `an escape at byte ${at} has no status`);
        return part.length > 0 ? [...part] : undefined;
      }
      if ((status === 0xf0 && open !== undefined) || !isSysexPart(part)) {
        throw refuse('midi-damaged', `a system exclusive message at byte ${at} is not well formed`);
      }
      const message = open ?? [0xf0];
      for (const value of part) message.push(value);
      open = part.at(-1) === 0xf7 ? undefined : message;
      return open === undefined ? message : undefined;
    },
  };
};

const tempoOf = (data: Uint8Array, at: number, refuse: Refuse): number => {
  const [high = 0, middle = 0, low = 0] = data;
  const microsPerBeat = high * 65_536 + middle * 256 + low;
  if (data.length !== 3 || microsPerBeat === 0) throw refuse('midi-damaged', `a tempo before byte ${at} is not one`);
  return microsPerBeat;
};

/** Running status is ended by sysex and meta events, as the standard says. */
const readTrack = (cursor: Cursor, messages: TickMessage[], tempos: TempoChange[], refuse: Refuse): void => {
  const sysex = sysexReader(cursor, refuse);
  let tick = 0;
  let running: number | undefined;
  while (!cursor.ended()) {
    tick += cursor.varInt();
    const first = cursor.byte();
    if (first === 0xff) {
      running = undefined;
      const type = cursor.byte();
      const data = cursor.bytes(cursor.varInt());
      if (type === 0x51) tempos.push({ tick, microsPerBeat: tempoOf(data, cursor.at(), refuse) });
      if (type === 0x2f) {
        if (sysex.isOpen()) throw refuse('midi-damaged', 'a track ends within a system exclusive message');
        if (cursor.ended()) return;
        throw refuse('midi-damaged', `a track goes on after its end at byte ${cursor.at()}`);
      }
    } else if (first === 0xf0 || first === 0xf7) {
      running = undefined;
      const bytes = sysex.read(first);
      if (bytes !== undefined) messages.push({ tick, bytes });
    } else {
      const status = first >= 0x80 ? first : running;
      if (status === undefined || status > 0xef || sysex.isOpen()) {
        throw refuse('midi-damaged', `byte ${cursor.at() - 1} (0x${first.toString(16)}) starts no event`);
      }
      running = status;
      messages.push({ tick, bytes: channelMessage(cursor, status, first < 0x80 ? first : undefined, refuse) });
    }
  }
  throw refuse('midi-damaged', 'a track has no end event');
};

const asciiAt = (source: Uint8Array, at: number): string => String.fromCharCode(...source.subarray(at, at + 4));

const headerOf = (source: Uint8Array, view: DataView, refuse: Refuse) => {
  if (!'MThd'.startsWith(asciiAt(source, 0))) throw refuse('midi-not-midi', 'is not a MIDI file');
  if (source.length < 14) throw refuse('midi-truncated', 'ends within its header');
  const length = view.getUint32(4);
  if (length < 6) throw refuse('midi-damaged', `has a header of ${length} bytes, at least 6 are needed`);
  const format = view.getUint16(8);
  if (format > 1) throw refuse('midi-format-unsupported', `is of format ${format}`);
  return { tracks: view.getUint16(10), division: view.getUint16(12), end: 8 + length };
};

/**
 * Parses the bytes of the file at `path`. Chunks of other kinds are skipped, as are the bytes after the last track.
 * Anything that is not to the letter is refused rather than guessed: `midi-not-midi`, `midi-truncated`,
 * `midi-format-unsupported`, `midi-damaged`, each a `UserError` that names the file.
 */
export const parseSmf = (path: string, source: Uint8Array): ParsedSmf => {
  const refuse = refuser(path);
  const view = new DataView(source.buffer, source.byteOffset, source.byteLength);
  const header = headerOf(source, view, refuse);
  const clock = clockOf(header.division, refuse);
  if (header.tracks === 0) throw refuse('midi-damaged', 'has no tracks');
  const messages: TickMessage[] = [];
  const tempos: TempoChange[] = [];
  let position = header.end;
  let tracks = 0;
  while (tracks < header.tracks) {
    if (position + 8 > source.length) {
      throw refuse('midi-truncated', `ends after ${tracks} of the ${header.tracks} tracks that its header names`);
    }
    const start = position + 8;
    const end = start + view.getUint32(position + 4);
    if (end > source.length) throw refuse('midi-truncated', `ends within a chunk that starts at byte ${position}`);
    if (asciiAt(source, position) === 'MTrk') {
      readTrack(cursorOver(source, start, end, refuse), messages, tempos, refuse);
      tracks += 1;
    }
    position = end;
  }
  if (asciiAt(source, position) === 'MTrk') {
    throw refuse('midi-damaged', `has more tracks than the ${header.tracks} that its header names`);
  }
  return { clock, messages, tempos };
};

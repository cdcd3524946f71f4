export type SmfEvent = { readonly bytes: readonly number[] } & (
  | { readonly tick: number }
  | { readonly seconds: number }
);

export type SmfSpec = {
  /** Default 480. */
  readonly ticksPerBeat?: number;
  /** The tempo map, in order; 120 BPM before its first entry. Written into the first track. */
  readonly tempos?: readonly { readonly tick: number; readonly microsPerBeat: number }[];
};

/** A variable-length quantity. */
export const varInt = (value: number): number[] => {
  const bytes = [value % 128];
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128)) bytes.unshift(0x80 + (rest % 128));
  return bytes;
};

const bigEndian = (value: number, width: number): number[] =>
  Array.from({ length: width }, (_, index) => Math.floor(value / 256 ** (width - 1 - index)) % 256);

/** Any chunk of a MIDI file; its size true unless told. */
export const midiChunk = (id: string, content: readonly number[], size = content.length): number[] => [
  ...Buffer.from(id, 'latin1'),
  ...bigEndian(size, 4),
  ...content,
];

/** The header chunk; `division` is in ticks per beat, or SMPTE's two bytes. */
export const midiHeader = (format: number, tracks: number, division: number): number[] =>
  midiChunk('MThd', [...bigEndian(format, 2), ...bigEndian(tracks, 2), ...bigEndian(division, 2)]);

export const endOfTrack: readonly number[] = [0xff, 0x2f, 0];

/** The body of a tempo event. */
export const tempoEvent = (microsPerBeat: number): number[] => [0xff, 0x51, 3, ...bigEndian(microsPerBeat, 3)];

/** A track chunk of events in order of ticks, given as they lie in the file (sysex with its length), the end added. */
export const midiTrack = (
  events: readonly { readonly tick: number; readonly bytes: readonly number[] }[],
): number[] => {
  const content: number[] = [];
  let last = 0;
  for (const { tick, bytes } of events) {
    for (const byte of [...varInt(tick - last), ...bytes]) content.push(byte);
    last = tick;
  }
  return midiChunk('MTrk', [...content, 0, ...endOfTrack]);
};

const tickAt = (seconds: number, ticksPerBeat: number, tempos: readonly { tick: number; microsPerBeat: number }[]) => {
  let at = { tick: 0, seconds: 0, microsPerBeat: 500_000 };
  for (const { tick, microsPerBeat } of tempos) {
    const reached = at.seconds + ((tick - at.tick) * at.microsPerBeat) / (ticksPerBeat * 1e6);
    if (reached > seconds) break;
    at = { tick, seconds: reached, microsPerBeat };
  }
  return at.tick + Math.round(((seconds - at.seconds) * ticksPerBeat * 1e6) / at.microsPerBeat);
};

/** The bytes of a MIDI file of one track (format 0): messages as on the wire, at ticks or at seconds (to the nearest tick). */
export const smf = (events: readonly SmfEvent[], { ticksPerBeat = 480, tempos = [] }: SmfSpec = {}): Uint8Array => {
  const messages = events.map((event) => {
    const [status = 0, ...rest] = event.bytes;
    return {
      tick: 'tick' in event ? event.tick : tickAt(event.seconds, ticksPerBeat, tempos),
      bytes: status === 0xf0 ? [status, ...varInt(rest.length), ...rest] : event.bytes,
    };
  });
  const changes = tempos.map(({ tick, microsPerBeat }) => ({ tick, bytes: tempoEvent(microsPerBeat) }));
  const track = midiTrack([...changes, ...messages].sort((a, b) => a.tick - b.tick));
  return Uint8Array.from([...midiHeader(0, 1, ticksPerBeat), ...track]);
};

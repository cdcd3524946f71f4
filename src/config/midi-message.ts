import { hexByte } from '../core/hex.ts';
/** Bytes as far as they are fixed; what is filled in later stands for a byte, or for some. */
export type Bytes<Blank extends string | object> = readonly (number | Blank)[];

export type Read<Blank extends string | object = never> = { readonly bytes: Bytes<Blank> } | { readonly wrong: string };

/** What may be written in place of a byte, and what that reads as. */
export type Blanks<Blank extends string | object> = {
  readonly words: string;
  readonly read: (token: string) => Blank | undefined;
};

export const noBlanks: Blanks<never> = { words: '', read: () => undefined };

/** Data bytes after each status, by its upper half for channel messages (MIDI 1.0 Detailed Specification, tables I to IV). */
const channelDataBytes: Readonly<Record<number, number>> = { 8: 2, 9: 2, 10: 2, 11: 2, 12: 1, 13: 1, 14: 2 };
const systemDataBytes: Readonly<Record<number, number>> = {
  241: 1,
  242: 2,
  243: 1,
  246: 0,
  248: 0,
  250: 0,
  251: 0,
  252: 0,
  254: 0,
  255: 0,
};

export const sysexStart = 0xf0;
export const sysexEnd = 0xf7;

/** Hex with spaces, `90 24 {colour}`: its bytes and blanks, or what is wrong with it. Pure. */
export const readBytes = <Blank extends string | object>(text: string, blanks: Blanks<Blank>): Read<Blank> => {
  const bytes: (number | Blank)[] = [];
  for (const token of text.split(/\s+/).filter((part) => part !== '')) {
    const byte = /^[0-9a-f]{2}$/i.test(token) ? Number.parseInt(token, 16) : blanks.read(token);
    if (byte === undefined) {
      const orBlank = blanks.words === '' ? '' : ` and not ${blanks.words}`;
      return { wrong: `${JSON.stringify(token.slice(0, 20))} is not two hex digits${orBlank}` };
    }
    bytes.push(byte);
  }
  return bytes.length === 0 ? { wrong: 'it has no bytes' } : { bytes };
};

/** What is wrong with bytes that come after the first. */
export const wrongData = (data: Bytes<string | object>): string | undefined => {
  const high = data.find((byte) => typeof byte === 'number' && byte > 0x7f);
  return high === undefined ? undefined : `${hexByte(Number(high))} is above 7F, and only the first byte may be`;
};

/** What keeps these from being one complete message, in which each blank is a data byte. */
export const wrongMessage = (bytes: Bytes<string | object>): string | undefined => {
  const [status, ...data] = bytes;
  if (typeof status !== 'number' || status < 0x80) return 'its first byte says what it is and is 80 or above';
  if (status === sysexStart) {
    if (data.at(-1) !== sysexEnd) return 'a message that starts with F0 ends in F7';
    return wrongData(data.slice(0, -1));
  }
  const expected = status < sysexStart ? channelDataBytes[status >> 4] : systemDataBytes[status];
  if (expected === undefined) return `${hexByte(status)} starts no message`;
  const wrong = wrongData(data);
  if (wrong !== undefined) return wrong;
  return data.length === expected ? undefined : `after ${hexByte(status)} come ${expected} bytes, not ${data.length}`;
};

/** One MIDI message in hex with spaces: its bytes and blanks, or what is wrong with it. Pure. */
export const readMessage = <Blank extends string | object>(text: string, blanks: Blanks<Blank>): Read<Blank> => {
  const read = readBytes(text, blanks);
  if ('wrong' in read) return read;
  const wrong = wrongMessage(read.bytes);
  return wrong === undefined ? read : { wrong };
};

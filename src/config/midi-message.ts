import type { LampByte } from '../core/controller/profile.ts';

export type ReadMessage = { readonly bytes: readonly LampByte[] } | { readonly wrong: string };

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

const sysexStart = 0xf0;
const sysexEnd = 0xf7;

const hex = (byte: number): string => byte.toString(16).toUpperCase().padStart(2, '0');

const readToken = (token: string): LampByte | undefined => {
  if (token === '{value}') return 'value';
  return /^[0-9a-f]{2}$/i.test(token) ? Number.parseInt(token, 16) : undefined;
};

const wrongData = (data: readonly LampByte[]): string | undefined => {
  const high = data.find((byte) => byte !== 'value' && byte > 0x7f);
  return high === undefined ? undefined : `${hex(Number(high))} is above 7F, and only the first byte may be`;
};

const wrongMessage = (bytes: readonly LampByte[]): string | undefined => {
  const [status, ...data] = bytes;
  if (status === undefined) return 'it has no bytes';
  if (status === 'value' || status < 0x80) return 'its first byte says what it is and is 80 or above';
  if (status === sysexStart) {
    if (data.at(-1) !== sysexEnd) return 'a message that starts with F0 ends in F7';
    return wrongData(data.slice(0, -1));
  }
  const expected = status < sysexStart ? channelDataBytes[status >> 4] : systemDataBytes[status];
  if (expected === undefined) return `${hex(status)} starts no message`;
  const wrong = wrongData(data);
  if (wrong !== undefined) return wrong;
  return data.length === expected ? undefined : `after ${hex(status)} come ${expected} bytes, not ${data.length}`;
};

/** One MIDI message in hex with spaces, `90 24 {value}`: its bytes, or what is wrong with it. Pure. */
export const readMessage = (text: string): ReadMessage => {
  const tokens = text.split(/\s+/).filter((token) => token !== '');
  const bytes: LampByte[] = [];
  for (const token of tokens) {
    const byte = readToken(token);
    if (byte === undefined) return { wrong: `${JSON.stringify(token.slice(0, 20))} is not two hex digits` };
    bytes.push(byte);
  }
  const wrong = wrongMessage(bytes);
  return wrong === undefined ? { bytes } : { wrong };
};

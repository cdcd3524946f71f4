import { z } from 'zod';
import { wants } from '../fields.ts';
import { noBlanks, type Read, readBytes, readMessage } from '../midi-message.ts';
import { complaint } from '../wording.ts';

/** A text in hex, read in a way of its own. */
export const hexText = <Blank extends string | object>(allowed: string, read: (text: string) => Read<Blank>) => {
  const hint = (input: unknown) => (typeof input === 'number' ? 'put it in quotes' : undefined);
  return z.string(wants(allowed, hint)).transform((input, context) => {
    const result = read(input);
    if ('bytes' in result) return result.bytes;
    const message = complaint(input, allowed, result.wrong);
    context.addIssue({ code: 'custom', message, params: { code: 'bad-message' } });
    return z.NEVER;
  });
};

export const fixedMessage = () =>
  hexText('one MIDI message in hex such as "F0 7E 7F 06 01 F7"', (text) => readMessage(text, noBlanks));

export const fixedBytes = (allowed: string) => hexText(allowed, (text) => readBytes(text, noBlanks));

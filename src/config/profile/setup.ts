import { z } from 'zod';
import type { SetupMessage } from '../../core/controller/profile.ts';
import { section, wants, whole } from '../fields.ts';
import { type Blanks, type Bytes, type Read, readBytes, sysexEnd, wrongData } from '../midi-message.ts';
import { tell } from '../rule.ts';
import { fixedMessage, hexText } from './bytes.ts';

const any: Blanks<'any'> = { words: '..', read: (token) => (token === '..' ? 'any' : undefined) };

const wrongAnswer = ([first, ...rest]: Bytes<'any'>): string | undefined => {
  if (typeof first === 'number' && first < 0x80) return 'its first byte says what it is and is 80 or above';
  return wrongData(rest.at(-1) === sysexEnd ? rest.slice(0, -1) : rest);
};

const readAnswer = (text: string): Read<'any'> => {
  const read = readBytes(text, any);
  const wrong = 'wrong' in read ? undefined : wrongAnswer(read.bytes);
  return wrong === undefined ? read : { wrong };
};

const patch = section({ offset: whole(1, 4095), value: whole(0, 127) });

const messages = () => {
  const step = section({
    bytes: fixedMessage(),
    waitMs: whole(0, 5000).default(0),
    expect: hexText(
      'the first bytes of an answer in hex, .. for any, such as "F0 7E .. 06"',
      readAnswer,
    ).exactOptional(),
    timeoutMs: whole(1, 5000).default(500),
    patch: patch.exactOptional(),
  }).transform((form, context): SetupMessage => {
    if (form.patch !== undefined && form.expect === undefined) {
      const text = 'found without expect; allowed is patch with the answer that it changes';
      tell(context, [{ path: ['patch'], code: 'bad-setup', text }]);
    }
    return form;
  });
  return z.array(step, wants('a list of messages, each with bytes')).default([]);
};

/** What is sent on connect or at the end. */
export const setupMessages = messages();

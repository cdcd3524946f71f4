import { z } from 'zod';
import type { Display } from '../../core/controller/profile.ts';
import { oneOf, section, wants, whole } from '../fields.ts';
import { type Blanks, readMessage } from '../midi-message.ts';
import { type Broken, tell } from '../rule.ts';
import { hexText } from './bytes.ts';

type Cell = { readonly character: number } | 'number';

const cell: Blanks<Cell> = {
  words: '{number}, or a character as {1}',
  read: (token) => {
    if (token === '{number}') return 'number';
    const place = /^\{([1-9]\d{0,2})\}$/.exec(token)?.[1];
    return place === undefined ? undefined : { character: Number(place) - 1 };
  },
};

const brokenDisplay = ({ characters, messages }: Display): Broken[] => {
  const broken = (path: (string | number)[], text: string): Broken => ({ path, code: 'bad-message', text });
  const beyond = messages.flatMap((message, at) => {
    const places = message.flatMap((byte) => (typeof byte === 'object' ? [byte.character] : []));
    const far = places.find((place) => place >= characters);
    if (far === undefined) return [];
    return [broken(['messages', at], `found {${far + 1}}; allowed is a character from {1} to {${characters}}`)];
  });
  const isFixed = messages.every((message) => message.every((byte) => typeof byte === 'number'));
  return isFixed
    ? [broken(['messages'], 'found nothing that changes; allowed is {number}, or characters as {1}')]
    : beyond;
};

const displaySchema = () => {
  const allowed = 'one MIDI message in hex with {number} or characters, such as "B0 32 {1}"';
  const words = wants('a list of messages');
  return section({
    shows: oneOf(['tempo', 'bars', 'beat']),
    characters: whole(1, 128),
    messages: z
      .array(
        hexText<Cell>(allowed, (text) => readMessage(text, cell)),
        words,
      )
      .min(1, words),
  }).transform((form, context): Display => {
    tell(context, brokenDisplay(form));
    return form;
  });
};

/** A row of characters, or a number. */
export const display = displaySchema();

import { z } from 'zod';
import type { Bindings, Chord, LampFrame } from '../../core/controller/profile.ts';
import { section, text, wants, whole } from '../fields.ts';
import { type Blanks, type Bytes, readMessage, sysexStart } from '../midi-message.ts';
import { type Broken, tell } from '../rule.ts';
import { complaint, didYouMean, found } from '../wording.ts';
import { deed } from './actions.ts';
import { brokenPress, pageBindings } from './bindings.ts';
import { hexText } from './bytes.ts';
import type { Context } from './context.ts';
import { overlap } from './overlap.ts';
import { trigger } from './trigger.ts';

const unknownId = (id: string, what: string, known: readonly string[]): string =>
  complaint(id, what, didYouMean(id, known));

/** A page's controls: any of the profile's, each with its bindings. */
const pageControls = ({ heads }: Context) => {
  const ids = [...heads.keys()];
  const none: Bindings = {};
  const shape = Object.fromEntries(
    [...heads].map(([id, head]) => [
      id,
      z.exactOptional(head === undefined ? z.unknown().transform(() => none) : pageBindings(head)),
    ]),
  );
  return z
    .strictObject(shape, {
      error: (issue) =>
        issue.code === 'unrecognized_keys'
          ? issue.keys.map((key) => unknownId(key, 'the id of a control', ids)).join('\n')
          : complaint(issue.input, 'controls by their ids'),
    })
    .transform((pages) => new Map(Object.entries(pages)));
};

export const pages = (context: Context) => {
  const page = section({
    name: text('a name'),
    trackOffset: whole(0, 63).default(0),
    controls: pageControls(context).exactOptional(),
  });
  const words = wants('a list of pages, each with a name');
  return z.array(page, words).min(1, words);
};

const brokenPair = (pair: readonly string[], { heads }: Context): Broken[] => {
  const broken = (at: number, code: string, text: string): Broken => ({ path: ['controls', at], code, text });
  return pair.flatMap((id, at): Broken[] => {
    if (!heads.has(id)) return [broken(at, 'unknown-id', unknownId(id, 'the id of a control', [...heads.keys()]))];
    const kind = heads.get(id)?.kind ?? 'switch';
    if (kind !== 'switch')
      return [broken(at, 'not-allowed', `${found(id)}, which is a fader or an encoder; allowed is a switch`)];
    if (heads.get(id)?.release !== true && heads.get(id)?.release !== 'auto') {
      const text = `${found(id)}, which does not tell its release; allowed is a switch that does, since a chord is two that are down`;
      return [broken(at, 'not-allowed', text)];
    }
    return at > 0 && pair[0] === id
      ? [broken(at, 'not-allowed', `${found(id)} twice; allowed is two different controls`)]
      : [];
  });
};

export const chords = (context: Context) => {
  const words = wants('a list of two controls, such as [left, right]');
  const chord = section({
    controls: z.array(text('the id of a control'), words).min(2, words).max(2, words),
    do: deed,
  }).transform(({ controls, do: action }, refinement): Chord => {
    tell(refinement, [...brokenPair(controls, context), ...brokenPress('do', action)]);
    const [one, other] = controls;
    return one === undefined || other === undefined || 'scale' in action
      ? z.NEVER
      : { controls: [one, other], do: action };
  });
  return z.array(chord, wants('a list of chords, each with controls and do')).default([]);
};

export const layout = ({ heads, lamps }: Context) => {
  const known = [...new Set([...heads.keys(), ...lamps])];
  const row = text('a row of ids of controls and lamps, with a dot for a gap').transform((input, refinement) => {
    const ids = input.split(/\s+/).filter((id) => id !== '');
    const unknown = ids.filter((id) => id !== '.' && !known.includes(id));
    const broken = unknown.map((id) => unknownId(id, 'the id of a control or a lamp, or a dot for a gap', known));
    tell(
      refinement,
      broken.map((words) => ({ path: [], code: 'unknown-id', text: words })),
    );
    return ids.map((id) => (id === '.' ? undefined : id));
  });
  return z.array(row, wants('a list of rows')).default([]);
};

type Place = { readonly lamp: string };

const place: Blanks<Place> = {
  words: 'a lamp in braces',
  read: (token) => {
    const lamp = /^\{([^{}]+)\}$/.exec(token)?.[1];
    return lamp === undefined ? undefined : { lamp };
  },
};

const brokenFrame = (bytes: Bytes<Place>, lamps: readonly string[]): Broken[] => {
  const placed = bytes.flatMap((byte) => (typeof byte === 'number' ? [] : [byte.lamp]));
  const unknown = placed.find((id) => !lamps.includes(id));
  const unplaced = lamps.find((id) => !placed.includes(id));
  const broken = (code: string, text: string): Broken[] => [{ path: [], code, text }];
  if (unknown !== undefined) {
    return broken('unknown-id', complaint(`{${unknown}}`, 'a lamp of this profile', didYouMean(unknown, lamps)));
  }
  if (unplaced === undefined) return [];
  return broken('bad-frame', `found no {${unplaced}}; allowed is a place for each lamp`);
};

/** All lamps in one system exclusive message. */
export const frame = ({ lamps }: Context) => {
  const allowed = 'one system exclusive message in hex with lamps in braces, such as "F0 47 {a} {b} F7"';
  return hexText<Place>(allowed, (input) => {
    const read = readMessage(input, place);
    if ('wrong' in read || read.bytes[0] === sysexStart) return read;
    return { wrong: 'it begins with F0' };
  }).transform((bytes, refinement): LampFrame => {
    tell(refinement, brokenFrame(bytes, lamps));
    return bytes;
  });
};

/** What is never a control: no message that a control has. */
export const ignored = ({ heads }: Context) => {
  const what = trigger.superRefine((none, refinement) => {
    for (const [id, head] of heads) {
      if (head === undefined || !overlap(none, head.on)) continue;
      const text = `the same message as ${id}; allowed is one that no control has; remove it here or there`;
      tell(refinement, [{ path: [], code: 'bound-twice', text }]);
    }
  });
  return z.array(what, wants('a list of messages, such as [{ cc: 1 }]')).default([]);
};

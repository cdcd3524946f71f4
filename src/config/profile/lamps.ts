import { z } from 'zod';
import { shades } from '../../core/controller/colour.ts';
import type { Lamp, Looks, Show } from '../../core/controller/profile.ts';
import { oneOf, section, wants, whole } from '../fields.ts';
import { type Blanks, type Bytes, noBlanks, type Read, readBytes, wrongData, wrongMessage } from '../midi-message.ts';
import { type Broken, dependingOn, isKeyed, tell } from '../rule.ts';
import { complaint } from '../wording.ts';
import { hexText } from './bytes.ts';
import { byShade, type Palette } from './palette.ts';

/** What of the rest of the profile says how lamps are written. */
export type LampContext = {
  /** Undefined where there is none, `unread` where it has mistakes of its own. */
  readonly palette: Palette | 'unread' | undefined;
  /** Lamps are bytes in one message of all. */
  readonly isFramed: boolean;
};

export type LampLooks = Pick<Lamp, 'steady' | 'blink' | 'pulse'>;

const colour: Blanks<'colour'> = {
  words: '{colour}',
  read: (token) => (token === '{colour}' ? 'colour' : undefined),
};

const messageWords = 'one MIDI message in hex such as "90 24 05"';
const dataWords = 'data bytes in hex such as "7F 00", for their place in the frame';

const wrongOf = (bytes: Bytes<string>, isFramed: boolean): string | undefined =>
  isFramed ? wrongData(bytes) : wrongMessage(bytes);

const readFixed = (text: string, isFramed: boolean): Read => {
  const read = readBytes(text, noBlanks);
  const wrong = 'wrong' in read ? undefined : wrongOf(read.bytes, isFramed);
  return wrong === undefined ? read : { wrong };
};

/** One, or a list of them where a lamp takes several; a place in a frame is always one. */
const oneOrMore = <Value>(value: z.ZodType<Value>, isFramed: boolean) => {
  const words = wants('one message or a list of them');
  const one: z.ZodType<readonly Value[]> = value.transform((only) => [only]);
  const list = z.array(value, words).min(1, words);
  return dependingOn<readonly Value[]>((input) => (Array.isArray(input) && !isFramed ? list : one));
};

const wordsOf = (isFramed: boolean): string => (isFramed ? dataWords : messageWords);

const fixedLooks = (isFramed: boolean, needsOff: boolean): z.ZodType<Looks> => {
  const message = hexText(wordsOf(isFramed), (text) => readFixed(text, isFramed));
  return byShade(oneOrMore(message, isFramed), needsOff);
};

const bareLooks = { withOff: fixedLooks(false, true), without: fixedLooks(false, false) };
const framedLooks = { withOff: fixedLooks(true, true), without: fixedLooks(true, false) };

type Templates = readonly Bytes<'colour'>[];

const filled = (template: Bytes<'colour'>, bytes: readonly number[]): readonly number[] =>
  template.flatMap((byte) => (byte === 'colour' ? bytes : [byte]));

/** Each shade of the palette, put into the templates. */
const painted = (templates: Templates, palette: Palette): Looks =>
  Object.fromEntries(
    shades.flatMap((shade) => {
      const bytes = palette[shade];
      return bytes === undefined ? [] : [[shade, templates.map((template) => filled(template, bytes))]];
    }),
  );

const brokenTemplates = (templates: Templates, { palette }: LampContext): Broken[] => {
  const broken = (code: string, text: string): Broken[] => [{ path: [], code, text }];
  if (!templates.some((template) => template.includes('colour'))) {
    return broken('bad-message', 'found no {colour}; allowed is a {colour}, or a message for each colour');
  }
  if (palette !== undefined) return [];
  return broken(
    'no-palette',
    'found {colour} without a palette; allowed is a message for each colour; or write a palette',
  );
};

const brokenLooks = (looks: Looks, isFramed: boolean): Broken[] => {
  for (const [shade, messages] of Object.entries(looks)) {
    const wrong = messages.map((message) => wrongOf(message, isFramed)).find((text) => text !== undefined);
    if (wrong === undefined) continue;
    return [
      {
        path: [],
        code: 'bad-message',
        text: `found no message with ${shade}; allowed is ${wordsOf(isFramed)}; ${wrong}`,
      },
    ];
  }
  return [];
};

const templateLooks = (context: LampContext): z.ZodType<Looks> => {
  const { palette, isFramed } = context;
  const allowed = isFramed
    ? 'data bytes in hex with {colour}'
    : 'a message in hex with {colour}, such as "90 24 {colour}"';
  const template = hexText(allowed, (text) => readBytes(text, colour));
  return oneOrMore<Bytes<'colour'>>(template, isFramed).transform((templates, refinement): Looks => {
    const broken = brokenTemplates(templates, context);
    tell(refinement, broken);
    if (broken.length > 0 || palette === undefined || palette === 'unread') return {};
    const looks = painted(templates, palette);
    tell(refinement, brokenLooks(looks, isFramed));
    return looks;
  });
};

const behaviours = ['steady', 'blink', 'pulse'];

const allLooks = (context: LampContext): z.ZodType<LampLooks> => {
  const template = templateLooks(context);
  const looks = (needsOff: boolean) => {
    const { withOff, without } = context.isFramed ? framedLooks : bareLooks;
    const fixed = needsOff ? withOff : without;
    return dependingOn<Looks>((input) => (isKeyed(input) ? fixed : template));
  };
  const steady = looks(true);
  const alone = steady.transform((only): LampLooks => ({ steady: only }));
  const byItself = looks(false).exactOptional();
  const byBehaviour = section({ steady, blink: byItself, pulse: byItself });
  return dependingOn<LampLooks>((input) =>
    isKeyed(input) && behaviours.some((key) => Object.hasOwn(input, key)) ? byBehaviour : alone,
  );
};

const lengthsOf = ({ steady, blink = {}, pulse = {} }: LampLooks): readonly number[] => {
  const messages = [steady, blink, pulse].flatMap((each) => Object.values(each).flat());
  return [...new Set(messages.map(({ length }) => length))];
};

/** How a lamp is set: a template, or messages by shade, or each of these by behaviour. */
export const lamp = (context: LampContext) =>
  allLooks(context).superRefine((value, refinement) => {
    const lengths = context.isFramed ? lengthsOf(value) : [];
    if (lengths.length < 2) return;
    const text = `found colours of ${lengths.join(' and ')} bytes; allowed is as many bytes for each, since the frame has one place`;
    tell(refinement, [{ path: [], code: 'bad-lamp', text }]);
  });

const shown = ({ beat, bar, show }: { beat?: number; bar?: number; show?: 'health' }): readonly Show[] => [
  ...(beat === undefined ? [] : [{ kind: 'beat', beat } as const]),
  ...(bar === undefined ? [] : [{ kind: 'bar', bar } as const]),
  ...(show === undefined ? [] : [{ kind: show } as const]),
];

/** A lamp that belongs to no control. */
export const ownLamp = (looks: z.ZodType<LampLooks>) => {
  const place = () => whole(1, 64).exactOptional();
  return section({ beat: place(), bar: place(), show: oneOf(['health']).exactOptional(), lamp: looks }).transform(
    ({ lamp: read, ...said }, refinement): { readonly show: Show; readonly looks: LampLooks } => {
      const [show, other] = shown(said);
      if (show !== undefined && other === undefined) return { show, looks: read };
      const message =
        other === undefined
          ? complaint(undefined, 'beat, bar or show')
          : `found ${Object.keys(said).join(' and ')}; allowed is one of them`;
      const path = [other === undefined ? 'beat' : (Object.keys(said)[0] ?? 'beat')];
      tell(refinement, [{ path, code: other === undefined ? 'missing' : 'bad-lamp', text: message }]);
      return z.NEVER;
    },
  );
};

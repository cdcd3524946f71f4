import { z } from 'zod';
import { mmcCommands, type Trigger } from '../../core/controller/trigger.ts';
import { oneOf, section, wants, whole } from '../fields.ts';
import { noBlanks, type Read, readBytes, sysexEnd, sysexStart, wrongData } from '../midi-message.ts';
import { type Broken, dependingOn, tell } from '../rule.ts';
import { inWords } from '../wording.ts';
import { hexText } from './bytes.ts';

const data = () => whole(0, 127);

/** Sensors under one key. */
const numbers = () => {
  const words = wants('a list of 2 to 16 different control changes');
  return z
    .array(data(), words)
    .min(2, words)
    .max(16, words)
    .refine((list) => new Set(list).size === list.length, words);
};

const mmcByNumber = whole(1, 127);
const mmcNumbers = new Map(Object.entries(mmcCommands));
const mmcByName = oneOf([...mmcNumbers.keys()]).transform((name) => mmcNumbers.get(name) ?? 0);

const mmc = dependingOn<number>((input) => (typeof input === 'number' ? mmcByNumber : mmcByName));

const readPrefix = (text: string): Read => {
  const read = readBytes(text, noBlanks);
  if ('wrong' in read) return read;
  const [first, ...rest] = read.bytes;
  if (first !== sysexStart || rest.length === 0) return { wrong: 'it begins with F0 and goes on' };
  const wrong = wrongData(rest.at(-1) === sysexEnd ? rest.slice(0, -1) : rest);
  return wrong === undefined ? read : { wrong };
};

const fields = section({
  note: data().exactOptional(),
  cc: data().exactOptional(),
  poly: data().exactOptional(),
  ccs: numbers().exactOptional(),
  program: data().exactOptional(),
  message: oneOf(['pitch', 'pressure', 'start', 'stop', 'continue']).exactOptional(),
  mmc: mmc.exactOptional(),
  sysex: hexText('the first bytes of a system exclusive message in hex such as "F0 00 20"', readPrefix).exactOptional(),
  channel: whole(1, 16).exactOptional(),
  value: data().exactOptional(),
  pressAt: whole(1, 0x3fff).exactOptional(),
  releaseAt: whole(0, 126).exactOptional(),
});

type Fields = z.output<typeof fields>;

const kinds = ['note', 'cc', 'poly', 'ccs', 'program', 'message', 'mmc', 'sysex'] as const;

/** Which messages have these; of the others they would say nothing. */
const companions = {
  channel: ['note', 'cc', 'poly', 'ccs', 'program', 'message'],
  value: ['note', 'cc', 'poly'],
  pressAt: ['note', 'cc', 'poly', 'ccs', 'message'],
  releaseAt: ['ccs'],
} as const satisfies Record<string, readonly (typeof kinds)[number][]>;

const kindsOf = (form: Fields): string[] => kinds.filter((kind) => form[kind] !== undefined);

const strayKeys = (form: Fields, kind: string): Broken[] =>
  Object.entries(companions)
    .filter(([key, having]) => key in form && !having.some((one) => one === kind))
    .map(([key, having]) => ({
      path: [key],
      code: 'bad-trigger',
      text: `found beside ${kind}; allowed is ${key} with ${inWords(having)}`,
    }));

const wrongLevels = ({ ccs, message, value, pressAt, releaseAt }: Fields): Broken[] => {
  const broken = (key: string, text: string): Broken[] => [{ path: [key], code: 'bad-trigger', text }];
  if (value !== undefined && pressAt !== undefined) {
    return broken(
      'pressAt',
      'found beside value; allowed is one of them, since each message with that value is a press',
    );
  }
  if (pressAt !== undefined && pressAt > 127 && message !== 'pitch') {
    return broken('pressAt', `found ${pressAt}; allowed is a whole number from 1 to 127`);
  }
  if (ccs === undefined) return [];
  if (pressAt === undefined) return broken('pressAt', 'is missing; allowed is a whole number from 1 to 127');
  if (releaseAt === undefined) return broken('releaseAt', 'is missing; allowed is a whole number below pressAt');
  return releaseAt < pressAt
    ? []
    : broken('releaseAt', `found ${releaseAt}; allowed is a number below pressAt, ${pressAt}`);
};

const brokenIn = (form: Fields): readonly Broken[] => {
  const [kind, ...more] = kindsOf(form);
  if (kind === undefined || more.length > 0) {
    const what = kind === undefined ? 'no message' : [kind, ...more].join(' and ');
    return [{ path: [], code: 'bad-trigger', text: `found ${what}; allowed is one of ${inWords(kinds)}` }];
  }
  const transport = ['start', 'stop', 'continue'].find((message) => message === form.message);
  const stray = ['channel', 'pressAt'].find((key) => key in form);
  if (transport !== undefined && stray !== undefined) {
    const text = `found beside ${transport}; allowed is ${stray} with pitch or pressure`;
    return [{ path: [stray], code: 'bad-trigger', text }];
  }
  return [...strayKeys(form, kind), ...wrongLevels(form)];
};

const triggerOf = (form: Fields): Trigger | undefined => {
  const { note, cc, poly, ccs, program, message, mmc: command, sysex: prefix, pressAt = 1, releaseAt = 0 } = form;
  const on = form.channel === undefined ? {} : { channel: form.channel };
  const level = { pressAt, ...(form.value !== undefined && { value: form.value }), ...on };
  if (note !== undefined) return { kind: 'note', number: note, ...level };
  if (cc !== undefined) return { kind: 'cc', number: cc, ...level };
  if (poly !== undefined) return { kind: 'poly', number: poly, ...level };
  if (ccs !== undefined) return { kind: 'ccs', numbers: ccs, pressAt, releaseAt, ...on };
  if (program !== undefined) return { kind: 'program', number: program, ...on };
  if (message === 'pitch' || message === 'pressure') {
    return { kind: message, ...on, ...(form.pressAt !== undefined && { pressAt }) };
  }
  if (message !== undefined) return { kind: message };
  if (command !== undefined) return { kind: 'mmc', command };
  return prefix === undefined ? undefined : { kind: 'sysex', prefix };
};

/** `{ note: 36, channel: 1 }` and the like: which message is meant. */
export const trigger = fields.transform((form, context): Trigger => {
  tell(context, brokenIn(form));
  return triggerOf(form) ?? z.NEVER;
});

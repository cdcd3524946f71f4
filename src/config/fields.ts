import { z } from 'zod';
import { complaint, didYouMean, inWords, unknownKey } from './wording.ts';

/** What zod tells about a value that it refuses, as far as it is used here. */
type Refused = { readonly code?: string | undefined; readonly input?: unknown; readonly keys?: readonly string[] };
type Hint = (input: unknown) => string | undefined;

const noHint: Hint = () => undefined;

/** zod's own wording names types and bounds one by one; each field here says all that it allows, whatever is wrong. */
export const wants = (allowed: string, hint: Hint = noHint) => ({
  error: (issue: Refused) => complaint(issue.input, allowed, hint(issue.input)),
});

const isNumeral = (input: unknown): boolean => typeof input === 'string' && /^-?\d+(\.\d+)?$/.test(input);

const wholeHint: Hint = (input) => (isNumeral(input) ? 'write it without quotes' : undefined);

const numberHint: Hint = (input) =>
  typeof input === 'string' && /^-?\d+,\d+$/.test(input) ? `write ${input.replace(',', '.')}` : wholeHint(input);

export const number = (from: number, to: number) => {
  const words = wants(`a number from ${from} to ${to}`, numberHint);
  return z.number(words).min(from, words).max(to, words);
};

// Not z.int: after a fraction it would stop the checks between sections, and not all mistakes would be told.
const integer = (words: ReturnType<typeof wants>) =>
  z.number(words).refine(Number.isSafeInteger, { ...words, params: { code: 'out-of-range' } });

export const whole = (from: number, to: number) => {
  const words = wants(`a whole number from ${from} to ${to}`, wholeHint);
  return integer(words).min(from, words).max(to, words);
};

export const wholeFrom = (from: number) => {
  const words = wants(`a whole number from ${from}`, wholeHint);
  return integer(words).min(from, words);
};

/** YAML 1.2 knows no yes, no, on, off: they are texts, and people write them. */
const truthHint: Hint = (input) => {
  const word = typeof input === 'string' ? input.toLowerCase() : '';
  if (['yes', 'y', 'on', 'true'].includes(word)) return 'write true';
  return ['no', 'n', 'off', 'false'].includes(word) ? 'write false' : undefined;
};

export const truth = () => z.boolean(wants('true or false', truthHint));

export const oneOf = <const Choice extends string | number>(choices: readonly Choice[]) => {
  const names = choices.map(String);
  const hint: Hint = (input) => {
    if (typeof input !== 'string') return undefined;
    return names.includes(input) ? 'write it without quotes' : didYouMean(input, names);
  };
  return z.literal(choices, wants(inWords(choices), hint));
};

export const text = (allowed: string, refused: RegExp = /^\s*$/, reason?: string) => {
  const isRefused = (input: unknown) =>
    typeof input === 'number' || (typeof input === 'string' && input.trim() !== '' && refused.test(input));
  const words = wants(allowed, (input) => (isRefused(input) ? reason : undefined));
  return z.string(words).refine((value) => value.trim() !== '' && !refused.test(value), words);
};

/** Of a file or a folder: who runs as a service is started in none that the player would know. */
export const path = (what: string) => {
  const allowed = `${what}, written from / or ~/ on`;
  return text(allowed).refine((written) => /^(\/|~\/)/.test(written), {
    error: (issue) => complaint(issue.input, allowed),
  });
};

/** A list that may stand there with all its items commented out. */
export const list = <Item>(item: z.ZodType<Item>, allowed: string) =>
  z.preprocess((value) => value ?? [], z.array(item, wants(allowed))).prefault([]);

/** Keys with values, no others than those of `shape`. */
export const section = <Shape extends z.core.$ZodLooseShape>(shape: Shape, what = 'keys with values') => {
  const known = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) => {
      // One issue names all unknown keys: one line of its message belongs to each, in their order.
      if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(key, known)).join('\n');
      return complaint(issue.input, `${what}: ${inWords(known)}`);
    },
  });
};

/** A section that may be left out, or stand there with all its keys commented out. */
export const optionalSection = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.preprocess((value) => value ?? {}, section(shape)).prefault({});

/** Names of the author's own choice, each with a value. */
export const named = <Value extends z.core.SomeType>(value: Value, what: string) => {
  const allowed = 'a name of small letters, digits and hyphens that starts with a letter';
  return z.record(z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/), value, {
    error: (issue) => complaint(issue.input, issue.code === 'invalid_key' ? allowed : what),
  });
};

import { distance } from 'fastest-levenshtein';

const longest = 40;

const cut = (text: string): string => (text.length > longest ? `${text.slice(0, longest)}...` : text);

/** A number as YAML writes it. */
const numeral = (value: number): string => {
  if (Number.isNaN(value)) return '.nan';
  return String(value).replace('Infinity', '.inf');
};

/** A value of a file in words, on one line and short. */
export const found = (value: unknown): string => {
  if (value === null || value === undefined) return 'found no value';
  if (typeof value === 'string') return `found the text ${JSON.stringify(cut(value))}`;
  if (typeof value === 'number') return `found ${numeral(value)}`;
  if (Array.isArray(value)) {
    return value.length === 0 ? 'found an empty list' : `found the list ${cut(JSON.stringify(value))}`;
  }
  return typeof value === 'object' ? 'found keys with values' : `found ${String(value)}`;
};

/** The form of nearly all messages: what is there, what may be there, and what to do where that is not plain. */
export const complaint = (value: unknown, allowed: string, hint?: string): string => {
  const what = value === undefined ? 'is missing' : found(value);
  return `${what}; allowed is ${allowed}${hint === undefined ? '' : `; ${hint}`}`;
};

export const inWords = (names: readonly (string | number)[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;

/** Spelling that is the same to a reader: `beats_per_bar`, `Beats-Per-Bar`, `beatsPerBar`. */
const plain = (name: string): string => name.toLowerCase().replaceAll(/[-_ ]/g, '');

const letters = (name: string): string => [...plain(name)].sort().join('');

const isNear = (name: string, known: string, away: number): boolean =>
  away <= Math.max(1, Math.floor(known.length / 3)) || (away === 2 && letters(name) === letters(known));

/** The known name that was probably meant: one letter in three is wrong at most, or two changed places (`bmp`). */
export const nearest = (name: string, known: readonly string[]): string | undefined =>
  known
    .map((candidate) => ({ candidate, away: distance(plain(name), plain(candidate)) }))
    .sort((one, other) => one.away - other.away)
    .find(({ candidate, away }) => isNear(name, candidate, away))?.candidate;

export const didYouMean = (name: string, known: readonly string[]): string | undefined => {
  const meant = nearest(name, known);
  return meant === undefined ? undefined : `did you mean \`${meant}\`?`;
};

export const unknownKey = (key: string, known: readonly string[]): string => {
  const hint = didYouMean(key, known);
  return `unknown key; allowed is ${inWords(known)}${hint === undefined ? '' : `; ${hint}`}`;
};

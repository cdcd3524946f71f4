import type { z } from 'zod';
import { ConfigError, type Mistake, type Path, pathText } from './mistake.ts';
import { readSource } from './source.ts';
import { readTree, type Tree } from './tree.ts';

export type Checked<Value> = { readonly value: Value } | { readonly mistakes: readonly Mistake[] };

type Issue = z.core.$ZodIssue;

/** Where to point for a mistake between several keys: the first of these that is written in the file. */
const blamedPath = (issue: Issue, tree: Tree): Path => {
  const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
  if (issue.code !== 'custom' || !Array.isArray(issue.params?.['blames'])) return path;
  const blames: readonly Path[] = issue.params['blames'];
  return blames.find(tree.has) ?? path;
};

const codeOf = (issue: Issue): string => {
  if (issue.code === 'custom') return String(issue.params?.['code'] ?? 'not-allowed');
  if (issue.code === 'invalid_key') return 'bad-key';
  if (issue.code === 'too_small' || issue.code === 'too_big') return 'out-of-range';
  if (issue.code !== 'invalid_type' && issue.code !== 'invalid_value') return 'not-allowed';
  if (issue.input === undefined) return 'missing';
  return issue.code === 'invalid_type' ? 'wrong-type' : 'not-allowed';
};

const mistakesOf = (issue: Issue, tree: Tree): Mistake[] => {
  const path = blamedPath(issue, tree);
  if (issue.code === 'unrecognized_keys') {
    const texts = issue.message.split('\n');
    return issue.keys.map((key, at) =>
      tree.mistakeAt([...path, key], 'key', 'unknown-key', texts[at] ?? issue.message),
    );
  }
  return [tree.mistakeAt(path, issue.code === 'invalid_key' ? 'key' : 'value', codeOf(issue), issue.message)];
};

/** One mistake per path is enough: a second check of the same field says the same words. */
const onePerPath = (mistakes: readonly Mistake[]): Mistake[] => {
  const told = new Set<string>();
  return mistakes.filter(({ path }) => !told.has(path) && told.add(path));
};

const inPlace = (one: Mistake, other: Mistake): number => one.line - other.line || one.column - other.column;

const checkTree = <Value>(tree: Tree, schema: z.ZodType<Value>): Checked<Value> => {
  if (tree.value === undefined && tree.mistakes.length > 0) return { mistakes: [...tree.mistakes].sort(inPlace) };
  const result = schema.safeParse(tree.value ?? {}, { reportInput: true });
  const issues = result.success ? [] : result.error.issues;
  const told = issues
    .filter((issue) => !tree.unread.has(pathText(blamedPath(issue, tree))))
    .flatMap((issue) => mistakesOf(issue, tree));
  const mistakes = [...tree.mistakes, ...onePerPath(told)].sort(inPlace);
  if (result.success && mistakes.length === 0) return { value: result.data };
  return { mistakes };
};

/** Checks the text of a YAML file against a schema: its value, or all that is wrong with it, in the order of the file. Pure. */
export const checkText = <Value>(file: string, text: string, schema: z.ZodType<Value>): Checked<Value> =>
  checkTree(readTree(file, text), schema);

/** Reads a file and makes of its text what is wanted; what cannot be read is a mistake like any other. Never writes. */
export const checkSource = <Value>(path: string, check: (text: string) => Checked<Value>): Checked<Value> => {
  try {
    return check(readSource(path));
  } catch (thrown) {
    if (thrown instanceof ConfigError) return { mistakes: thrown.mistakes };
    throw thrown;
  }
};

/** Checks a file that has been read against a schema. */
export type Check = <Value>(schema: z.ZodType<Value>) => Checked<Value>;

/** Reads a YAML file once, to be checked against as many schemas as need be. Never writes. */
export const readChecked = (path: string): Check => {
  const read = checkSource(path, (text) => ({ value: readTree(path, text) }));
  return (schema) => ('value' in read ? checkTree(read.value, schema) : read);
};

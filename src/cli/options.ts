import { type ParseArgsConfig, parseArgs } from 'node:util';
import { messageOf, UserError } from '../core/errors.ts';

type Options = NonNullable<ParseArgsConfig['options']>;

export const usageOf = (command: string, what: string): UserError =>
  new UserError('usage', `hindsight ${command}: ${what}; see hindsight ${command.split(' ', 1)[0]} --help`);

const parsed = <const Known extends Options>(
  command: string,
  args: readonly string[],
  options: Known,
  allowPositionals: boolean,
) => {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, strict: true, allowPositionals });
    const empty = Object.entries(values).find(([, value]) => value === '');
    if (empty !== undefined) throw usageOf(command, `--${empty[0]} has no value`);
    return { values, positionals };
  } catch (error) {
    throw error instanceof UserError ? error : usageOf(command, firstSentence(messageOf(error)));
  }
};

/** The options of a command out of its arguments. Throws `UserError` `usage` for what the command does not know. */
export const optionsOf = <const Known extends Options>(command: string, args: readonly string[], options: Known) =>
  parsed(command, args, options, false).values;

/** The same of a command that takes words besides. */
export const optionsAndWords = <const Known extends Options>(
  command: string,
  args: readonly string[],
  options: Known,
) => parsed(command, args, options, true);

/** Node's own words go on over several lines. */
const firstSentence = (text: string): string => text.replace(/\.?(\n.*)?$/s, '');

/** Refuses too few and too many words beside the options. */
export const checkWords = (command: string, given: readonly string[], least: number, most: number): void => {
  if (given.length < least) throw usageOf(command, least === 2 ? 'two names are needed' : 'one word more is needed');
  if (given.length > most)
    throw usageOf(command, `"${given[most]}" is one word too many; quote a name that has spaces`);
};

/** A whole number from a word, within its range. */
export const wholeWord = (command: string, name: string, text: string, min: number, max: number): number => {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= min && value <= max) return value;
  throw new UserError('usage', `hindsight ${command}: ${name} ${text} is not possible; ${min} to ${max} is`);
};

/** The same from an option. */
export const wholeOption = (command: string, name: string, text: string, min: number, max: number): number =>
  wholeWord(command, `--${name}`, text, min, max);

/** An option that the command cannot do without. */
export const required = (command: string, name: string, value: string | undefined): string => {
  if (value !== undefined) return value;
  throw usageOf(command, `--${name} is missing`);
};

/** Which rig is wished for. */
export const rigOption = (command: string, rig: string): 'auto' | 'interface' | 'simulated' => {
  if (rig === 'auto' || rig === 'interface' || rig === 'simulated') return rig;
  throw new UserError('usage', `hindsight ${command}: --rig ${rig} is not possible; auto, interface or simulated is`);
};

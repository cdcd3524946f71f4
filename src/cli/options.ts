import { type ParseArgsConfig, parseArgs } from 'node:util';
import { messageOf, UserError } from '../core/errors.ts';

/** The options of a command out of its arguments. Throws `UserError` `usage` for what the command does not know. */
export const optionsOf = <const Options extends NonNullable<ParseArgsConfig['options']>>(
  command: string,
  args: readonly string[],
  options: Options,
) => {
  const usage = (what: string): UserError =>
    new UserError('usage', `hindsight ${command}: ${what}; see hindsight ${command} --help`);
  try {
    const { values } = parseArgs({ args: [...args], options, strict: true, allowPositionals: false });
    const empty = Object.entries(values).find(([, value]) => value === '');
    if (empty !== undefined) throw usage(`--${empty[0]} has no value`);
    return values;
  } catch (error) {
    throw error instanceof UserError ? error : usage(firstSentence(messageOf(error)));
  }
};

/** Node's own words go on over several lines. */
const firstSentence = (text: string): string => text.replace(/\.?(\n.*)?$/s, '');

/** A whole number from an option, within its range. */
export const wholeOption = (command: string, name: string, text: string, min: number, max: number): number => {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= min && value <= max) return value;
  throw new UserError('usage', `hindsight ${command}: --${name} ${text} is not possible; ${min} to ${max} is`);
};

/** An option that the command cannot do without. */
export const required = (command: string, name: string, value: string | undefined): string => {
  if (value !== undefined) return value;
  throw new UserError('usage', `hindsight ${command}: --${name} is missing; see hindsight ${command} --help`);
};

/** Which rig is wished for. */
export const rigOption = (command: string, rig: string): 'auto' | 'simulated' => {
  if (rig === 'auto' || rig === 'simulated') return rig;
  throw new UserError('usage', `hindsight ${command}: --rig ${rig} is not possible; auto or simulated is`);
};

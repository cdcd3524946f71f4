import { UserError } from '../core/errors.ts';

export type Path = readonly (string | number)[];

/**
 * What is wrong with a file and where: line and column count from 1, both are 0 where the file as a whole is meant.
 * `path` is the key in words (`audio.inputChannels[0]`), empty where no key is meant. `code` is stable, `text` is not.
 */
export type Mistake = {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly path: string;
  readonly code: string;
  readonly text: string;
};

/** All mistakes of one loading, told in one message with a line for each. */
export class ConfigError extends UserError {
  readonly mistakes: readonly Mistake[];

  constructor(mistakes: readonly Mistake[]) {
    super('config', mistakes.map(mistakeText).join('\n'));
    this.mistakes = mistakes;
  }
}

/** A mistake in a line: its place, its key, and the words. */
export const mistakeText = ({ file, line, column, path, text }: Mistake): string => {
  const place = line === 0 ? file : `${file}:${line}:${column}`;
  return path === '' ? `${place}: ${text}` : `${place} ${path}: ${text}`;
};

/** A mistake of the file as a whole. */
export const fileMistake = (file: string, code: string, text: string): Mistake => ({
  file,
  line: 0,
  column: 0,
  path: '',
  code,
  text,
});

/** Keys that would break the line or the path are quoted; very long ones are cut. */
const keyText = (key: string): string => {
  const short = key.length > 40 ? `${key.slice(0, 40)}...` : key;
  return /^[^\s."'`[\]\p{C}]+$/u.test(short) ? short : JSON.stringify(short);
};

export const pathText = (path: Path): string =>
  path.map((step, at) => (typeof step === 'number' ? `[${step}]` : `${at === 0 ? '' : '.'}${keyText(step)}`)).join('');

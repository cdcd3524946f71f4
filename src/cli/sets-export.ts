import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { exportSet as compose } from '../compose/export.ts';
import { errnoOf, messageOf, UserError } from '../core/errors.ts';
import { workAt } from './backstage.ts';
import { type ExitCode, exitCodes, stopSignals } from './exit.ts';
import { checkWords, optionsAndWords, required, wholeOption } from './options.ts';
import { showProgress } from './progress.ts';

const mostPasses = 64;

/** Where the sets of the looper are that is asked, which may be another one's than ours, once all of them is on disk; undefined where it failed. */
const folderOfSets = async (config: string | undefined): Promise<string | undefined> => {
  const lines: string[] = [];
  const listen = (line: string): void => void lines.push(line);
  const code = await workAt('sets', { ask: 'sets', act: 'flush' }, config, 'simulated', listen);
  return code === exitCodes.done ? lines.at(-1) : undefined;
};

/** Where the tape lies for a while is nobody's business. */
const writeTape = async (path: string, config: string | undefined): Promise<boolean> =>
  (await workAt('sets', { ask: 'sets', act: 'tape', path }, config, 'simulated', () => undefined)) === exitCodes.done;

/** From now on a signal to stop ends the export at its next step, so that nothing is left behind. */
const stoppable = (): ((share: number) => void) => {
  let by: string | undefined;
  for (const signal of stopSignals) {
    process.once(signal, () => {
      by = signal;
    });
  }
  return (share) => {
    if (by !== undefined) throw new Error(`hindsight sets export: stopped by ${by}; nothing was written`);
    showProgress('exporting', share);
  };
};

/** Writes a set as a ZIP, in this process, so that the looper that runs does not feel it. */
export const exportSet = async (args: readonly string[]): Promise<ExitCode> => {
  const command = 'sets export';
  const { values, positionals } = optionsAndWords(command, args, {
    output: { type: 'string' },
    passes: { type: 'string', default: '2' },
    tape: { type: 'boolean', default: false },
    config: { type: 'string' },
  });
  checkWords(command, positionals, 0, 1);
  const [name] = positionals;
  const output = resolve(required(command, 'output', values.output));
  const passes = wholeOption(command, 'passes', values.passes, 1, mostPasses);
  const folder = await folderOfSets(values.config);
  if (folder === undefined) return exitCodes.failed;
  checkReadable(folder);
  // The tape has to lie somewhere with room, as the ZIP has.
  const work = values.tape ? workFolder(output) : undefined;
  try {
    const tape = work && join(work, 'tape.wav');
    if (tape !== undefined && !(await writeTape(tape, values.config))) return exitCodes.failed;
    const names = await compose({ folder, name, output, passes, tape, onProgress: stoppable() });
    process.stdout.write(`${output}: ${names.join(', ')}\n`);
    return exitCodes.done;
  } finally {
    if (work !== undefined) rmSync(work, { recursive: true, force: true });
  }
};

/** Sets are their owner's own; a service's are the service's. */
const checkReadable = (folder: string): void => {
  try {
    accessSync(folder, constants.R_OK | constants.X_OK);
  } catch (error) {
    if (errnoOf(error) !== 'EACCES') return;
    throw new UserError(
      'not-readable',
      `${folder}: is the looper's own; its user and root may read it; put sudo before`,
    );
  }
};

const workFolder = (output: string): string => {
  try {
    return mkdtempSync(join(dirname(output), '.hindsight-tape-'));
  } catch (error) {
    throw new UserError(
      'folder-missing',
      `${output}: its folder cannot be written to (${messageOf(error)}); choose another`,
    );
  }
};

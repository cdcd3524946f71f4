import { homedir, userInfo } from 'node:os';
import { catalogue } from '../bench/catalogue.ts';
import { measureAll } from '../bench/report.ts';
import { askStatus } from '../compose/status.ts';
import { stateFolder } from '../config/state-folder.ts';
import { UserError } from '../core/errors.ts';
import { benchText } from './bench-text.ts';
import { type ExitCode, exitCodes, stopSignals } from './exit.ts';
import { optionsOf, usageOf } from './options.ts';

export const benchHelp = `hindsight bench [--only NAME[,NAME]] [--quick] [--json] [--folder FOLDER]

Measures how good this machine is for the looper, within two minutes: what blocks and loops cost and
how many it carries, how late a stomp is, how exact a loop is, what is allocated, start, memory,
front ends, sets. No interface and no controller takes part: the device is simulated, or there is
none, and each figure says so. For a while all cores are busy, so it is refused while a looper runs.
Each measurement is a process of its own; all files are in one folder, which is removed afterwards,
also on Ctrl-C.

  --only NAMES       only these: blocks, capacity, commit, allocation, worker, alignment, seam,
                     stomp-idle, stomp-busy, start, memory, hours, fan-out, sets
  --quick            the short form: fewer sizes and repetitions, a set of 50 MB instead of 500 MB
  --json             as JSON, with what each figure means
  --folder FOLDER    a folder that is there, where its files are meanwhile, on the disk to be
                     measured; without it the folder in which sets are kept

Exit codes: 0 all was measured, or skipped for a reason that is told; 1 something failed, or it was
stopped; 2 a mistake in what was asked, or a looper runs.
`;

/** The names that are asked for, in the order of the catalogue. Throws `UserError` `usage` for one that there is not. */
export const namesOf = (only: string | undefined): readonly string[] => {
  const known = [...catalogue.keys()];
  if (only === undefined) return known;
  const wanted = only.split(',').map((name) => name.trim());
  const unknown = wanted.find((name) => !catalogue.has(name));
  if (unknown !== undefined)
    throw usageOf('bench', `--only: there is no measurement "${unknown}"; there are ${known.join(', ')}`);
  return known.filter((name) => wanted.includes(name));
};

/** Busy cores and a show do not go together. */
const refuseBesideLooper = async (): Promise<void> => {
  if ((await askStatus(userInfo().uid)) === undefined) return;
  throw new UserError(
    'looper-runs',
    'hindsight bench: a looper runs on this machine, which all cores busy would disturb; end it first, as a service: sudo systemctl stop hindsight',
  );
};

/** On a terminal one line that is written over, elsewhere a line for each. */
const tellBegin = (name: string, done: number, all: number): void => {
  const text = `bench: ${name}, ${done + 1} of ${all}`;
  process.stderr.write(process.stderr.isTTY ? `\r\x1b[2K${text}` : `${text}\n`);
};

const tellEnd = (): void => {
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[2K');
};

/** Measures this machine. */
export const bench = async (args: readonly string[]): Promise<ExitCode> => {
  const options = optionsOf('bench', args, {
    only: { type: 'string' },
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    folder: { type: 'string' },
  });
  const names = namesOf(options.only);
  await refuseBesideLooper();
  const stop = new AbortController();
  for (const signal of stopSignals) process.once(signal, () => stop.abort());
  const report = await measureAll({
    ...{ names, quick: options.quick, signal: stop.signal },
    folder: options.folder ?? stateFolder(process.env, homedir()),
    makesFolder: options.folder === undefined,
    onBegin: (name, done) => tellBegin(name, done, names.length),
  });
  tellEnd();
  if (stop.signal.aborted) {
    process.stderr.write('hindsight bench: stopped; nothing is left behind\n');
    return exitCodes.failed;
  }
  process.stdout.write(options.json ? `${JSON.stringify(report, null, 2)}\n` : benchText(report));
  return report.measurements.some(({ state }) => state === 'failed') ? exitCodes.failed : exitCodes.done;
};

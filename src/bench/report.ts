import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { boxText } from '../adapters/machine/this-box.ts';
import { version } from '../compose/version.ts';
import { errnoOf, messageOf, UserError } from '../core/errors.ts';
import type { Outcome } from './measurement.ts';
import { measureApart } from './processes.ts';
import { runAll } from './runner.ts';

/** All that a run has found, and where. */
export type Report = {
  /** Of what is measured, and of node. */
  readonly version: string;
  readonly node: string;
  readonly machine: string;
  /** Processes that wanted a core in the minute before, on average: what else the machine did. */
  readonly load: number;
  /** As ISO 8601. */
  readonly date: string;
  readonly quick: boolean;
  readonly seconds: number;
  readonly measurements: readonly Outcome[];
};

export type ReportRequest = {
  readonly names: readonly string[];
  readonly quick: boolean;
  /** Where the folder is made that all files are in for as long as it lasts. */
  readonly folder: string;
  /** Whether that is made, too, where it is not there: one that somebody named and that is not there is a slip. */
  readonly makesFolder: boolean;
  readonly signal: AbortSignal;
  readonly onBegin: (name: string, done: number) => void;
};

const folderIn = async ({ folder: parent, makesFolder }: ReportRequest): Promise<string> => {
  try {
    if (makesFolder) await mkdir(parent, { recursive: true, mode: 0o700 });
    return await mkdtemp(join(parent, 'bench-'));
  } catch (error) {
    throw new UserError(
      'bench-folder',
      `${parent}: no folder can be made in it (${errnoOf(error) ?? messageOf(error)}); name one that you may write to with --folder`,
    );
  }
};

/** Makes the measurements of these names. A signal that ends it leaves nothing behind; what was measured by then is in the report. */
export const measureAll = async (request: ReportRequest): Promise<Report> => {
  const { names, quick, signal, onBegin } = request;
  const work = await folderIn(request);
  const now = (): number => performance.now() / 1000;
  const began = now();
  try {
    const [date, load, machine] = [new Date().toISOString(), loadavg()[0] ?? 0, await boxText()];
    const measurements = await runAll({
      ...{ names, measure: measureApart(work, quick, signal), onBegin, now, isStopped: () => signal.aborted },
    });
    const node = process.version.slice(1);
    return { version: version(), node, machine, load, date, quick, seconds: now() - began, measurements };
  } finally {
    await rm(work, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
};

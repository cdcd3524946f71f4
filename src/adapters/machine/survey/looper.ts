import { resolve } from 'node:path';
import type { Limits, LooperProcess, Thread } from '../../../core/doctor/survey.ts';
import { textOf } from '../../kernel/text.ts';
import { configFileIn, personBy } from './people.ts';
import { entriesOf, linesOf, linkOf } from './read.ts';

/** The words of a process' command line. */
export const wordsOf = (root: string, pid: number | string): readonly string[] =>
  (textOf(`${root}/proc/${pid}/cmdline`) ?? '').split('\0').filter((word) => word !== '');

/** Node with the program, flags of node's before it; not what has started that, such as sudo or timeout. */
const isLooper = ([program = '', ...words]: readonly string[]): boolean => {
  const [file = '', command] = words.filter((word, at) => at > 0 || !word.startsWith('-'));
  return /(^|\/)node(js)?$/.test(program) && /\/dist\/main\.js$/.test(file) && command === 'run';
};

const limitOf = (lines: readonly string[], name: string): number | undefined => {
  const [, soft] = /^\s+(\S+)/.exec(lines.find((line) => line.startsWith(name))?.slice(name.length) ?? '') ?? [];
  if (soft === 'unlimited') return Number.POSITIVE_INFINITY;
  return soft === undefined ? undefined : Number(soft);
};

/** See proc_pid_limits(5); undefined where they may not be read. */
export const limitsOf = (root: string, pid: number | 'self'): Limits | undefined => {
  const lines = linesOf(`${root}/proc/${pid}/limits`);
  const rtprio = limitOf(lines, 'Max realtime priority');
  const memlockBytes = limitOf(lines, 'Max locked memory');
  return rtprio === undefined || memlockBytes === undefined ? undefined : { rtprio, memlockBytes };
};

/** Of sched(7). */
const policies: Readonly<Record<string, Thread['policy']>> = {
  ...{ 0: 'ordinary', 3: 'ordinary', 5: 'ordinary' },
  ...{ 1: 'fifo', 2: 'rr' },
};

/** Out of proc_pid_stat(5): field 40 is the priority, 41 the policy. The name before the third field may hold blanks and brackets. */
export const threadIn = (stat: string): Thread | undefined => {
  const [open, close] = [stat.indexOf('('), stat.lastIndexOf(')')];
  if (open < 0 || close < open) return undefined;
  const fields = stat.slice(close + 2).split(' ');
  return {
    id: Number.parseInt(stat, 10),
    name: stat.slice(open + 1, close),
    policy: policies[fields[38] ?? ''] ?? 'other',
    priority: Number(fields[37] ?? 0),
  };
};

const threadsOf = (root: string, pid: number): readonly Thread[] =>
  entriesOf(`${root}/proc/${pid}/task`).flatMap((id) => {
    const stat = textOf(`${root}/proc/${pid}/task/${id}/stat`);
    const thread = stat === undefined ? undefined : threadIn(stat);
    return thread === undefined ? [] : [thread];
  });

const numbersAfter = (lines: readonly string[], name: string): readonly number[] =>
  (lines.find((line) => line.startsWith(name)) ?? '')
    .slice(name.length)
    .split(/\s+/)
    .filter((word) => word !== '')
    .map(Number);

/** The settings that a process was started with, counted from the folder that it is in; as they are written where that may not be known. */
const configFileOf = (root: string, pid: number): string | undefined => {
  const file = configFileIn(wordsOf(root, pid));
  const folder = linkOf(`${root}/proc/${pid}/cwd`);
  return file === undefined || folder === undefined ? file : resolve(folder, file);
};

/** The looper that runs: the process that is known to be it, else the first that looks like one. */
export const looperIn = (root: string, known: number | undefined): LooperProcess | undefined => {
  const pids = entriesOf(`${root}/proc`).filter((name) => /^\d+$/.test(name));
  const pid = known ?? Number(pids.find((name) => isLooper(wordsOf(root, name))) ?? Number.NaN);
  const status = linesOf(`${root}/proc/${pid}/status`);
  if (status.length === 0) return undefined;
  const [uid = 0] = numbersAfter(status, 'Uid:');
  const [gid = 0] = numbersAfter(status, 'Gid:');
  return {
    pid,
    isKnown: known !== undefined,
    user: personBy(root, uid, [gid, ...numbersAfter(status, 'Groups:')]),
    limits: limitsOf(root, pid),
    threads: threadsOf(root, pid),
    configFile: configFileOf(root, pid),
  };
};

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { Survey } from '../../../core/doctor/survey.ts';
import { throttlingIn } from '../../../core/health/throttling.ts';
import { KeptFiles } from '../kept-files.ts';
import { powerSource, throttlingAt } from '../power.ts';
import { cardsIn, cardUsersIn } from './cards.ts';
import { limitsOf, looperIn } from './looper.ts';
import { hasGroup, personBy, personIn, serviceIn } from './people.ts';
import { diskOf, uncleanEndOf } from './state.ts';
import { governorsIn, kernelIn, swapsIn } from './system.ts';
import { usbIn } from './usb.ts';

/** Runs a program, and gives what it says; undefined where it is not there, or fails. */
export type Runs = (program: string, ...args: readonly string[]) => Promise<string | undefined>;

export const runs: Runs = (program, ...args) =>
  new Promise((resolve) => {
    execFile(program, args, { timeout: 2000 }, (error, stdout) => resolve(error === null ? stdout : undefined));
  });

/** The package's, see modules-load.d(5). */
const moduleFiles = ['usr/lib', 'lib'].map((folder) => `${folder}/modules-load.d/hindsight.conf`);

export type SurveyParts = {
  /** Below which all files are read; empty for the machine itself. */
  readonly root: string;
  /** Where the looper keeps its sets; undefined where that is not known. */
  readonly stateFolder: (seen: Pick<Survey, 'looper' | 'service' | 'asker'>) => string | undefined;
  /** Who asks: a process' numbers. */
  readonly asker: { readonly uid: number; readonly gids: readonly number[] };
  /** Who became root with sudo, as that says. */
  readonly invoker: string | undefined;
  /** The looper, where it said which process it is. */
  readonly looperPid: number | undefined;
  readonly runs: Runs;
};

/** A file of the kernel where there is one; else the firmware's own tool, which may be there with a kernel that has none. */
const throttlingOf = async ({ root, runs: run }: SurveyParts): Promise<Survey['throttling']> => {
  const files = new KeptFiles();
  try {
    const source = await powerSource(root, files);
    if (source !== undefined) return await throttlingAt(source, files);
  } finally {
    await files.close();
  }
  if (!existsSync(`${root}/dev/vcio`)) return null;
  return throttlingIn((await run('vcgencmd', 'get_throttled')) ?? '') ?? null;
};

/** Looks at a machine and changes nothing on it: no device is opened, and a looper that runs is not disturbed. */
export const survey = async (parts: SurveyParts): Promise<Survey> => {
  const { root, asker, invoker, looperPid } = parts;
  const seen = {
    asker: personBy(root, asker.uid, asker.gids),
    service: serviceIn(root),
    looper: looperIn(root, looperPid),
  };
  const stateFolder = parts.stateFolder(seen);
  const cards = cardsIn(root);
  return {
    ...seen,
    invoker: asker.uid === 0 ? personIn(root, invoker) : undefined,
    isRoot: asker.uid === 0,
    hasAudioGroup: hasGroup(root, 'audio'),
    ownLimits: limitsOf(root, 'self'),
    governors: governorsIn(root),
    throttling: await throttlingOf(parts),
    kernel: kernelIn(root),
    cards,
    ...cardUsersIn(root, cards),
    loadsModules: moduleFiles.some((path) => existsSync(`${root}/${path}`)),
    hasSequencer: existsSync(`${root}/dev/snd/seq`),
    usb: usbIn(root),
    disk: stateFolder === undefined ? undefined : await diskOf(stateFolder),
    swaps: swapsIn(root),
    uncleanEnd: stateFolder === undefined ? undefined : uncleanEndOf(root, stateFolder),
  };
};

import { resolve } from 'node:path';
import { limits } from '../core/session/state.ts';
import type { SetsQuestion } from '../ports/backstage.ts';
import { workAt } from './backstage.ts';
import type { ExitCode } from './exit.ts';
import { checkWords, optionsAndWords, required, usageOf, wholeOption, wholeWord } from './options.ts';
import { exportSet } from './sets-export.ts';

export const setsHelp = `hindsight sets list
hindsight sets save [NAME]
hindsight sets load NAME
hindsight sets new
hindsight sets rename NAME NEW
hindsight sets delete NAME
hindsight sets bin
hindsight sets recover PLACE [NAME]
hindsight sets import FILE.wav --track N [--bars N]
hindsight sets export [NAME] --output FILE.zip [--passes N] [--tape]

What is played is always kept, and is there again after a power cut. A set that is saved stays under
its name whatever is played later.

  list     the saved sets, with their places, by which a pedal may load them
  save     saves what is played now; without a name under that which it has, or a new one
  load     brings a saved set in, at the next bar line; what was there goes into the bin
  new      an empty set; what was there goes into the bin
  rename   gives a saved set another name
  delete   puts a saved set into the bin, which keeps the last 32
  bin      what is in the bin, the newest first
  recover  saves what is at a place of the bin again, under another name or its own
  import   makes a WAV file the loop of an empty track, stopped. Its rate is converted. It has as
           many bars as come nearest, or those of --bars; into an empty set with --bars it brings
           its tempo
  export   writes a ZIP of WAV files: each loop as it sounds, and their mix over N passes of the
           longest (2); with --tape also what is on the tape. Without a name it is what is played
           now

It reaches the looper that runs as this user, and the service by sudo or from the group hindsight.
Where none runs it starts a silent one on the simulated rig, and ends it afterwards.

  --config FILE      settings of that one; without it /etc/hindsight/hindsight.yaml of the
                     package, or config/hindsight.yaml of the sources
`;

const acts = ['list', 'save', 'load', 'new', 'rename', 'delete', 'bin', 'recover', 'import', 'export'] as const;
type Act = (typeof acts)[number];

/** How many words each takes besides. */
const words: Readonly<Record<Exclude<Act, 'export'>, readonly [least: number, most: number]>> = {
  list: [0, 0],
  save: [0, 1],
  load: [1, 1],
  new: [0, 0],
  rename: [2, 2],
  delete: [1, 1],
  bin: [0, 0],
  recover: [1, 2],
  import: [1, 1],
};

const config = { config: { type: 'string' } } as const;

const checkNames = (act: Exclude<Act, 'export'>, given: readonly string[]): void => {
  checkWords(`sets ${act}`, given, ...words[act]);
  if (given.includes('')) throw usageOf(`sets ${act}`, 'an empty word is no name');
};

const ask = (question: SetsQuestion, file: string | undefined): Promise<ExitCode> =>
  workAt('sets', { ask: 'sets', ...question }, file);

const simple = (act: Exclude<Act, 'import' | 'export'>, args: readonly string[]): Promise<ExitCode> => {
  const { values, positionals } = optionsAndWords(`sets ${act}`, args, config);
  checkNames(act, positionals);
  const [name = '', to = ''] = positionals;
  switch (act) {
    case 'list':
    case 'bin':
    case 'new':
      return ask({ act }, values.config);
    case 'save':
      return ask(name === '' ? { act } : { act, name }, values.config);
    case 'load':
    case 'delete':
      return ask({ act, name }, values.config);
    case 'recover': {
      const place = wholeWord('sets recover', 'place', name, 1, 32);
      return ask({ act, place, ...(to !== '' && { name: to }) }, values.config);
    }
    case 'rename':
      return ask({ act, name, to }, values.config);
  }
};

const importFile = (args: readonly string[]): Promise<ExitCode> => {
  const known = { ...config, track: { type: 'string' }, bars: { type: 'string' } } as const;
  const { values, positionals } = optionsAndWords('sets import', args, known);
  checkNames('import', positionals);
  const track = wholeOption('sets import', 'track', required('sets import', 'track', values.track), 1, 64);
  const { min, max } = limits.bars;
  const bars = values.bars === undefined ? undefined : wholeOption('sets import', 'bars', values.bars, min, max);
  const path = resolve(positionals[0] ?? '');
  return ask({ act: 'import', path, track, ...(bars !== undefined && { bars }) }, values.config);
};

/** Does something with the sets, in the looper that runs or in one of its own. */
export const sets = async ([word = '', ...args]: readonly string[]): Promise<ExitCode> => {
  const act = acts.find((known) => known === word);
  if (act === undefined)
    throw usageOf(
      'sets',
      word === '' ? `say what: ${acts.join(', ')}` : `there is no "${word}"; there are ${acts.join(', ')}`,
    );
  if (act === 'import') return importFile(args);
  if (act === 'export') return exportSet(args);
  return simple(act, args);
};

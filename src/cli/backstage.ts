import { homedir, userInfo } from 'node:os';
import { emitKeypressEvents } from 'node:readline';
import { type BackstageWish, openWork } from '../compose/backstage.ts';
import { setsFolder, sparingSettings } from '../compose/sets.ts';
import { stateFolder } from '../config/state-folder.ts';
import { UserError } from '../core/errors.ts';
import type { LearnCommand } from '../core/learn/learn.ts';
import type { Listener, Work } from '../ports/backstage.ts';
import { type ExitCode, exitCodes, stopSignals } from './exit.ts';
import { optionsOf, rigOption } from './options.ts';
import { promised } from './promised.ts';
import { settingsFrom } from './settings.ts';

const common = `It reaches the looper that runs as this user, and the service by sudo or from the group hindsight.
Where none runs it starts a silent one on the simulated rig, with the controllers that are plugged
in, and ends it afterwards.

  --config FILE      settings of that one; without it /etc/hindsight/hindsight.yaml of the
                     package, or config/hindsight.yaml of the sources`;

export const monitorHelp = `hindsight monitor [--config FILE]

Shows what controllers send, what it is bound to, what it did, what was refused, and what was sent
to them, a line each as it happens, until Ctrl-C. The first column is seconds of the machine's
clock.
${common}
`;

export const learnHelp = `hindsight learn [--controller NAME] [--config FILE]

Leads through the controls of a controller that has no profile: press or turn what is to be each.
A short press answers, a hold of a second skips (or undoes, on a control that is learnt), one of two
seconds finishes. The profile is written into your own folder and is in use at once.
On the keyboard: s skips, u undoes, w writes what is learnt so far, q gives up.
${common}
  --controller NAME  which one, as hindsight monitor names it, where there are several
`;

export const calibrateHelp = `hindsight calibrate [--mute] [--rig auto|interface|simulated] [--config FILE]

Measures the round trip from output to input, with which loops are cut: wire an output to an input,
or put a microphone at the speaker, and be quiet for ten seconds. What was found is kept for this
interface, rate, block size, queue and channels, and holds for the loops to come; a picture of it is
written beside. It is refused while tracks play, and where the result would not be sure. Ctrl-C
cancels it.
It reaches the looper that runs as this user, and the service by sudo or from the group hindsight.
Where none runs it starts one of its own, and ends it afterwards.

  --mute             also while tracks play: they go on in silence
  --rig auto         the interface, as in hindsight run (default)
  --rig interface    waits for one that is not plugged in
  --rig simulated    no interface: nothing will be heard
  --config FILE      settings of that one; without it /etc/hindsight/hindsight.yaml of the
                     package, or config/hindsight.yaml of the sources
`;

export const lampsHelp = `hindsight lamps [--controller NAME] [--config FILE]

Tests the lamps of a controller: each colour on all of them, each state of a track as it will be
shown, then each lamp alone. Ctrl-C ends it; the lamps are then as they were.
${common}
  --controller NAME  which one, as hindsight monitor names it; without it all, one after the other
`;

const words: ReadonlyMap<string, LearnCommand> = new Map([
  ['s', 'skip'],
  ['u', 'undo'],
  ['w', 'finish'],
  ['q', 'cancel'],
]);

/** The keyboard of a terminal speaks to who learns. Gives what ends it. */
const keysFor = (say: (word: LearnCommand) => void, onStop: () => void): (() => void) => {
  const { stdin } = process;
  if (!stdin.isTTY) return () => undefined;
  const onKey = (text: string | undefined, key: { readonly ctrl?: boolean; readonly name?: string }): void => {
    const word = words.get(text?.toLowerCase() ?? '');
    if (key.ctrl === true && (key.name === 'c' || key.name === 'd')) onStop();
    else if (word !== undefined) say(word);
  };
  emitKeypressEvents(stdin);
  stdin.setRawMode(true);
  stdin.on('keypress', onKey);
  stdin.resume();
  return () => {
    stdin.off('keypress', onKey);
    stdin.setRawMode(false);
    stdin.pause();
  };
};

/** Does work in the looper that runs, or in one of our own. */
export const workAt = async (
  command: string,
  wish: BackstageWish,
  config: string | undefined,
  rig: 'auto' | 'interface' | 'simulated' = 'simulated',
  onLine: (line: string) => void = (line) => process.stdout.write(`${line}\n`),
): Promise<ExitCode> => {
  const settings = settingsFrom(config);
  let work: Work | undefined;
  const { promise: ended, resolve: end } = promised<ExitCode>();
  const listener: Listener = {
    line: onLine,
    end: (failure) => {
      if (failure !== undefined) process.stderr.write(`hindsight ${command}: ${failure}\n`);
      end(failure === undefined ? exitCodes.done : exitCodes.failed);
    },
  };
  const stop = (): void => (work === undefined ? end(exitCodes.done) : work.stop());
  for (const signal of stopSignals) process.once(signal, stop);
  const state = stateFolder(process.env, homedir());
  const own = {
    ...settings,
    config: quiet(
      wish.ask === 'sets' ? unhurried(sparingSettings(settings.config, setsFolder(state))) : settings.config,
    ),
    rig: { rig, play: undefined, cableFrames: undefined },
    stateFolder: state,
    takesControllers: wish.ask !== 'sets',
    keepsSets: wish.ask === 'sets',
    servesFrontEnds: false,
    onQuit: stop,
    onLost: stop,
  };
  const opened = await openWork(wish, listener, own, userInfo().uid);
  work = opened.work;
  if (opened.where === 'own' && rig === 'simulated' && wish.ask !== 'sets')
    process.stderr.write('no looper runs; this one plays in silence\n');
  const endKeys = wish.ask === 'learn' ? keysFor(work.say, stop) : () => undefined;
  const code = await ended;
  endKeys();
  for (const signal of stopSignals) process.off(signal, stop);
  await opened.close();
  return code;
};

/** A measurement that was stopped has not been made. */
const measured = async (
  mute: boolean,
  config: string | undefined,
  rig: 'auto' | 'interface' | 'simulated',
): Promise<ExitCode> => {
  let isStopped = false;
  for (const signal of stopSignals) {
    process.once(signal, () => {
      isStopped = true;
    });
  }
  const code = await workAt('calibrate', { ask: 'calibrate', mute }, config, rig);
  if (!isStopped || code !== exitCodes.done) return code;
  process.stderr.write('hindsight calibrate: cancelled; all is as it was\n');
  return exitCodes.failed;
};

/** Nobody plays on a looper that only sees to the sets. */
const unhurried = <Settings extends { readonly audio: object }>(config: Settings): Settings => ({
  ...config,
  audio: { ...config.audio, blockFrames: 2048, queueBlocks: 16 },
});

/** The log of a looper of our own would be told among the lines: only what goes wrong is. */
const quiet = <Config extends { readonly log: { readonly level: string } }>(config: Config): Config => ({
  ...config,
  log: { ...config.log, level: 'warn' },
});

export const monitor = async (args: readonly string[]): Promise<ExitCode> => {
  const options = optionsOf('monitor', args, { config: { type: 'string' } });
  return workAt('monitor', { ask: 'monitor' }, options.config);
};

export const calibrate = async (args: readonly string[]): Promise<ExitCode> => {
  const options = optionsOf('calibrate', args, {
    mute: { type: 'boolean', default: false },
    rig: { type: 'string', default: 'auto' },
    config: { type: 'string' },
  });
  return measured(options.mute, options.config, rigOption('calibrate', options.rig));
};

const named =
  (ask: 'learn' | 'lamps') =>
  async (args: readonly string[]): Promise<ExitCode> => {
    const options = optionsOf(ask, args, { controller: { type: 'string' }, config: { type: 'string' } });
    if (options.controller?.trim() === '') throw new UserError('usage', `hindsight ${ask}: --controller has no value`);
    const { controller } = options;
    return workAt(ask, { ask, ...(controller !== undefined && { controller }) }, options.config);
  };

export const learn = named('learn');
export const lamps = named('lamps');

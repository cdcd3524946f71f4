import { closeSync, openSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import { isatty } from 'node:tty';
import { socketPath } from '../compose/backstage.ts';
import { composeLive } from '../compose/live.ts';
import { openNotifier } from '../compose/notifier.ts';
import { stateFolder } from '../config/state-folder.ts';
import { messageOf } from '../core/errors.ts';
import { limits } from '../core/session/state.ts';
import type { Notifier } from '../ports/notifier.ts';
import { type ExitCode, exitCodes, stopSignals } from './exit.ts';
import { optionsOf, rigOption, wholeOption } from './options.ts';
import { promised } from './promised.ts';
import { settingsFrom } from './settings.ts';

export const runHelp = `hindsight run [--rig auto|interface|simulated] [--play FILE.wav] [--cable FRAMES]
              [--config FILE] [--events FILE.jsonl]

Starts the looper and plays until it is told to stop (SIGTERM, Ctrl-C, or q on the keyboard).

  --rig auto       the interface that the config names, waiting for it where it is not plugged in;
                   else the one that is there; else the simulated rig (default)
  --rig interface  as auto, but waits for an interface where there is none, whichever it is: what
                   the service does, which starts before the machine has seen what is plugged in
  --rig simulated  no interface: the clock is real, a riff plays in, nothing sounds
  --play FILE      the simulated rig plays this WAV in, over and over
  --cable FRAMES   the simulated rig's output comes in again this much later, from a block to
                   96000: for trying out hindsight calibrate
  --config FILE    settings; without it /etc/hindsight/hindsight.yaml of the
                   package, or config/hindsight.yaml of the sources
  --events FILE    writes a JSON line for each thing that happens, as render does, in the order in
                   which it becomes known

On a terminal the computer's keyboard is a controller too; its keys are shown at the start.
The log goes to standard error: readable on a terminal, JSON elsewhere.
`;

/** Runs the looper until it is asked to stop or the sound is lost. What keeps it from starting is told to whoever has started it, too. */
export const run = async (args: readonly string[]): Promise<ExitCode> => {
  const notifier = await openNotifier(process.env, (reason) => process.stderr.write(`${reason}\n`));
  try {
    return await play(args, notifier);
  } catch (error) {
    notifier?.status(messageOf(error));
    throw error;
  }
};

const play = async (args: readonly string[], notifier: Notifier | undefined): Promise<ExitCode> => {
  const options = optionsOf('run', args, {
    rig: { type: 'string', default: 'auto' },
    play: { type: 'string' },
    cable: { type: 'string' },
    config: { type: 'string' },
    events: { type: 'string' },
  });
  const rig = rigOption('run', options.rig);
  const { config, source } = settingsFrom(options.config);
  const { blockFrames } = config.audio;
  const cableFrames =
    options.cable === undefined
      ? undefined
      : wholeOption('run', 'cable', options.cable, blockFrames, limits.latencyFrames.max);
  const terminals = [0, 1, 2].filter(isatty);
  const { promise: ended, resolve: end } = promised<ExitCode>();
  for (const signal of stopSignals) process.once(signal, () => end(exitCodes.done));
  const live = await composeLive({
    config,
    source,
    rig: { rig, play: options.play, cableFrames },
    stateFolder: stateFolder(process.env, homedir()),
    takesControllers: true,
    keepsSets: true,
    servesFrontEnds: true,
    backstagePath: socketPath(process.env, userInfo().uid),
    events: options.events,
    terminal:
      process.stdin.isTTY && process.stdout.isTTY ? { input: process.stdin, output: process.stdout } : undefined,
    notifier,
    onQuit: () => end(exitCodes.done),
    onLost: () => end(exitCodes.failed),
  });
  const code = await ended;
  await live.stop();
  for (const terminal of terminals) replace(terminal);
  return code;
};

/**
 * Node resets the terminals that it was started on, and aborts where one has gone (a window closed, a line dropped). The
 * keyboard has been reset already, so it is given something else to look at.
 */
const replace = (terminal: number): void => {
  closeSync(terminal);
  openSync('/dev/null', 'r+');
};

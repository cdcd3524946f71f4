#!/usr/bin/env node
import { type ExitCode, exitCodes } from './cli/exit.ts';
import { messageOf, UserError } from './core/errors.ts';

const help = `hindsight: a looper that was already recording

  hindsight run            start the looper
  hindsight render         play a show from files, exact to the sample
  hindsight sets           save, load, import, export what was played
  hindsight calibrate      measure the latency, so that loops sit on what was played
  hindsight status         tell how the looper that runs fares
  hindsight doctor         tell what this machine lacks, and what to do
  hindsight bench          measure how good this machine is
  hindsight pair           show how a phone reaches the page
  hindsight devices        list audio interfaces, controllers and MIDI ports
  hindsight monitor        show what controllers send, do and are told
  hindsight learn          teach it a controller that it does not know
  hindsight lamps          test the lamps of a controller
  hindsight check-config   tell all mistakes in the settings
  hindsight --version

hindsight COMMAND --help tells more of each.
Exit codes: 0 done; 1 something went wrong, is not well or was stopped; 2 a mistake in what was asked;
3 no looper runs that could be asked (status).
`;

/** An ordinary end takes no longer. */
const exitTimeoutMs = 3000;

type Command = { readonly help: string; readonly act: (args: readonly string[]) => Promise<ExitCode> };

const backstage = (of: (tools: typeof import('./cli/backstage.ts')) => Command): Promise<Command> =>
  import('./cli/backstage.ts').then(of);

/** Each is loaded when it is asked for: none waits for what another one needs. */
const commands: ReadonlyMap<string, () => Promise<Command>> = new Map([
  ['run', () => import('./cli/run.ts').then(({ run, runHelp }) => ({ help: runHelp, act: run }))],
  ['render', () => import('./cli/render.ts').then(({ render, renderHelp }) => ({ help: renderHelp, act: render }))],
  ['sets', () => import('./cli/sets.ts').then(({ sets, setsHelp }) => ({ help: setsHelp, act: sets }))],
  ['calibrate', () => backstage(({ calibrate, calibrateHelp }) => ({ help: calibrateHelp, act: calibrate }))],
  ['status', () => import('./cli/status.ts').then(({ status, statusHelp }) => ({ help: statusHelp, act: status }))],
  ['doctor', () => import('./cli/doctor.ts').then(({ doctor, doctorHelp }) => ({ help: doctorHelp, act: doctor }))],
  ['bench', () => import('./cli/bench.ts').then(({ bench, benchHelp }) => ({ help: benchHelp, act: bench }))],
  ['pair', () => import('./cli/pair.ts').then(({ pair, pairHelp }) => ({ help: pairHelp, act: pair }))],
  [
    'devices',
    () => import('./cli/devices.ts').then(({ devices, devicesHelp }) => ({ help: devicesHelp, act: devices })),
  ],
  ['monitor', () => backstage(({ monitor, monitorHelp }) => ({ help: monitorHelp, act: monitor }))],
  ['learn', () => backstage(({ learn, learnHelp }) => ({ help: learnHelp, act: learn }))],
  ['lamps', () => backstage(({ lamps, lampsHelp }) => ({ help: lampsHelp, act: lamps }))],
  [
    'check-config',
    () =>
      import('./cli/check-config.ts').then(({ checkConfig, checkConfigHelp }) => ({
        help: checkConfigHelp,
        act: checkConfig,
      })),
  ],
]);

const wantsHelp = (args: readonly string[]): boolean => args.some((arg) => arg === '--help' || arg === '-h');

const main = async ([name = '--help', ...args]: readonly string[]): Promise<ExitCode> => {
  const command = await commands.get(name)?.();
  if (command !== undefined && !wantsHelp(args)) return command.act(args);
  if (command !== undefined) process.stdout.write(command.help);
  else if (name === '--version') process.stdout.write(`${(await import('./compose/version.ts')).version()}\n`);
  else if (name === '--help' || name === '-h' || name === 'help') process.stdout.write(help);
  else
    throw new UserError(
      'usage',
      `hindsight: there is no command "${name}"; there are ${[...commands.keys()].join(', ')}; see hindsight --help`,
    );
  return exitCodes.done;
};

/** A reader that has gone is no error of ours; a file that takes no more is. Neither ends the show. */
for (const output of [process.stdout, process.stderr]) {
  output.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') process.exitCode = exitCodes.failed;
  });
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exitCode = error instanceof UserError ? exitCodes.mistake : exitCodes.failed;
}

// A driver whose interface is gone holds its threads for ever, and the process with them: process.exit would wait, too.
setTimeout(() => process.kill(process.pid, 'SIGKILL'), exitTimeoutMs).unref();

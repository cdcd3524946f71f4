#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { calibrate, calibrateHelp, lamps, lampsHelp, learn, learnHelp, monitor, monitorHelp } from './cli/backstage.ts';
import { checkConfig, checkConfigHelp } from './cli/check-config.ts';
import { devices, devicesHelp } from './cli/devices.ts';
import { type ExitCode, exitCodes } from './cli/exit.ts';
import { render, renderHelp } from './cli/render.ts';
import { run, runHelp } from './cli/run.ts';
import { messageOf, UserError } from './core/errors.ts';

const help = `hindsight: a looper that was already recording

  hindsight run            start the looper
  hindsight render         play a show from files, exact to the sample
  hindsight calibrate      measure the latency, so that loops sit on what was played
  hindsight devices        list audio interfaces, controllers and MIDI ports
  hindsight monitor        show what controllers send, do and are told
  hindsight learn          teach it a controller that it does not know
  hindsight lamps          test the lamps of a controller
  hindsight check-config   tell all mistakes in the settings
  hindsight --version

hindsight COMMAND --help tells more of each.
Exit codes: 0 done; 1 something went wrong or was stopped; 2 a mistake in what was asked.
`;

/** An ordinary end takes no longer. */
const exitTimeoutMs = 3000;

type Command = { readonly help: string; readonly act: (args: readonly string[]) => Promise<ExitCode> };

const commands: ReadonlyMap<string, Command> = new Map([
  ['run', { help: runHelp, act: run }],
  ['render', { help: renderHelp, act: render }],
  ['calibrate', { help: calibrateHelp, act: calibrate }],
  ['devices', { help: devicesHelp, act: devices }],
  ['monitor', { help: monitorHelp, act: monitor }],
  ['learn', { help: learnHelp, act: learn }],
  ['lamps', { help: lampsHelp, act: lamps }],
  ['check-config', { help: checkConfigHelp, act: checkConfig }],
]);

const version = (): string =>
  JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version as string;

const wantsHelp = (args: readonly string[]): boolean => args.some((arg) => arg === '--help' || arg === '-h');

const main = async ([name = '--help', ...args]: readonly string[]): Promise<ExitCode> => {
  const command = commands.get(name);
  if (command !== undefined && !wantsHelp(args)) return command.act(args);
  if (command !== undefined) process.stdout.write(command.help);
  else if (name === '--version') process.stdout.write(`${version()}\n`);
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

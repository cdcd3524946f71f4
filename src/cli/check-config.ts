import { type ExitCode, exitCodes } from './exit.ts';
import { optionsOf } from './options.ts';
import { defaultConfigFile, settingsFrom } from './settings.ts';

export const checkConfigHelp = `hindsight check-config [--config FILE]

Reads the settings and the controller profiles, tells all mistakes at once as
FILE:LINE:COLUMN KEY: what is wrong, what is allowed, and changes nothing.

  --config FILE    settings; without it config/hindsight.yaml of the program
`;

export const checkConfig = async (args: readonly string[]): Promise<ExitCode> => {
  const options = optionsOf('check-config', args, { config: { type: 'string' } });
  settingsFrom(options.config);
  process.stdout.write(`${options.config ?? defaultConfigFile() ?? 'defaults'}: all is well\n`);
  return exitCodes.done;
};

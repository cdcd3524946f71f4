import { waitingControls } from '../core/controller/take-back.ts';
import { type ExitCode, exitCodes } from './exit.ts';
import { optionsOf } from './options.ts';
import { defaultConfigFile, settingsFrom, warnOf } from './settings.ts';

export const checkConfigHelp = `hindsight check-config [--config FILE]

Reads the settings and the controller profiles, ours and your own, tells all mistakes at once as
FILE:LINE:COLUMN KEY: what is wrong, what is allowed, and changes nothing. Also tells which
controls cannot act on the press, since a hold or a chord could not take back what it did.

  --config FILE    settings; without it /etc/hindsight/hindsight.yaml of the
                   package, or config/hindsight.yaml of the sources
`;

export const checkConfig = async (args: readonly string[]): Promise<ExitCode> => {
  const options = optionsOf('check-config', args, { config: { type: 'string' } });
  const loaded = settingsFrom(options.config).source.load();
  warnOf(loaded);
  for (const { profile, file } of loaded.profiles) {
    const waiting = waitingControls(profile);
    if (waiting.length === 0) continue;
    process.stdout.write(`${file}: wait for the release, or for a chord that may come: ${waiting.join(', ')}\n`);
  }
  if (loaded.mistakes.length > 0) return exitCodes.mistake;
  process.stdout.write(`${options.config ?? defaultConfigFile() ?? 'defaults'}: all is well\n`);
  return exitCodes.done;
};

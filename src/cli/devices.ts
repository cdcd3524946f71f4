import { listDevices } from '../compose/devices.ts';
import { type ExitCode, exitCodes } from './exit.ts';
import { optionsOf } from './options.ts';
import { settingsFrom, warnOf } from './settings.ts';

export const devicesHelp = `hindsight devices [--config FILE]

Lists the audio interfaces and the MIDI ports that are there now, as the config may name them:
a piece of the name, or the ALSA id such as hw:USB,0. Numbers are no names: they change with
every plug. Of each controller it tells the profile that it gets, why, and what has to be set on it.

  --config FILE    settings; without it /etc/hindsight/hindsight.yaml of the
                   package, or config/hindsight.yaml of the sources
`;

const section = (title: string, lines: readonly string[]): string =>
  `${title}\n${lines.map((line) => `  ${line}\n`).join('')}`;

export const devices = async (args: readonly string[]): Promise<ExitCode> => {
  const options = optionsOf('devices', args, { config: { type: 'string' } });
  const { config, source } = settingsFrom(options.config);
  const loaded = source.load();
  warnOf(loaded);
  const { audio, controllers, midiInputs, midiOutputs } = await listDevices(config, loaded.profiles);
  process.stdout.write(section('audio interfaces', audio));
  process.stdout.write(section('controllers', controllers));
  process.stdout.write(section('MIDI inputs', midiInputs));
  process.stdout.write(section('MIDI outputs', midiOutputs));
  return exitCodes.done;
};

import { listDevices } from '../compose/devices.ts';
import { type ExitCode, exitCodes } from './exit.ts';
import { optionsOf } from './options.ts';

export const devicesHelp = `hindsight devices

Lists the audio interfaces and the MIDI ports that are there now, as the config may name them:
a piece of the name, or the ALSA id such as hw:USB,0. Numbers are no names: they change with
every plug.
`;

const section = (title: string, lines: readonly string[]): string =>
  `${title}\n${lines.map((line) => `  ${line}\n`).join('')}`;

export const devices = async (args: readonly string[]): Promise<ExitCode> => {
  optionsOf('devices', args, {});
  const { audio, midiInputs, midiOutputs } = listDevices();
  process.stdout.write(section('audio interfaces', audio));
  process.stdout.write(section('MIDI inputs', midiInputs));
  process.stdout.write(section('MIDI outputs', midiOutputs));
  return exitCodes.done;
};

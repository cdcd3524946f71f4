import { describe } from '../adapters/audio/choose.ts';
import { hasSoundCard, listInterfaces } from '../adapters/audio/interfaces.ts';
import { listControllers, midiPortNames } from '../adapters/midi/rtmidi-names.ts';
import type { LoadedProfile } from '../config/profiles.ts';
import type { Config } from '../config/schema.ts';
import { messageOf } from '../core/errors.ts';

/** What is there now, a line each, or a line that says why nothing is. */
export type Devices = {
  readonly audio: readonly string[];
  readonly controllers: readonly string[];
  readonly midiInputs: readonly string[];
  readonly midiOutputs: readonly string[];
};

const linesOr = async (
  list: () => readonly string[] | Promise<readonly string[]>,
  none: string,
): Promise<readonly string[]> => {
  try {
    const lines = await list();
    return lines.length > 0 ? lines : [none];
  } catch (error) {
    return [`cannot be listed: ${messageOf(error)}`];
  }
};

type Assigned = ReturnType<typeof listControllers>[number];

const identityOf = ({ usb, usbPath, serial }: Assigned['device']): string =>
  [usb && `USB ${usb}`, usbPath && `at ${usbPath}`, serial && `serial ${serial}`].filter(Boolean).join(' ');

/** A controller with the profile that it gets, and why; and what a person has to set on it. */
const controllerLines = ({ device, chosen, why }: Assigned): readonly string[] => {
  const identity = identityOf(device);
  const head = identity === '' ? device.name : `${device.name} (${identity})`;
  if (chosen === undefined) return [`${head}: no profile; ${why}`];
  const { profile } = chosen;
  const lamps = chosen.output === undefined ? ', no lamps' : '';
  return [
    `${head}: ${profile.name}, ${profile.title}${lamps}; ${why}; facts ${profile.confidence}`,
    ...profile.setUp.map((sentence) => `  to be set on it: ${sentence}`),
  ];
};

/** What the settings say of this computer's own pins: whether anything is wired to them cannot be seen. */
const pinLines = ({ gpio }: Config, profiles: readonly LoadedProfile[]): readonly string[] => {
  if (!gpio.enabled) return [];
  const known = profiles.find(({ profile }) => profile.name === 'gpio');
  const words = [
    ['switches', gpio.switches],
    ['lamps', gpio.lamps],
  ] as const;
  const pins = words
    .map(([what, list]) => [what, list.filter((pin) => pin !== null)] as const)
    .filter(([, list]) => list.length > 0)
    .map(([what, list]) => `${what} on ${list.join(', ')}`);
  const what = known === undefined ? 'no profile; gpio.yaml has mistakes' : `gpio, ${known.profile.title}`;
  return [`pins of ${gpio.chip} (${pins.join('; ')}): ${what}; gpio.enabled in the settings`];
};

/** Pins can be told of without a sequencer. */
const controllersOf = async (config: Config, profiles: readonly LoadedProfile[]): Promise<readonly string[]> => {
  const pins = pinLines(config, profiles);
  const list = () => listControllers(profiles, config.midi.controllers).flatMap(controllerLines);
  return [...pins, ...(await linesOr(list, pins.length > 0 ? 'no other' : 'none'))];
};

const audioLines = async (): Promise<readonly string[]> =>
  hasSoundCard() ? (await listInterfaces()).map(describe) : [];

export const listDevices = async (config: Config, profiles: readonly LoadedProfile[]): Promise<Devices> => ({
  audio: await linesOr(audioLines, 'none: no sound card is there'),
  controllers: await controllersOf(config, profiles),
  midiInputs: await linesOr(() => midiPortNames('input'), 'none'),
  midiOutputs: await linesOr(() => midiPortNames('output'), 'none'),
});

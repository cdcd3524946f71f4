import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import { type Card, entriesOf, identityOf, listCards } from './cards.ts';
import type { AudioInterface } from './choose.ts';

/** What naudiodon tells of a device, as far as it is used here. */
export type PortAudioDevice = {
  readonly id: number;
  readonly name: string;
  readonly maxInputChannels: number;
  readonly maxOutputChannels: number;
};

const askTimeoutMs = 10_000;

/** Whether the kernel knows of any sound card: asked first, since ALSA's library complains at length where there is none. */
export const hasSoundCard = (): boolean => listCards().length > 0;

/** Whether the kernel knows of a card that both records and plays, be it to be had now or not. */
export const hasInterface = (root = ''): boolean =>
  listCards(root).some(({ number }) => {
    const entries = entriesOf(`${root}/proc/asound/card${number}`);
    return ['c', 'p'].every((side) => entries.some((entry) => /^pcm\d+[cp]$/.test(entry) && entry.endsWith(side)));
  });

type Identified = Pick<AudioInterface, 'alsaId' | 'identity' | 'card' | 'usbPath' | 'usb'>;

/** By the card's id as ALSA writes it: `hw:USB,0` for what PortAudio calls `... (hw:1,0)`. */
const identified = ({ name }: PortAudioDevice, cards: readonly Card[]): Identified => {
  const [, number, device] = /\(hw:(\d+),(\d+)\)/.exec(name) ?? [];
  const card = cards.find((one) => one.number === Number(number));
  if (card === undefined) return { alsaId: undefined, identity: name, usb: false };
  return {
    alsaId: `hw:${card.id},${device}`,
    identity: identityOf(card, Number(device)),
    card: card.number,
    usbPath: card.usbPath,
    usb: card.usb !== undefined,
  };
};

/** PortAudio's devices with what the kernel tells of their cards. Pure. */
export const interfacesOf = (devices: readonly PortAudioDevice[], cards: readonly Card[]): readonly AudioInterface[] =>
  devices.map((device) => ({
    id: device.id,
    name: device.name,
    ...identified(device, cards),
    inputs: device.maxInputChannels,
    outputs: device.maxOutputChannels,
  }));

/** Asks PortAudio and prints what it says, or why it cannot be asked. */
const question = `
  try {
    const native = require(process.argv[1]);
    process.stdout.write(JSON.stringify({ devices: native.getDevices() }));
  } catch (error) {
    process.stdout.write(JSON.stringify({ error: error.message }));
  }
`;

const binding = 'naudiodon/build/Release/naudiodon.node';

type Answer = { readonly devices?: readonly PortAudioDevice[]; readonly error?: string };

const bindingFile = (): string => {
  try {
    return createRequire(import.meta.url).resolve(binding);
  } catch {
    throw new Error('it is not built');
  }
};

const ask = async (): Promise<Answer> => {
  const flags = ['--input-type=commonjs', '--eval', question, '--', bindingFile()];
  const { stdout } = await promisify(execFile)(process.execPath, flags, { encoding: 'utf8', timeout: askTimeoutMs });
  return JSON.parse(stdout);
};

/**
 * The interfaces that PortAudio sees now. Rejects where naudiodon is not built. The ids change with every plug.
 * Asked in a process of its own: naudiodon must not be loaded by two threads, PortAudio looks for devices only once,
 * and ALSA's library complains at length about what it tries.
 */
export const listInterfaces = async (): Promise<readonly AudioInterface[]> => {
  const { devices, error } = await ask();
  if (devices === undefined) throw new Error(error ?? 'no answer');
  return interfacesOf(devices, listCards());
};

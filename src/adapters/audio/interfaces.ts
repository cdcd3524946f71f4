import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AudioInterface } from './choose.ts';

type PortAudioDevice = {
  readonly id: number;
  readonly name: string;
  readonly maxInputChannels: number;
  readonly maxOutputChannels: number;
};

const asound = '/proc/asound';
const askTimeoutMs = 10_000;

/** Whether the kernel knows of any sound card: asked first, since ALSA's library complains at length where there is none. */
export const hasSoundCard = (): boolean =>
  existsSync(asound) && readdirSync(asound).some((entry) => /^card\d+$/.test(entry));

const cardFile = (card: string, file: string): string | undefined => {
  const path = `${asound}/card${card}/${file}`;
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : undefined;
};

/** The device's name by its card's id, as ALSA writes it: `hw:USB,0` for what PortAudio calls `... (hw:1,0)`. */
const identified = (device: PortAudioDevice): AudioInterface => {
  const [, card, sub] = /\(hw:(\d+),(\d+)\)/.exec(device.name) ?? [];
  const cardId = card === undefined ? undefined : cardFile(card, 'id');
  return {
    id: device.id,
    name: device.name,
    alsaId: cardId === undefined ? undefined : `hw:${cardId},${sub}`,
    usb: card !== undefined && cardFile(card, 'usbid') !== undefined,
    inputs: device.maxInputChannels,
    outputs: device.maxOutputChannels,
  };
};

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

const ask = (): Answer => {
  const flags = ['--input-type=commonjs', '--eval', question, '--', bindingFile()];
  const quiet = ['ignore', 'pipe', 'ignore'] as const;
  return JSON.parse(
    execFileSync(process.execPath, flags, { encoding: 'utf8', stdio: [...quiet], timeout: askTimeoutMs }),
  );
};

/**
 * The interfaces that PortAudio sees now. Throws where naudiodon is not built. The ids change with every plug.
 * Asked in a process of its own: naudiodon must not be loaded by two threads, PortAudio looks for devices only once,
 * and ALSA's library complains at length about what it tries.
 */
export const listInterfaces = (): readonly AudioInterface[] => {
  const { devices, error } = ask();
  if (devices === undefined) throw new Error(error ?? 'no answer');
  return devices.map(identified);
};

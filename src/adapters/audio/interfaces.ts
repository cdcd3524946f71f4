import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AudioInterface } from './choose.ts';

type PortAudioDevice = {
  readonly id: number;
  readonly name: string;
  readonly maxInputChannels: number;
  readonly maxOutputChannels: number;
  readonly defaultSampleRate: number;
};

const asound = '/proc/asound';

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
    rate: device.defaultSampleRate,
  };
};

/** The interfaces that PortAudio sees now. Throws where naudiodon is not built. Its ids change with every plug. */
export const listInterfaces = (): readonly AudioInterface[] => {
  const native: { getDevices(): readonly PortAudioDevice[] } = createRequire(import.meta.url)(
    'naudiodon/build/Release/naudiodon.node',
  );
  return native.getDevices().map(identified);
};

import { type AudioInterface, chooseInterface, describe, likeliestInterface } from '../adapters/audio/choose.ts';
import { hasSoundCard, listInterfaces } from '../adapters/audio/interfaces.ts';
import { type Channels, stereo } from '../adapters/engine/engine-options.ts';
import { openWav } from '../adapters/files/wav-reader.ts';
import type { Config } from '../config/schema.ts';
import { messageOf, UserError } from '../core/errors.ts';
import type { Rate } from '../core/time/units.ts';
import { riff } from '../engine/devices/riff.ts';
import type { DeviceRequest } from '../engine/protocol.ts';

/** The device to open, the channels to use of it, and how to say so. */
export type Rig = { readonly device: DeviceRequest; readonly channels: Channels; readonly title: string };

export type RigWish = 'auto' | 'simulated';

/** Five minutes: as long as a song that somebody plays to the simulated rig. */
const longestPlaySeconds = 300;

const channelsOf = ({ audio, click }: Config): Channels => ({
  input: audio.inputChannels,
  output: audio.outputChannels,
  click: click.outputChannels,
  monitor: audio.monitorChannels,
});

/** A WAV as the player of the simulated rig. Throws `UserError` when it cannot be. */
const playerFrom = (path: string, rate: Rate): Float32Array => {
  const wav = openWav(path);
  try {
    if (wav.rate !== rate) {
      throw new UserError(
        'wav-rate',
        `${path}: its rate is ${wav.rate} Hz; the rig runs at ${rate} Hz; set audio.rate or convert the file`,
      );
    }
    if (wav.frames > longestPlaySeconds * rate) {
      throw new UserError(
        'wav-long',
        `${path}: lasts ${Math.round(wav.frames / rate)} s; at most ${longestPlaySeconds} s can be played; cut the file`,
      );
    }
    const samples = new Float32Array(wav.frames * 2);
    wav.read(samples, wav.frames);
    return samples;
  } finally {
    wav.close();
  }
};

const simulatedRig = (config: Config, play: string | undefined): Rig => {
  const { rate, blockFrames } = config.audio;
  const samples =
    play === undefined ? riff(rate, config.session.bpm, config.session.beatsPerBar) : playerFrom(play, rate);
  const player = new SharedArrayBuffer(samples.byteLength);
  new Float32Array(player).set(samples);
  return {
    device: { kind: 'simulated', rate, blockFrames, player },
    channels: stereo,
    title: `simulated, ${play === undefined ? 'playing a riff' : `playing ${play}`}`,
  };
};

/** Channels past what the interface has are refused; the default pair shrinks to the one channel of a mono side. */
const fitted = (wanted: readonly number[], has: number, key: string, name: string): readonly number[] => {
  if (has === 1 && wanted.length === 2 && wanted[0] === 1 && wanted[1] === 2) return [1];
  if (Math.max(...wanted) <= has) return wanted;
  throw new UserError(
    'channel-unknown',
    `${key}: channel ${Math.max(...wanted)} is asked of ${name}; it has 1 to ${has}`,
  );
};

const deviceRig = (config: Config, input: AudioInterface, output: AudioInterface): Rig => {
  const { rate, blockFrames } = config.audio;
  const wanted = channelsOf(config);
  const outputs = (channels: readonly number[], key: string): readonly number[] =>
    fitted(channels, output.outputs, key, output.name);
  const title = input.id === output.id ? describe(input) : `${describe(input)}, playing on ${describe(output)}`;
  return {
    device: { kind: 'naudiodon', inputId: input.id, outputId: output.id, rate, blockFrames },
    channels: {
      input: fitted(wanted.input, input.inputs, 'audio.inputChannels', input.name),
      output: outputs(wanted.output, 'audio.outputChannels'),
      click: wanted.click && outputs(wanted.click, 'click.outputChannels'),
      monitor: wanted.monitor && outputs(wanted.monitor, 'audio.monitorChannels'),
    },
    title,
  };
};

/** PortAudio's devices, or why there are none to be had. */
const present = (): readonly AudioInterface[] | string => {
  try {
    return listInterfaces();
  } catch (error) {
    return `naudiodon cannot be loaded: ${messageOf(error)}; run scripts/setup`;
  }
};

const namedRig = (config: Config, device: string, interfaces: readonly AudioInterface[]): Rig => {
  const outputDevice = config.audio.outputDevice ?? device;
  const input = chooseInterface(interfaces, device, ({ inputs }) => inputs > 0, 'audio.device');
  const key = config.audio.outputDevice === null ? 'audio.device' : 'audio.outputDevice';
  return deviceRig(
    config,
    input,
    chooseInterface(interfaces, outputDevice, ({ outputs }) => outputs > 0, key),
  );
};

/** The rig as wished for: the interface that the config names, else the likeliest that is there, else the simulated one. */
export const chooseRig = (config: Config, wish: RigWish, play: string | undefined, say: (why: string) => void): Rig => {
  if (wish === 'simulated' || play !== undefined) return simulatedRig(config, play);
  const { device, outputDevice } = config.audio;
  const named = device ?? outputDevice;
  if (named === null && !hasSoundCard()) {
    say('no sound card is there: the rig is simulated');
    return simulatedRig(config, play);
  }
  const interfaces = present();
  if (typeof interfaces === 'string') {
    if (named !== null)
      throw new UserError('device-unknown', `audio.device: "${named}" cannot be opened; ${interfaces}`);
    say(`${interfaces}; the rig is simulated`);
    return simulatedRig(config, play);
  }
  if (named !== null) return namedRig(config, named, interfaces);
  const likeliest = likeliestInterface(interfaces);
  if (likeliest !== undefined) return deviceRig(config, likeliest, likeliest);
  say('no interface with inputs and outputs is there: the rig is simulated');
  return simulatedRig(config, play);
};

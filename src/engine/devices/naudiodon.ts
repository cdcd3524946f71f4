import { createRequire } from 'node:module';
import { messageOf } from '../../core/errors.ts';
import type { Rate } from '../../core/time/units.ts';
import type { AudioDevice, Mishap, Process } from './device.ts';
import { type Fitted, fitInput, fitOutput } from './fit.ts';

type Side = {
  readonly deviceId: number;
  readonly channelCount: number;
  readonly sampleFormat: 1;
  readonly sampleRate: Rate;
  readonly framesPerBuffer: number;
  readonly maxQueue: number;
  readonly closeOnError: false;
};

/** A block as the driver gave it: `timestamp` in monotonic milliseconds, `status` in PortAudio's flags and `lateFlag`. */
type Read = {
  readonly buf?: Buffer & { readonly timestamp: number };
  readonly finished: boolean;
  readonly status: number;
};

/** naudiodon's native part, mended (scripts/lib/naudiodon.patch): `read` holds a thread of libuv's pool until a block is there. */
type Stream = {
  start(): void;
  read(bytes: number): Promise<Read>;
  push(bytes: Buffer): void;
  quit(how: 'WAIT' | 'ABORT'): Promise<void>;
};

type Device = { readonly id: number; readonly name: string };

type Native = {
  getDevices(): readonly Device[];
  create(options: { inOptions: Side; outOptions: Side }): Stream;
};

/** What is opened: each side by the end of PortAudio's name for it, and the channels that the engine has and the interface has. */
export type NaudiodonRequest = {
  readonly input: string;
  readonly output: string;
  readonly rate: Rate;
  readonly blockFrames: number;
  /** Blocks of silence ahead of the sound. */
  readonly queueBlocks: number;
  readonly inputChannels: number;
  readonly outputChannels: number;
  readonly inputsThere: number;
  readonly outputsThere: number;
};

const bytesPerSample = Float32Array.BYTES_PER_ELEMENT;
const float32 = 1;
/** paInputUnderflow, paInputOverflow, paOutputUnderflow, paOutputOverflow (portaudio.h). The first block says nothing. */
const xrunFlags = 0x0f;
/** Set by the patch: silence was played since the last block, for want of ours. */
const lateFlag = 0x10000;
/** Blocks that wait for a program that is late, so that no input is lost for it. At 64 frames and 48 kHz 2.7 s. */
const waitingBlocks = 2048;
/** PortAudio stops within two of its buffers, also where the interface is gone. What takes longer is given up. */
const closeTimeoutMs = 1000;

/**
 * An ALSA interface through PortAudio. The native binding is used without naudiodon's stream layer: one read in flight, what
 * is played pushed at once, and no crash handler.
 */
export class NaudiodonDevice implements AudioDevice {
  readonly #request: NaudiodonRequest;
  #stream: Stream | undefined;
  #quitting: Promise<void> | undefined;
  #closing = false;
  #ended: Promise<void> = Promise.resolve();

  constructor(request: NaudiodonRequest) {
    this.#request = request;
  }

  async open(process: Process, onEnd: (reason: string) => void): Promise<void> {
    const { input, output, inputChannels, outputChannels, inputsThere, outputsThere } = this.#request;
    const native: Native = createRequire(import.meta.url)('naudiodon/build/Release/naudiodon.node');
    const devices = native.getDevices();
    const from = fitInput(inputChannels, inputsThere);
    const to = fitOutput(outputChannels, outputsThere);
    const stream = native.create({
      inOptions: this.#side(idOf(devices, input), from.channels),
      outOptions: this.#side(idOf(devices, output), to.channels),
    });
    this.#stream = stream;
    try {
      this.#prime(stream, to.channels);
      stream.start();
    } catch (error) {
      await this.#quit();
      throw error;
    }
    this.#ended = this.#run(stream, process, from, to).then(
      () => {
        if (!this.#closing) onEnd('the interface stopped');
      },
      (error: unknown) => onEnd(messageOf(error)),
    );
  }

  async close(): Promise<void> {
    this.#closing = true;
    const stopped = Promise.all([this.#quit(), this.#ended]);
    let timer: NodeJS.Timeout | undefined;
    const givenUp = new Promise<never>((_, reject) => {
      timer = setTimeout(reject, closeTimeoutMs, new Error('the driver does not let go of the interface'));
    });
    try {
      await Promise.race([stopped, givenUp]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Once. Not WAIT: that would play out what is queued on an interface that may be gone. */
  #quit(): Promise<void> | undefined {
    this.#quitting ??= this.#stream?.quit('ABORT');
    return this.#quitting;
  }

  #prime(stream: Stream, channels: number): void {
    const { blockFrames, queueBlocks } = this.#request;
    const silence = Buffer.alloc(blockFrames * channels * bytesPerSample);
    for (let block = 0; block < queueBlocks; block += 1) stream.push(silence);
  }

  async #run(stream: Stream, process: Process, from: Fitted, to: Fitted): Promise<void> {
    const { blockFrames, outputChannels } = this.#request;
    const inputBytes = blockFrames * from.channels * bytesPerSample;
    const outputBytes = Buffer.alloc(blockFrames * to.channels * bytesPerSample);
    const played = new Float32Array(outputBytes.buffer, outputBytes.byteOffset, blockFrames * to.channels);
    const output = to.channels === outputChannels ? played : new Float32Array(blockFrames * outputChannels);
    let isFirst = true;
    let reading = stream.read(inputBytes);
    while (!this.#closing) {
      const { buf, finished, status } = await reading;
      if (finished || buf === undefined || this.#closing) return;
      reading = stream.read(inputBytes);
      const heard = new Float32Array(buf.buffer, buf.byteOffset, buf.byteLength / bytesPerSample);
      process(from.fit(heard, blockFrames), output, blockFrames, buf.timestamp, isFirst ? 'none' : mishapOf(status));
      isFirst = false;
      if (output !== played) played.set(to.fit(output, blockFrames));
      stream.push(outputBytes);
    }
  }

  #side(deviceId: number, channelCount: number): Side {
    const { rate, blockFrames } = this.#request;
    return {
      deviceId,
      channelCount,
      sampleFormat: float32,
      sampleRate: rate,
      framesPerBuffer: blockFrames,
      maxQueue: waitingBlocks,
      closeOnError: false,
    };
  }
}

const mishapOf = (status: number): Mishap => {
  if ((status & xrunFlags) !== 0) return 'xrun';
  return (status & lateFlag) === 0 ? 'none' : 'late';
};

/**
 * PortAudio's ids are places in a list that changes with every plug: they are looked up just before they are used. What it cannot open
 * it does not list.
 */
const idOf = (devices: readonly Device[], wanted: string): number => {
  const isCard = wanted.startsWith('(hw:');
  const found = devices.find(({ name }) => (isCard ? name.endsWith(wanted) : name === wanted));
  if (found === undefined) throw new Error(`${wanted} cannot be opened now; does another program have it?`);
  return found.id;
};

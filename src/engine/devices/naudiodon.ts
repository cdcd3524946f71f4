import { createRequire } from 'node:module';
import { messageOf } from '../../core/errors.ts';
import type { Rate } from '../../core/time/units.ts';
import type { AudioDevice, Process } from './device.ts';

type Side = {
  readonly deviceId: number;
  readonly channelCount: number;
  readonly sampleFormat: 1;
  readonly sampleRate: Rate;
  readonly framesPerBuffer: number;
  readonly maxQueue: number;
  readonly closeOnError: false;
};

type Read = { readonly buf?: Buffer; readonly finished: boolean };

/** naudiodon's native part: `read` and `write` each hold a thread of libuv's pool until the driver has come round. */
type Stream = {
  start(): void;
  read(bytes: number): Promise<Read>;
  write(bytes: Buffer): Promise<string | undefined>;
  quit(how: 'WAIT'): Promise<void>;
};

/** What is opened: PortAudio's device ids as they are at this moment, and how many channels of each side. */
type NaudiodonRequest = {
  readonly inputId: number;
  readonly outputId: number;
  readonly rate: Rate;
  readonly blockFrames: number;
  readonly inputChannels: number;
  readonly outputChannels: number;
};

const bytesPerSample = Float32Array.BYTES_PER_ELEMENT;
const float32 = 1;
/** Blocks of silence ahead of the sound: the driver finds the next block ready while the last one is still computed. */
const primedBlocks = 1;
/** An unplugged interface never comes round: what is still pending then is given up. */
const closeTimeoutMs = 1000;

/**
 * An ALSA interface through PortAudio. The native binding is used without naudiodon's stream layer: one read and one
 * write in flight, no copies but the binding's own, and no crash handler.
 */
export class NaudiodonDevice implements AudioDevice {
  readonly #request: NaudiodonRequest;
  #stream: Stream | undefined;
  #closing = false;
  #ended: Promise<void> = Promise.resolve();

  constructor(request: NaudiodonRequest) {
    this.#request = request;
  }

  async open(process: Process, onEnd: (reason: string) => void): Promise<void> {
    const { inputId, outputId, inputChannels, outputChannels } = this.#request;
    const native: { create(options: { inOptions: Side; outOptions: Side }): Stream } = createRequire(import.meta.url)(
      'naudiodon/build/Release/naudiodon.node',
    );
    const stream = native.create({
      inOptions: this.#side(inputId, inputChannels),
      outOptions: this.#side(outputId, outputChannels),
    });
    this.#stream = stream;
    const silence = Buffer.alloc(this.#request.blockFrames * outputChannels * bytesPerSample);
    for (let block = 0; block < primedBlocks; block += 1) await stream.write(silence);
    stream.start();
    this.#ended = this.#run(stream, process).then(
      () => this.#closing || onEnd('the interface stopped'),
      (error: unknown) => onEnd(messageOf(error)),
    ) as Promise<void>;
  }

  async close(): Promise<void> {
    this.#closing = true;
    const stopped = Promise.all([this.#stream?.quit('WAIT'), this.#ended]);
    let timer: NodeJS.Timeout | undefined;
    const givenUp = new Promise((resolve) => {
      timer = setTimeout(resolve, closeTimeoutMs);
    });
    await Promise.race([stopped, givenUp]);
    clearTimeout(timer);
  }

  async #run(stream: Stream, process: Process): Promise<void> {
    const { blockFrames, inputChannels, outputChannels } = this.#request;
    const inputBytes = blockFrames * inputChannels * bytesPerSample;
    const outputBytes = Buffer.alloc(blockFrames * outputChannels * bytesPerSample);
    const output = new Float32Array(outputBytes.buffer, outputBytes.byteOffset, blockFrames * outputChannels);
    let reading = stream.read(inputBytes);
    let writing: Promise<unknown> = Promise.resolve();
    while (!this.#closing) {
      const { buf, finished } = await reading;
      if (finished || buf === undefined || this.#closing) return;
      reading = stream.read(inputBytes);
      process(new Float32Array(buf.buffer, buf.byteOffset, buf.byteLength / bytesPerSample), output, blockFrames);
      await writing;
      writing = stream.write(outputBytes);
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
      maxQueue: 4,
      closeOnError: false,
    };
  }
}

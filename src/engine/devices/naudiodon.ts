import { createRequire } from 'node:module';
import { messageOf } from '../../core/errors.ts';
import type { Rate } from '../../core/time/units.ts';
import type { AudioDevice, Mishap, Process } from './device.ts';
import { type Fitted, fitInput, fitOutput } from './fit.ts';
import { takingTurns } from './turns.ts';

type Side = {
  readonly deviceId: number;
  readonly channelCount: number;
  readonly sampleFormat: 1;
  readonly sampleRate: Rate;
  readonly framesPerBuffer: number;
  readonly maxQueue: number;
  readonly closeOnError: false;
};

/** naudiodon's native part, mended (scripts/lib/naudiodon.patch): no thread stands between the driver's and this one. */
type Stream = {
  /**
   * Has a function called in this thread for each block. `input` and `output` are where blocks are exchanged, and `told` of each that
   * is taken: monotonic milliseconds, PortAudio's flags and `lateFlag`. Once, before the start.
   */
  listen(onBlock: () => void, input: Buffer, told: Float64Array, output: Buffer): Exchange;
  start(): void;
  /** The driver's thread, 0 before its first block, and this one. */
  threads(): readonly number[];
  quit(how: 'WAIT' | 'ABORT'): Promise<void>;
};

type Exchange = {
  /** Copies the block that waits longest into `input`; false where none waits. */
  take(): boolean;
  /** Plays a copy of `output` when its turn comes. */
  push(): void;
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
/** What else the thread has to do, such as a stop that the player wants since all is too much, comes between that many blocks. */
const blocksAtOnce = 4;
/** PortAudio stops within two of its buffers, also where the interface is gone. What takes longer is given up. */
const closeTimeoutMs = 1000;

/**
 * An ALSA interface through PortAudio. The native binding is used without naudiodon's stream layer: blocks are taken as they
 * come, what is played is pushed at once, nothing is left to V8's collector, and there is no crash handler.
 */
export class NaudiodonDevice implements AudioDevice {
  readonly #request: NaudiodonRequest;
  #stream: Stream | undefined;
  #quitting: Promise<void> | undefined;
  #closing = false;

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
      const takeSome = (): boolean => {
        try {
          return takeBlocks();
        } catch (error) {
          this.#closing = true;
          onEnd(messageOf(error));
          return false;
        }
      };
      const takeBlocks = this.#taking(stream, takingTurns(takeSome), process, from, to);
      stream.start();
    } catch (error) {
      await this.#quit();
      throw error;
    }
  }

  threads(): readonly number[] {
    return this.#stream?.threads() ?? [];
  }

  async close(): Promise<void> {
    this.#closing = true;
    let timer: NodeJS.Timeout | undefined;
    const givenUp = new Promise<never>((_, reject) => {
      timer = setTimeout(reject, closeTimeoutMs, new Error('the driver does not let go of the interface'));
    });
    try {
      await Promise.race([this.#quit(), givenUp]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Once. Not WAIT: that would play out what is queued on an interface that may be gone. */
  #quit(): Promise<void> | undefined {
    this.#quitting ??= this.#stream?.quit('ABORT');
    return this.#quitting;
  }

  /** Listens, with silence ahead of the first block; gives what takes some of the blocks that wait, plays one for each, and says whether there may be more. */
  #taking(stream: Stream, onBlock: () => void, process: Process, from: Fitted, to: Fitted): () => boolean {
    const { blockFrames, queueBlocks, outputChannels } = this.#request;
    const input = Buffer.alloc(blockFrames * from.channels * bytesPerSample);
    const output = Buffer.alloc(blockFrames * to.channels * bytesPerSample);
    const told = new Float64Array(2);
    const { take, push } = stream.listen(onBlock, input, told, output);
    for (let block = 0; block < queueBlocks; block += 1) push();
    const heard = samplesOf(input);
    const played = samplesOf(output);
    const made = to.channels === outputChannels ? played : new Float32Array(blockFrames * outputChannels);
    let isFirst = true;
    return () => {
      for (let block = 0; block < blocksAtOnce; block += 1) {
        if (this.#closing || !take()) return false;
        const mishap = isFirst ? 'none' : mishapOf(told[1] ?? 0);
        process(from.fit(heard, blockFrames), made, blockFrames, told[0] ?? 0, mishap);
        isFirst = false;
        if (made !== played) played.set(to.fit(made, blockFrames));
        push();
      }
      return true;
    };
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

const samplesOf = ({ buffer, byteOffset, byteLength }: Buffer): Float32Array =>
  new Float32Array(buffer, byteOffset, byteLength / bytesPerSample);

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

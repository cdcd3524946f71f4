import type { Frame, Rate } from '../core/time/units.ts';
import { outputPairs } from './output-pairs.ts';
import type { Playhead } from './playhead.ts';
import type { EngineOptions } from './protocol.ts';

/**
 * The shared words. `wanted` is the number of the opening that is to be written for, 0 for none, and `begun` that of the one
 * that is. `claimed` and `written` count the frames since it began, and wrap: up to `claimed` the ring may be in the middle
 * of a write, up to `written` it can be read.
 */
export const words = { wanted: 0, begun: 1, claimed: 2, written: 3 } as const;
const wordBytes = Object.keys(words).length * Int32Array.BYTES_PER_ELEMENT;
const headBytes = wordBytes + Float64Array.BYTES_PER_ELEMENT;

/** A second or more, and a power of 2: so the place in the ring goes on where the count of frames wraps. */
const ringFrames = (rate: Rate): Frame => 2 ** Math.ceil(Math.log2(rate));

/** A ring of the mix in shared memory, interleaved stereo. */
export class SharedMix {
  readonly buffer: SharedArrayBuffer;
  readonly words: Int32Array;
  /** The frame at which what is kept has begun: told before `begun`. */
  readonly origin: Float64Array;
  readonly samples: Float32Array;
  readonly frames: Frame;

  constructor(buffer: SharedArrayBuffer) {
    this.buffer = buffer;
    this.words = new Int32Array(buffer, 0, wordBytes / Int32Array.BYTES_PER_ELEMENT);
    this.origin = new Float64Array(buffer, wordBytes, 1);
    this.samples = new Float32Array(buffer, headBytes);
    this.frames = this.samples.length / 2;
  }

  /** Of a second or more. */
  static bytes(rate: Rate): number {
    return headBytes + ringFrames(rate) * 2 * Float32Array.BYTES_PER_ELEMENT;
  }
}

/**
 * Keeps what goes out while somebody wants it: the sum of all output pairs, each once, brought to [-1, 1]; a pair of one
 * channel goes to both sides. What was never played is silence, so that what is kept has no gap. One writer. Realtime-safe;
 * while nobody wants it, it looks at one word.
 */
export class MixTap {
  readonly #mix: SharedMix;
  readonly #channels: number;
  /** Left and right of each pair. */
  readonly #sources: Int32Array;
  /** The opening that is written for. */
  #opening = 0;
  /** The frame to be written next. */
  #next: Frame = 0;
  #place = 0;

  constructor(mix: SharedMix, outputs: EngineOptions['outputs']) {
    this.#mix = mix;
    this.#channels = outputs.channels;
    this.#sources = Int32Array.from(outputPairs(outputs).flat());
  }

  /** The block that the engine gave up to `playhead`. */
  take(output: Float32Array, frames: number, playhead: Playhead): void {
    if (!this.#isWanted(playhead, frames)) return;
    this.#rest(playhead, frames);
    this.#claim(frames);
    this.#write(output, frames);
    this.#publish(frames);
  }

  /** Nothing was played in the `frames` frames up to `playhead`. */
  pass(frames: number, playhead: Playhead): void {
    if (this.#isWanted(playhead, frames)) this.#rest(playhead, 0);
  }

  #isWanted({ frame }: Playhead, frames: number): boolean {
    const { words: shared, origin } = this.#mix;
    const wanted = Atomics.load(shared, words.wanted);
    if (wanted === 0 || wanted === this.#opening) return wanted !== 0;
    this.#opening = wanted;
    this.#next = frame - frames;
    this.#place = 0;
    origin[0] = frame - frames;
    Atomics.store(shared, words.claimed, 0);
    Atomics.store(shared, words.written, 0);
    Atomics.store(shared, words.begun, wanted);
    return true;
  }

  /** Silence up to so many frames before `playhead`; of more than the ring holds, only the end is written. */
  #rest({ frame }: Playhead, before: number): void {
    const { samples, frames: all } = this.#mix;
    for (let left = frame - before - this.#next; left > 0; ) {
      const frames = Math.min(left, all - this.#place);
      this.#claim(frames);
      if (left - frames < all) samples.fill(0, this.#place * 2, (this.#place + frames) * 2);
      this.#publish(frames);
      left -= frames;
    }
  }

  #claim(frames: number): void {
    // Not a store: the samples must not be seen before it.
    Atomics.add(this.#mix.words, words.claimed, frames);
  }

  #publish(frames: number): void {
    Atomics.add(this.#mix.words, words.written, frames);
    this.#next += frames;
    this.#place = (this.#place + frames) & (this.#mix.frames - 1);
  }

  #write(output: Float32Array, frames: number): void {
    const { samples, frames: all } = this.#mix;
    const sources = this.#sources;
    let to = this.#place;
    for (let frame = 0, from = 0; frame < frames; frame += 1, from += this.#channels) {
      let left = 0;
      let right = 0;
      for (let source = 0; source < sources.length; source += 2) {
        left += output[from + (sources[source] ?? 0)] ?? 0;
        right += output[from + (sources[source + 1] ?? 0)] ?? 0;
      }
      samples[to * 2] = clamped(left);
      samples[to * 2 + 1] = clamped(right);
      to = (to + 1) & (all - 1);
    }
  }
}

const clamped = (sample: number): number => {
  if (sample > 1) return 1;
  if (sample < -1) return -1;
  return sample;
};

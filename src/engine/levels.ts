import { outputPairs } from './output-pairs.ts';
import type { EngineOptions, Pair } from './protocol.ts';

/** As the port `MixWindow` has them. */
type Levels = {
  readonly input: readonly [left: number, right: number];
  readonly output: readonly [left: number, right: number];
};

const places = { inputLeft: 0, inputRight: 1, outputLeft: 2, outputRight: 3 } as const;

/**
 * The highest samples since they were last read, in shared memory: one thread raises them, another one reads and resets
 * them, and none is lost between. They are kept as the bits of a 32-bit float, which compare as integers where none is negative.
 */
export class SharedLevels {
  static readonly bytes = Object.keys(places).length * Int32Array.BYTES_PER_ELEMENT;
  readonly buffer: SharedArrayBuffer;
  readonly #peaks: Int32Array;
  readonly #float = new Float32Array(1);
  readonly #bits = new Int32Array(this.#float.buffer);

  constructor(buffer: SharedArrayBuffer) {
    this.buffer = buffer;
    this.#peaks = new Int32Array(buffer);
  }

  /**
   * Takes in a channel of interleaved samples; what is no finite number counts as silence. Realtime-safe: the peak is handed
   * on through `#float`, since a number that a function returns may be an object.
   */
  raise(place: keyof typeof places, samples: Float32Array, channel: number, channels: number, frames: number): void {
    let high = 0;
    let low = 0;
    for (let at = channel, end = frames * channels; at < end; at += channels) {
      const sample = samples[at] ?? 0;
      if (sample > high && sample - sample === 0) high = sample;
      else if (sample < low && sample - sample === 0) low = sample;
    }
    this.#float[0] = high;
    if (-low > high) this.#float[0] = -low;
    const bits = this.#bits[0] ?? 0;
    const at = places[place];
    let known = Atomics.load(this.#peaks, at);
    while (bits > known) {
      const found = Atomics.compareExchange(this.#peaks, at, known, bits);
      if (found === known) return;
      known = found;
    }
  }

  /** Since the last call. One reader only. */
  read(): Levels {
    return {
      input: [this.#taken('inputLeft'), this.#taken('inputRight')],
      output: [this.#taken('outputLeft'), this.#taken('outputRight')],
    };
  }

  #taken(place: keyof typeof places): number {
    this.#bits[0] = Atomics.exchange(this.#peaks, places[place], 0);
    return this.#float[0] ?? 0;
  }
}

/** Looks at what comes in at the pair that is played, and at what goes out, whichever pair it goes to. */
export class LevelMeter {
  readonly #levels: SharedLevels;
  readonly #inputs: EngineOptions['inputs'];
  readonly #outputChannels: number;
  readonly #outputPairs: readonly Pair[];

  constructor(levels: SharedLevels, { inputs, outputs }: Pick<EngineOptions, 'inputs' | 'outputs'>) {
    this.#levels = levels;
    this.#inputs = inputs;
    this.#outputChannels = outputs.channels;
    this.#outputPairs = outputPairs(outputs);
  }

  /** A block as the engine got and gave it. Realtime-safe. */
  take(input: Float32Array, output: Float32Array, frames: number): void {
    const levels = this.#levels;
    const { channels, pair } = this.#inputs;
    levels.raise('inputLeft', input, pair[0], channels, frames);
    levels.raise('inputRight', input, pair[1], channels, frames);
    for (const [left, right] of this.#outputPairs) {
      levels.raise('outputLeft', output, left, this.#outputChannels, frames);
      levels.raise('outputRight', output, right, this.#outputChannels, frames);
    }
  }
}

import type { Figures } from '../core/sound/figures.ts';

const names = [
  'xruns',
  'framesLost',
  'lateBlocks',
  'interfaceLosses',
  'longestStallMs',
  'worstBlockMs',
  'worstWakeUpMs',
  'worstBlockLatelyMs',
  'computingMs',
  'jitterMs',
  'jitterP99Ms',
  'collections',
  'collectionMs',
  'clippedSamples',
] as const satisfies readonly (keyof Figures)[];

/** The figures in shared memory: written by the audio worker, read by any thread. Each is whole by itself. Realtime-safe. */
export class SharedFigures {
  static readonly bytes = names.length * Float64Array.BYTES_PER_ELEMENT;
  readonly buffer: SharedArrayBuffer;
  readonly #values: Float64Array;

  constructor(buffer: SharedArrayBuffer) {
    this.buffer = buffer;
    this.#values = new Float64Array(buffer);
  }

  add(name: keyof Figures, amount: number): void {
    const at = names.indexOf(name);
    this.#values[at] = (this.#values[at] ?? 0) + amount;
  }

  set(name: keyof Figures, value: number): void {
    this.#values[names.indexOf(name)] = value;
  }

  /** Keeps the greatest. */
  most(name: keyof Figures, value: number): void {
    const at = names.indexOf(name);
    if (value > (this.#values[at] ?? 0)) this.#values[at] = value;
  }

  read(): Figures {
    return Object.fromEntries(names.map((name, at) => [name, this.#values[at] ?? 0])) as Figures;
  }
}

import type { Frame } from '../core/time/units.ts';
import { type SharedMix, words } from './mix-tap.ts';

/** As the port `MixReader` has it. */
type Piece = { readonly frame: Frame; readonly samples: Float32Array };
type Reader = { read(): Piece; close(): void };

const nothing = new Float32Array(0);

/** Where the kept mix is read, on another thread than the one that writes it. One reader at a time: to open it again ends the last one. */
export class MixOutlet {
  readonly #mix: SharedMix;
  #openings = 0;

  constructor(mix: SharedMix) {
    this.#mix = mix;
  }

  /** Has the mix kept from the next block on, until `close`. A reader that is slower than the ring goes on with what is still there. */
  open(): Reader {
    this.#openings += 1;
    const opening = this.#openings;
    const { words: shared } = this.#mix;
    Atomics.store(shared, words.wanted, opening);
    let read: Frame = 0;
    const isOpen = (): boolean => Atomics.load(shared, words.wanted) === opening;
    return {
      read: () => {
        if (!isOpen() || Atomics.load(shared, words.begun) !== opening) return { frame: read, samples: nothing };
        const piece = pieceOf(this.#mix, read);
        read += piece.passed;
        return { frame: piece.frame, samples: piece.samples };
      },
      close: () => {
        if (isOpen()) Atomics.store(shared, words.wanted, 0);
      },
    };
  }
}

/** What can still be had of what was written since the first `read` frames, and how many frames that were. */
const pieceOf = (mix: SharedMix, read: Frame): Piece & { readonly passed: Frame } => {
  const written = Atomics.load(mix.words, words.written);
  const passed = (written - (read | 0)) >>> 0;
  const frames = Math.min(passed, mix.frames);
  const samples = lastOf(mix, read + passed, frames);
  // Not a load: the samples must not be read after it. What may have been overwritten meanwhile is given up.
  const claimed = Atomics.add(mix.words, words.claimed, 0);
  const overtaken = Math.max(0, Math.min(frames, ((claimed - written) >>> 0) + frames - mix.frames));
  const frame = (mix.origin[0] ?? 0) + read + passed - frames + overtaken;
  return { frame, samples: samples.subarray(overtaken * 2), passed };
};

/** A copy of the `frames` frames before `end`, counted since the opening. */
const lastOf = ({ samples, frames: all }: SharedMix, end: Frame, frames: Frame): Float32Array => {
  const copy = new Float32Array(frames * 2);
  const from = (end - frames) % all;
  const untilEnd = Math.min(frames, all - from);
  copy.set(samples.subarray(from * 2, (from + untilEnd) * 2));
  copy.set(samples.subarray(0, (frames - untilEnd) * 2), untilEnd * 2);
  return copy;
};

import type { Millis } from '../../core/time/units.ts';
import type { Heard } from './questions.ts';

type Parts = {
  readonly undrawn: () => readonly number[];
  readonly ask: (loop: number) => Promise<Heard>;
  /** No peaks where a loop cannot be drawn. */
  readonly keep: (loop: number, peaks: readonly number[]) => void;
  readonly pause: (ms: Millis) => Promise<void>;
};

const mostTries = 5;

/** How long a looper that could not answer is left in peace: 1 s, twice as long each time. */
const pauseMs = (tries: number): Millis => 1000 * 2 ** (tries - 1);

/** Asks how loops look, one after the other: a looper with many loops takes only so many questions at a time, and has better to do. */
export class WaveReader {
  readonly #parts: Parts;
  readonly #tries = new Map<number, number>();
  #isReading = false;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** To be called whenever something may be undrawn; without a line it ends until it is called again. */
  async read(): Promise<void> {
    if (this.#isReading) return;
    this.#isReading = true;
    for (let loop = this.#next(); loop !== undefined; loop = this.#next()) {
      const heard = await this.#parts.ask(loop);
      if (heard.type === 'unsent' || heard.type === 'cutOff') break;
      if (heard.type === 'waveform') this.#parts.keep(loop, heard.peaks);
      else if (heard.type === 'refused' && heard.code === 'no-such-loop') this.#parts.keep(loop, []);
      else await this.#failed(loop);
    }
    this.#isReading = false;
  }

  /** Another run of the looper gives the same numbers to other loops. */
  forget(): void {
    this.#tries.clear();
  }

  /** One that fails must not keep the others waiting. */
  #next(): number | undefined {
    const tries = (loop: number): number => this.#tries.get(loop) ?? 0;
    return this.#parts.undrawn().toSorted((a, b) => tries(a) - tries(b))[0];
  }

  async #failed(loop: number): Promise<void> {
    const tries = (this.#tries.get(loop) ?? 0) + 1;
    this.#tries.set(loop, tries);
    if (tries >= mostTries) this.#parts.keep(loop, []);
    else await this.#parts.pause(pauseMs(tries));
  }
}

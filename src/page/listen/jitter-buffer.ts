/** So much is waited for before it sounds: what a wireless line is late by now and then. */
const targetMs = 120;
/** More than so much is never held: what is heard would fall behind further and further. */
const mostMs = 400;

const channels = 2;

/**
 * Interleaved stereo between a line that brings it in fits and starts and a device that takes it evenly. Bounded: the oldest goes when there is too
 * much; silence comes when there is nothing, until there is enough again. `pull` allocates nothing.
 */
export class JitterBuffer {
  readonly #samples: Float32Array;
  readonly #target: number;
  #first = 0;
  #held = 0;
  #isWaiting = true;

  constructor(rate: number) {
    this.#samples = new Float32Array(Math.ceil((mostMs * rate) / 1000) * channels);
    this.#target = Math.ceil((targetMs * rate) / 1000) * channels;
  }

  /** Frames that wait to be heard. */
  get frames(): number {
    return this.#held / channels;
  }

  /** Samples of 16 bits, as they come off the line. */
  push(samples: Int16Array): void {
    const room = this.#samples.length;
    const news = samples.subarray(Math.max(0, samples.length - room));
    const tooMany = this.#held + news.length - room;
    // Back to the target at once: a buffer that stays full would drop something with each message.
    if (tooMany > 0) this.#drop(Math.max(tooMany, this.#held + news.length - this.#target));
    const end = this.#first + this.#held;
    for (let index = 0; index < news.length; index += 1) {
      this.#samples[(end + index) % room] = (news[index] ?? 0) / 32_768;
    }
    this.#held += news.length;
    if (this.#held >= this.#target) this.#isWaiting = false;
  }

  /** Fills both sides; with silence where there is nothing. */
  pull(left: Float32Array, right: Float32Array): void {
    const room = this.#samples.length;
    for (let index = 0; index < left.length; index += 1) {
      if (this.#held < channels) this.#isWaiting = true;
      if (this.#isWaiting) {
        left[index] = 0;
        right[index] = 0;
        continue;
      }
      left[index] = this.#samples[this.#first] ?? 0;
      right[index] = this.#samples[this.#first + 1] ?? 0;
      this.#first = (this.#first + channels) % room;
      this.#held -= channels;
    }
  }

  #drop(samples: number): void {
    const dropped = Math.min(this.#held, samples - (samples % channels));
    this.#first = (this.#first + dropped) % this.#samples.length;
    this.#held -= dropped;
  }
}

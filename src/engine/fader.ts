import type { Frame } from '../core/time/units.ts';

type Bus = { readonly samples: Float32Array };

/**
 * Opens and closes all that sounds within a ramp, so that silence neither begins nor ends with a click. Counts frames, so
 * that block sizes leave no trace. Realtime-safe.
 */
export class Fader {
  readonly #ramp: Frame;
  /** The height in frames, 0 to `#ramp`. */
  #level: Frame;

  constructor(ramp: Frame) {
    this.#ramp = ramp;
    this.#level = ramp;
  }

  /** Silent at once: nothing sounded before. */
  drop(): void {
    this.#level = 0;
  }

  /** Opens over some frames of each interleaved stereo bus: those from `from` on, before `until`. */
  open(buses: readonly Bus[], from: number, until: number): void {
    if (this.#level < this.#ramp) this.#shape(buses, from, until, 1);
  }

  close(buses: readonly Bus[], from: number, until: number): void {
    this.#shape(buses, from, until, -1);
  }

  #shape(buses: readonly Bus[], from: number, until: number, step: 1 | -1): void {
    const { length } = buses;
    for (let index = 0; index < length; index += 1) this.#shapeOne(buses[index]?.samples, from, until, step);
    this.#level = this.#levelAfter(until - from, step);
  }

  #shapeOne(samples: Float32Array | undefined, from: number, until: number, step: 1 | -1): void {
    if (samples === undefined) return;
    for (let frame = from; frame < until; frame += 1) {
      const gain = this.#levelAfter(frame + 1 - from, step) / this.#ramp;
      samples[frame * 2] = (samples[frame * 2] ?? 0) * gain;
      samples[frame * 2 + 1] = (samples[frame * 2 + 1] ?? 0) * gain;
    }
  }

  #levelAfter(frames: Frame, step: 1 | -1): Frame {
    return Math.min(this.#ramp, Math.max(0, this.#level + step * frames));
  }
}

import type { Rate } from '../../core/time/units.ts';
import { monotonicNow } from '../monotonic.ts';
import type { AudioDevice, Process } from './device.ts';

/**
 * A stereo interface without hardware: blocks come at the rate of the real clock, the input is a player's recording over
 * and over, the output goes nowhere. Late timers are made up for, so that no frame is lost.
 */
export class SimulatedDevice implements AudioDevice {
  readonly #rate: Rate;
  readonly #blockFrames: number;
  /** Interleaved stereo. */
  readonly #player: Float32Array;
  readonly #input: Float32Array;
  readonly #output: Float32Array;
  #timer: NodeJS.Timeout | undefined;
  #at = 0;

  constructor(rate: Rate, blockFrames: number, player: Float32Array) {
    this.#rate = rate;
    this.#blockFrames = blockFrames;
    this.#player = player;
    this.#input = new Float32Array(blockFrames * 2);
    this.#output = new Float32Array(blockFrames * 2);
  }

  async open(process: Process): Promise<void> {
    const began = monotonicNow();
    const blockMs = (this.#blockFrames * 1000) / this.#rate;
    let blocks = 0;
    const tick = (): void => {
      while (monotonicNow() - began >= (blocks + 1) * blockMs) {
        this.#play();
        process(this.#input, this.#output, this.#blockFrames);
        blocks += 1;
      }
      this.#timer = setTimeout(tick, began + (blocks + 1) * blockMs - monotonicNow());
    };
    tick();
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer);
  }

  #play(): void {
    const { length } = this.#player;
    for (let index = 0; index < this.#input.length; index += 1) {
      this.#input[index] = this.#player[this.#at] ?? 0;
      this.#at = this.#at + 1 >= length ? 0 : this.#at + 1;
    }
  }
}

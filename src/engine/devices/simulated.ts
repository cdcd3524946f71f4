import type { Rate } from '../../core/time/units.ts';
import { monotonicNow } from '../monotonic.ts';
import type { AudioDevice, Process } from './device.ts';

export type SimulatedRequest = {
  readonly rate: Rate;
  readonly blockFrames: number;
  readonly queueBlocks: number;
  /** Interleaved stereo, played in over and over. */
  readonly player: SharedArrayBuffer;
  /** A cable from the output to the input: what is played comes in this many frames later. Undefined: none. */
  readonly cableFrames: number | undefined;
};

/**
 * A stereo interface without hardware: blocks come at the rate of the real clock, the input is a player's recording and,
 * through a cable, the output. Late timers are made up for, so that no frame is lost; a block that is later than the
 * queue is deep would have been heard as silence, and is told.
 */
export class SimulatedDevice implements AudioDevice {
  readonly #rate: Rate;
  readonly #blockFrames: number;
  readonly #queueBlocks: number;
  readonly #player: Float32Array;
  readonly #input: Float32Array;
  readonly #output: Float32Array;
  /** What is on its way through the cable: a ring. */
  readonly #cable: Float32Array;
  #onCable = 0;
  #timer: NodeJS.Timeout | undefined;
  #at = 0;

  constructor({ rate, blockFrames, queueBlocks, player, cableFrames }: SimulatedRequest) {
    this.#rate = rate;
    this.#blockFrames = blockFrames;
    this.#queueBlocks = queueBlocks;
    this.#player = new Float32Array(player);
    this.#input = new Float32Array(blockFrames * 2);
    this.#output = new Float32Array(blockFrames * 2);
    this.#cable = new Float32Array((cableFrames ?? 0) * 2);
  }

  async open(process: Process): Promise<void> {
    const began = monotonicNow();
    const blockMs = (this.#blockFrames * 1000) / this.#rate;
    let blocks = 0;
    const tick = (): void => {
      for (let now = monotonicNow(); now - began >= (blocks + 1) * blockMs; now = monotonicNow()) {
        const due = began + (blocks + 1) * blockMs;
        this.#play();
        const isLate = now - due > this.#queueBlocks * blockMs;
        process(this.#input, this.#output, this.#blockFrames, due, isLate ? 'late' : 'none');
        this.#send();
        blocks += 1;
      }
      this.#timer = setTimeout(tick, began + (blocks + 1) * blockMs - monotonicNow());
    };
    tick();
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer);
  }

  /** The player's next block, and what comes out of the cable. */
  #play(): void {
    const { length } = this.#player;
    for (let index = 0; index < this.#input.length; index += 1) {
      this.#input[index] = this.#player[this.#at] ?? 0;
      this.#at = this.#at + 1 >= length ? 0 : this.#at + 1;
    }
    this.#alongCable((place, index) => {
      this.#input[index] = (this.#input[index] ?? 0) + (this.#cable[place] ?? 0);
    });
  }

  #send(): void {
    this.#alongCable((place, index) => {
      this.#cable[place] = this.#output[index] ?? 0;
    });
    if (this.#cable.length > 0) this.#onCable = (this.#onCable + this.#output.length) % this.#cable.length;
  }

  #alongCable(at: (place: number, index: number) => void): void {
    if (this.#cable.length === 0) return;
    for (let index = 0; index < this.#output.length; index += 1)
      at((this.#onCable + index) % this.#cable.length, index);
  }
}

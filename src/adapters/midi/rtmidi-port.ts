import { setTimeout as pause } from 'node:timers/promises';
import { Input, Output } from '@julusian/midi/lazy';
import type { SetupMessage } from '../../core/controller/profile.ts';
import type { Clock } from '../../ports/clock.ts';
import type { MidiMessage, MidiPort } from '../../ports/midi-port.ts';
import type { PortWish } from './port-names.ts';

/** A controller as wished for. Its port for lamps may be another one than that for stomps. */
export type ControllerWish = {
  readonly name: string;
  readonly input: PortWish;
  readonly output: PortWish;
  readonly init: readonly SetupMessage[];
  readonly deinit: readonly SetupMessage[];
};

/** The ports of the sequencer that a controller sits on. */
export type Seat = { readonly input: string; readonly output: string | undefined };

/** One controller on RtMidi, seated while it is plugged in. RtMidi tells of no unplugging: the watch does. */
export class RtMidiPort implements MidiPort {
  readonly name: string;
  readonly wish: ControllerWish;
  seat: Seat | undefined;
  readonly #clock: Clock;
  #input: Input | undefined;
  #output: Output | undefined;
  #onMessage: (message: MidiMessage) => void = () => undefined;
  #onConnected: () => void = () => undefined;

  constructor(wish: ControllerWish, clock: Clock) {
    this.name = wish.name;
    this.wish = wish;
    this.#clock = clock;
  }

  onMessage(listener: (message: MidiMessage) => void): void {
    this.#onMessage = listener;
  }

  onConnected(listener: () => void): void {
    this.#onConnected = listener;
  }

  send(bytes: readonly number[]): boolean {
    this.#output?.send([...bytes]);
    return this.#output !== undefined;
  }

  /** Opens the ports and readies the controller. Throws when the sequencer refuses. */
  async sit(seat: Seat): Promise<void> {
    this.seat = seat;
    if (seat.output !== undefined) {
      this.#output = new Output();
      this.#output.openPortByName(seat.output);
    }
    await this.#sendAll(this.wish.init);
    this.#input = new Input();
    this.#input.on('messageBuffer', (_delta, bytes) => this.#onMessage({ bytes: [...bytes], time: this.#clock.now() }));
    this.#input.openPortByName(seat.input);
    this.#onConnected();
  }

  /** Lets go of the ports: destroyed, not only closed, or the sequencer's clients run out. */
  leave(): void {
    this.#input?.destroy();
    this.#output?.destroy();
    this.#input = undefined;
    this.#output = undefined;
    this.seat = undefined;
  }

  /** Leaves the controller as it was found. */
  async close(): Promise<void> {
    await this.#sendAll(this.wish.deinit);
    this.leave();
  }

  async #sendAll(messages: readonly SetupMessage[]): Promise<void> {
    for (const { bytes, waitMs } of messages) {
      this.send(bytes);
      if (waitMs > 0) await pause(waitMs);
    }
  }
}

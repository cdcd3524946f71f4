import type { SetupMessage } from '../../core/controller/profile.ts';
import { messageOf } from '../../core/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { MidiMessage, MidiPort } from '../../ports/midi-port.ts';
import type { PortWish } from './port-names.ts';
import { rtMidiSequencer } from './rtmidi-sequencer.ts';
import type { Seat } from './seat.ts';
import { destroyQuietly, type MidiIn, type MidiOut, type Sequencer } from './sequencer.ts';

/** A controller as wished for. Its port for lamps may be another one than that for stomps. */
export type ControllerWish = {
  readonly name: string;
  readonly input: PortWish;
  readonly output: PortWish;
  readonly init: readonly SetupMessage[];
  readonly deinit: readonly SetupMessage[];
};

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** One controller on RtMidi, seated while it is plugged in. RtMidi tells of no unplugging: the watch does. */
export class RtMidiPort implements MidiPort {
  readonly name: string;
  readonly wish: ControllerWish;
  readonly #clock: Clock;
  readonly #sequencer: Sequencer;
  #seat: Seat | undefined;
  #input: MidiIn | undefined;
  #output: MidiOut | undefined;
  #onMessage: (message: MidiMessage) => void = () => undefined;
  #onConnected: () => void = () => undefined;
  #onLost: (reason: string) => void = () => undefined;

  constructor(wish: ControllerWish, clock: Clock, sequencer: Sequencer = rtMidiSequencer) {
    this.name = wish.name;
    this.wish = wish;
    this.#clock = clock;
    this.#sequencer = sequencer;
  }

  /** Where it sits, or is about to; undefined while it may be seated. */
  get seat(): Seat | undefined {
    return this.#seat;
  }

  onMessage(listener: (message: MidiMessage) => void): void {
    this.#onMessage = listener;
  }

  onConnected(listener: () => void): void {
    this.#onConnected = listener;
  }

  /** Called when it has left its seat of itself, since nothing could be sent. */
  onLost(listener: (reason: string) => void): void {
    this.#onLost = listener;
  }

  send(bytes: readonly number[]): boolean {
    try {
      this.#output?.send([...bytes]);
      return this.#output !== undefined;
    } catch (error) {
      this.leave();
      this.#onLost(messageOf(error));
      return false;
    }
  }

  /**
   * Opens the ports and readies the controller. False when the seat was left meanwhile. Throws when the sequencer
   * refuses; nothing is open then.
   */
  async sit(seat: Seat): Promise<boolean> {
    this.#seat = seat;
    const isOurs = (): boolean => this.#seat === seat;
    try {
      if (seat.output !== undefined) {
        this.#output = this.#sequencer.output();
        this.#output.openPortByName(seat.output);
      }
      await this.#sendAll(this.wish.init, isOurs);
      if (!isOurs()) return false;
      this.#input = this.#sequencer.input();
      this.#input.on('messageBuffer', (_delta, bytes) =>
        this.#onMessage({ bytes: [...bytes], time: this.#clock.now() }),
      );
      this.#input.openPortByName(seat.input);
      this.#onConnected();
      return isOurs();
    } catch (error) {
      if (isOurs()) this.leave();
      throw error;
    }
  }

  /** Lets go of the ports: destroyed, not only closed, or the sequencer's clients run out. Never throws. */
  leave(): void {
    const ends = [this.#input, this.#output];
    this.#input = undefined;
    this.#output = undefined;
    this.#seat = undefined;
    ends.forEach(destroyQuietly);
  }

  /** Leaves the controller as it was found. Throws when it could not be told so; the ports are let go of either way. */
  async close(): Promise<void> {
    this.#seat = undefined;
    try {
      await this.#sendAll(this.wish.deinit, () => true);
    } finally {
      this.leave();
    }
  }

  /** Sends while it may, which others may end during a wait. Throws when the sequencer refuses. */
  async #sendAll(messages: readonly SetupMessage[], may: () => boolean): Promise<void> {
    for (const { bytes, waitMs } of messages) {
      if (!may() || this.#output === undefined) return;
      this.#output.send([...bytes]);
      if (waitMs > 0) await pause(waitMs);
    }
  }
}

import type { Profile, SetupMessage } from '../../core/controller/profile.ts';
import { messageOf } from '../../core/errors.ts';
import type { Millis } from '../../core/time/units.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Logger } from '../../ports/logger.ts';
import type { MidiMessage, MidiPort } from '../../ports/midi-port.ts';
import { Arrivals } from './arrival.ts';
import type { Seat } from './seat.ts';
import { destroyQuietly, type MidiIn, type MidiOut, openNamed, type Sequencer } from './sequencer.ts';
import { Answers, setUp } from './setup.ts';

/** What ports need of the world. */
export type Surroundings = { readonly clock: Clock; readonly log: Logger; readonly sequencer: Sequencer };

/** What a port needs of its profile. */
export type PortProfile = Pick<Profile, 'controls' | 'init' | 'deinit'>;

/** Whether a control of the profile speaks in system exclusive: only then is it let in, since one that does not end fills the memory. */
const speaksSysex = ({ controls }: PortProfile): boolean =>
  controls
    .flatMap(({ on, off }) => (off === undefined ? [on] : [on, off]))
    .some(({ kind }) => kind === 'mmc' || kind === 'sysex');

/** One controller on RtMidi, seated while it is plugged in. RtMidi tells of no unplugging: the watch does. */
export class RtMidiPort implements MidiPort {
  readonly name: string;
  readonly #profile: PortProfile;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #sequencer: Sequencer;
  #seat: Seat | undefined;
  #inputs: readonly MidiIn[] = [];
  #output: MidiOut | undefined;
  /** Set up: what comes is the player's. */
  #isReady = false;
  /** That it takes nothing was told, and is so still. */
  #isTold = false;
  #answers = new Answers();
  #onMessage: (message: MidiMessage) => void = () => undefined;
  #onConnected: () => void = () => undefined;

  constructor(name: string, profile: PortProfile, { clock, log, sequencer }: Surroundings) {
    this.name = name;
    this.#profile = profile;
    this.#clock = clock;
    this.#log = log;
    this.#sequencer = sequencer;
  }

  /** Where it sits, or is about to; undefined while it may be seated. */
  get seat(): Seat | undefined {
    return this.#seat;
  }

  /** Whether it can be played. */
  get isReady(): boolean {
    return this.#isReady;
  }

  onMessage(listener: (message: MidiMessage) => void): void {
    this.#onMessage = listener;
  }

  onConnected(listener: () => void): void {
    this.#onConnected = listener;
  }

  send(bytes: readonly number[]): boolean {
    // Before it is set up its lamps are not ours: all are sent once it is.
    if (!this.#isReady) return false;
    try {
      this.#output?.send([...bytes]);
      if (this.#output === undefined) return false;
      this.#isTold = false;
      return true;
    } catch (error) {
      this.leave();
      if (!this.#isTold) this.#log.warn(`midi: ${this.name} takes nothing (${messageOf(error)}); trying again`);
      this.#isTold = true;
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
      this.#open(seat, isOurs);
      await this.#setUp(this.#profile.init, isOurs);
      if (!isOurs()) return false;
      this.#letSysexIn(speaksSysex(this.#profile));
      this.#isReady = true;
      this.#onConnected();
      return isOurs();
    } catch (error) {
      if (isOurs()) this.leave();
      throw error;
    }
  }

  /** Lets go of the ports: destroyed, not only closed, or the sequencer's clients run out. Never throws. */
  leave(): void {
    const ends = [...this.#inputs, this.#output];
    this.#inputs = [];
    this.#output = undefined;
    this.#seat = undefined;
    this.#isReady = false;
    this.#answers.cancel();
    ends.forEach(destroyQuietly);
  }

  /** Leaves the controller as it was found. Throws when it could not be told so; the ports are let go of either way. */
  async close(): Promise<void> {
    this.#seat = undefined;
    this.#isReady = false;
    this.#answers.cancel();
    try {
      await this.#setUp(this.#profile.deinit, () => this.#seat === undefined);
    } finally {
      this.leave();
    }
  }

  /** Inputs are open before the setup, for its answers. */
  #open(seat: Seat, isOurs: () => boolean): void {
    if (seat.output !== undefined) {
      this.#output = this.#sequencer.output();
      openNamed(this.#output, seat.output);
    }
    for (const name of seat.inputs) {
      const input = this.#sequencer.input();
      this.#inputs = [...this.#inputs, input];
      const arrivals = new Arrivals();
      input.on('messageBuffer', (delta, bytes) => this.#hear(bytes, arrivals.next(delta, this.#clock.now())));
      openNamed(input, name);
      if (!isOurs()) return;
    }
    this.#letSysexIn(this.#profile.init.some(({ expect }) => expect !== undefined));
  }

  #hear(bytes: Uint8Array, time: Millis): void {
    if (this.#isReady) this.#onMessage({ bytes: [...bytes], time });
    else this.#answers.hear([...bytes]);
  }

  /** Clock and active sensing are nothing to a controller. */
  #letSysexIn(isIn: boolean): void {
    for (const input of this.#inputs) input.ignoreTypes(!isIn, true, true);
  }

  /** Sends while it may, which others may end during a wait. Throws when the sequencer refuses. */
  async #setUp(messages: readonly SetupMessage[], may: () => boolean): Promise<void> {
    this.#answers = new Answers();
    await setUp(messages, {
      answers: this.#answers,
      may: () => may() && this.#output !== undefined,
      send: (bytes) => this.#output?.send([...bytes]),
      unanswered: () => this.#log.warn(`midi: ${this.name} does not answer its setup; going on`),
    });
  }
}

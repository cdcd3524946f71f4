import { messageOf } from '../../core/errors.ts';
import type { Logger } from '../../ports/logger.ts';
import { choosePort, withoutNumbers } from './port-names.ts';
import type { RtMidiPort } from './rtmidi-port.ts';
import { rtMidiSequencer } from './rtmidi-sequencer.ts';
import { isThere, type PortNames, plugOf, type Seat } from './seat.ts';
import { destroyQuietly, type MidiIn, type MidiOut, namesOf, type Sequencer } from './sequencer.ts';

const watchMs = 1000;

/** Looks at the sequencer's ports once a second, seats controllers that have come and lets go of those that have gone. */
export class RtMidiWatch {
  readonly #ports: readonly RtMidiPort[];
  readonly #log: Logger;
  readonly #sequencer: Sequencer;
  /** One object of each kind for all looks: each is a client of the sequencer, of which there are few. */
  #inputEye: MidiIn | undefined;
  #outputEye: MidiOut | undefined;
  #timer: NodeJS.Timeout | undefined;
  /** What was complained of, and is so still. */
  readonly #complaints = new Set<string>();
  #closed = false;

  /** Ports are seated in their order: one that takes any controller comes last. */
  constructor(ports: readonly RtMidiPort[], log: Logger, sequencer: Sequencer = rtMidiSequencer) {
    this.#ports = ports;
    this.#log = log;
    this.#sequencer = sequencer;
    for (const port of ports) {
      port.onLost((reason) => log.warn(`midi: ${port.name} takes nothing (${reason}); trying again`));
    }
  }

  /** Looks now, and again each second until closed. A sequencer that is missing is said once and tried again. */
  async open(): Promise<void> {
    try {
      await this.#look();
      this.#complaints.delete('look');
    } catch (error) {
      this.#complain('look', `cannot look for controllers (${messageOf(error)}); trying again each second`);
    }
    if (!this.#closed) this.#timer = setTimeout(() => void this.open(), watchMs);
  }

  /** Leaves each controller as it was found. One that fails keeps nothing else open. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    for (const port of this.#ports) await this.#closePort(port);
    this.#closeEyes();
  }

  async #closePort(port: RtMidiPort): Promise<void> {
    try {
      await port.close();
    } catch (error) {
      this.#log.warn(`midi: ${port.name} cannot be left as it was found (${messageOf(error)})`);
    }
  }

  #closeEyes(): void {
    destroyQuietly(this.#inputEye);
    destroyQuietly(this.#outputEye);
    this.#inputEye = undefined;
    this.#outputEye = undefined;
  }

  async #look(): Promise<void> {
    const names = this.#names();
    if (names === undefined) return;
    for (const port of this.#ports) this.#letGo(port, names);
    for (const port of this.#ports) await this.#trySeat(port, names);
  }

  #names(): PortNames | undefined {
    try {
      this.#sequencer.ready();
      this.#inputEye ??= this.#sequencer.input();
      this.#outputEye ??= this.#sequencer.output();
      const names = { inputs: namesOf(this.#inputEye), outputs: namesOf(this.#outputEye) };
      if (this.#complaints.delete('sequencer')) this.#log.info('midi: the sequencer is there now');
      return names;
    } catch (error) {
      this.#closeEyes();
      this.#complain(
        'sequencer',
        `no sequencer (${messageOf(error)}); trying again each second; load snd-seq, join group audio`,
      );
      return undefined;
    }
  }

  /** Complains once, until the matter is settled. */
  #complain(matter: string, message: string): void {
    if (!this.#complaints.has(matter)) this.#log.warn(`midi: ${message}`);
    this.#complaints.add(matter);
  }

  #letGo(port: RtMidiPort, names: PortNames): void {
    const { seat } = port;
    if (seat === undefined || isThere(seat, names, this.#plugOf(seat))) return;
    port.leave();
    this.#log.warn(`midi: ${port.name} is gone (${withoutNumbers(seat.input)})`);
  }

  async #trySeat(port: RtMidiPort, names: PortNames): Promise<void> {
    if (port.seat !== undefined || this.#closed) return;
    const seat = this.#seatFor(port, names);
    if (seat === undefined) return;
    try {
      if (!(await port.sit(seat))) return;
      const lamps = seat.output === undefined ? ', no lamps' : '';
      this.#log.info(`midi: ${port.name} is ${withoutNumbers(seat.input)}${lamps}`);
      this.#complaints.delete(port.name);
    } catch (error) {
      this.#complain(port.name, `${port.name} cannot be opened (${messageOf(error)}); trying again each second`);
    }
  }

  #seatFor(port: RtMidiPort, { inputs, outputs }: PortNames): Seat | undefined {
    const seats = this.#ports.map(({ seat }) => seat);
    const takenInputs = new Set(seats.flatMap((seat) => seat?.input ?? []));
    const takenOutputs = new Set(seats.flatMap((seat) => seat?.output ?? []));
    const input = choosePort(inputs, port.wish.input, takenInputs);
    if (input === undefined) return undefined;
    const output =
      port.wish.output.patterns.length === 0 && port.wish.output.piece === undefined
        ? outputs.find((name) => name === input && !takenOutputs.has(name))
        : choosePort(outputs, port.wish.output, takenOutputs);
    return { input, output, plug: this.#plugOf({ input, output }) };
  }

  #plugOf(ports: Omit<Seat, 'plug'>): string {
    return plugOf(ports, (card) => this.#sequencer.plugOf(card));
  }
}

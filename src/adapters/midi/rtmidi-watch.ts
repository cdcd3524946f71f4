import { accessSync, constants } from 'node:fs';
import { Input, Output } from '@julusian/midi/lazy';
import { messageOf } from '../../core/errors.ts';
import type { Logger } from '../../ports/logger.ts';
import { choosePort, withoutNumbers } from './port-names.ts';
import type { RtMidiPort, Seat } from './rtmidi-port.ts';

const watchMs = 1000;
/** Looked for before RtMidi is asked, since ALSA's library complains aloud each time. */
const sequencer = '/dev/snd/seq';

type Names = { readonly inputs: readonly string[]; readonly outputs: readonly string[] };

const namesOf = (port: Input | Output): readonly string[] =>
  Array.from({ length: port.getPortCount() }, (_, index) => port.getPortName(index));

/** Looks at the sequencer's ports once a second, seats controllers that have come and lets go of those that have gone. */
export class RtMidiWatch {
  readonly #ports: readonly RtMidiPort[];
  readonly #log: Logger;
  /** One object of each kind for all looks: each is a client of the sequencer, of which there are few. */
  #eyes: { readonly input: Input; readonly output: Output } | undefined;
  #timer: NodeJS.Timeout | undefined;
  #complained = false;
  #closed = false;

  /** Ports are seated in their order: one that takes any controller comes last. */
  constructor(ports: readonly RtMidiPort[], log: Logger) {
    this.#ports = ports;
    this.#log = log;
  }

  /** Looks now, and again each second until closed. A sequencer that is missing is said once and tried again. */
  async open(): Promise<void> {
    await this.#look();
    if (!this.#closed) this.#timer = setTimeout(() => void this.open(), watchMs);
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    for (const port of this.#ports) await port.close();
    this.#eyes?.input.destroy();
    this.#eyes?.output.destroy();
  }

  async #look(): Promise<void> {
    const names = this.#names();
    if (names === undefined) return;
    for (const port of this.#ports) this.#letGo(port, names);
    for (const port of this.#ports) await this.#trySeat(port, names);
  }

  #names(): Names | undefined {
    try {
      accessSync(sequencer, constants.R_OK | constants.W_OK);
      this.#eyes ??= { input: new Input(), output: new Output() };
      const names = { inputs: namesOf(this.#eyes.input), outputs: namesOf(this.#eyes.output) };
      if (this.#complained) this.#log.info('midi: the sequencer is there now');
      this.#complained = false;
      return names;
    } catch (error) {
      if (!this.#complained) {
        this.#log.warn(
          `midi: no sequencer (${messageOf(error)}); trying again each second; load snd-seq, join group audio`,
        );
      }
      this.#complained = true;
      return undefined;
    }
  }

  #letGo(port: RtMidiPort, { inputs, outputs }: Names): void {
    const { seat } = port;
    if (seat === undefined) return;
    if (inputs.includes(seat.input) && (seat.output === undefined || outputs.includes(seat.output))) return;
    port.leave();
    this.#log.warn(`midi: ${port.name} is gone (${withoutNumbers(seat.input)})`);
  }

  async #trySeat(port: RtMidiPort, names: Names): Promise<void> {
    if (port.seat !== undefined || this.#closed) return;
    const seat = this.#seatFor(port, names);
    if (seat === undefined) return;
    try {
      await port.sit(seat);
      const lamps = seat.output === undefined ? ', no lamps' : '';
      this.#log.info(`midi: ${port.name} is ${withoutNumbers(seat.input)}${lamps}`);
    } catch (error) {
      port.leave();
      this.#log.warn(`midi: ${port.name} cannot be opened (${messageOf(error)}); trying again`);
    }
  }

  #seatFor(port: RtMidiPort, { inputs, outputs }: Names): Seat | undefined {
    const seats = this.#ports.map(({ seat }) => seat);
    const takenInputs = new Set(seats.flatMap((seat) => seat?.input ?? []));
    const takenOutputs = new Set(seats.flatMap((seat) => seat?.output ?? []));
    const input = choosePort(inputs, port.wish.input, takenInputs);
    if (input === undefined) return undefined;
    const output =
      port.wish.output.patterns.length === 0 && port.wish.output.piece === undefined
        ? outputs.find((name) => name === input && !takenOutputs.has(name))
        : choosePort(outputs, port.wish.output, takenOutputs);
    return { input, output };
  }
}

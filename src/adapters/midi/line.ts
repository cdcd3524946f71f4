import { messageOf } from '../../core/errors.ts';
import type { Millis } from '../../core/time/units.ts';
import { hasPiece, withoutNumbers } from './port-names.ts';
import type { Surroundings } from './rtmidi-port.ts';
import { isThere, plugOf, type Seat } from './seat.ts';
import { destroyQuietly, type MidiIn, type MidiOut, openNamed, type PortNames } from './sequencer.ts';
import { Troubles } from './troubles.ts';

/** A port that is only sent to, such as one for MIDI clock. It may be a controller's as well. */
export type Outlet = {
  /** As the config has it. */
  readonly name: string;
  /** Sends a complete message at once. Never throws; false while the port is not there. */
  send(bytes: readonly number[]): boolean;
};

export type InletListener = (bytes: readonly number[], time: Millis) => void;

/** Opens an end on a port. Throws when the sequencer refuses; nothing is open then. */
type Open<End> = (name: string) => End;

/** Kept connected to the first port whose name has a piece: for what is no controller. */
export class Line<End extends MidiIn | MidiOut> {
  readonly #piece: string;
  readonly #side: 'input' | 'output';
  readonly #open: Open<End>;
  readonly #surroundings: Surroundings;
  readonly #troubles: Troubles;
  #end: End | undefined;
  #seat: Seat | undefined;

  constructor(piece: string, side: 'input' | 'output', open: Open<End>, surroundings: Surroundings) {
    this.#piece = piece;
    this.#side = side;
    this.#open = open;
    this.#surroundings = surroundings;
    this.#troubles = new Troubles(surroundings.log);
  }

  get end(): End | undefined {
    return this.#end;
  }

  /** Lets go of a port that has gone, and takes one that has come. */
  look(names: PortNames): void {
    const seat = this.#seat;
    if (seat !== undefined && !isThere(seat, names, this.#plugOf(seat))) {
      this.leave();
      this.#troubles.say('there', `the ${this.#side} "${this.#piece}" is gone`);
    }
    if (this.#seat === undefined) this.#sit(names);
  }

  leave(): void {
    destroyQuietly(this.#end);
    this.#end = undefined;
    this.#seat = undefined;
  }

  /** Nothing more can be sent to it. */
  fail(error: unknown): void {
    this.leave();
    this.#troubles.say('open', `the ${this.#side} "${this.#piece}" takes nothing (${messageOf(error)}); trying again`);
  }

  #sit({ inputs, outputs }: PortNames): void {
    const name = (this.#side === 'input' ? inputs : outputs).find((one) => hasPiece(one, this.#piece));
    if (name === undefined) {
      this.#troubles.say('there', `there is no ${this.#side} "${this.#piece}" yet; it is taken when it comes`);
      return;
    }
    const ports = { inputs: this.#side === 'input' ? [name] : [], output: this.#side === 'output' ? name : undefined };
    const seat = { ...ports, plug: this.#plugOf(ports) };
    try {
      this.#end = this.#open(name);
      this.#seat = seat;
      this.#troubles.settle('there');
      this.#troubles.settle('open');
      this.#surroundings.log.info(`midi: the ${this.#side} "${this.#piece}" is ${withoutNumbers(name)}`);
    } catch (error) {
      this.#troubles.say(
        'open',
        `the ${this.#side} "${this.#piece}" cannot be opened (${messageOf(error)}); trying again`,
      );
    }
  }

  #plugOf(ports: Omit<Seat, 'plug'>): string {
    return plugOf(ports, (card) => this.#surroundings.sequencer.plugOf(card));
  }
}

const opened = <End extends MidiIn | MidiOut>(end: End, name: string): End => {
  try {
    openNamed(end, name);
    return end;
  } catch (error) {
    destroyQuietly(end);
    throw error;
  }
};

export const outletLine = (
  piece: string,
  surroundings: Surroundings,
): { readonly line: Line<MidiOut>; readonly outlet: Outlet } => {
  const open = (name: string): MidiOut => opened(surroundings.sequencer.output(), name);
  const line = new Line(piece, 'output', open, surroundings);
  const send = (bytes: readonly number[]): boolean => {
    try {
      line.end?.send([...bytes]);
      return line.end !== undefined;
    } catch (error) {
      line.fail(error);
      return false;
    }
  };
  return { line, outlet: { name: piece, send } };
};

/** Hears all but active sensing. */
export const inletLine = (piece: string, listener: InletListener, surroundings: Surroundings): Line<MidiIn> => {
  const { clock, sequencer } = surroundings;
  const open = (name: string): MidiIn => {
    const input = sequencer.input();
    input.on('messageBuffer', (_delta, bytes) => listener([...bytes], clock.now()));
    input.ignoreTypes(false, false, true);
    return opened(input, name);
  };
  return new Line(piece, 'input', open, surroundings);
};

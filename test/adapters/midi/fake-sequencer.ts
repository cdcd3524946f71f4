import type { MidiIn, MidiOut, Sequencer } from '../../../src/adapters/midi/sequencer.ts';

type Listener = (deltaSeconds: number, bytes: Uint8Array) => void;
type Side = 'input' | 'output';
type Connection = { readonly name: string; readonly plug: number };

/** What a controller's ports are to be, each named with its ALSA numbers. */
type Device = { readonly inputs: readonly string[]; readonly outputs: readonly string[] };

/** One end of the sequencer. It throws on what RtMidi would not survive: use after destroy, a second destroy. */
class FakeEnd implements MidiIn, MidiOut {
  readonly side: Side;
  connection: Connection | undefined;
  destroyed = false;
  #listener: Listener | undefined;
  readonly #sequencer: FakeSequencer;

  constructor(side: Side, sequencer: FakeSequencer) {
    this.side = side;
    this.#sequencer = sequencer;
  }

  getPortCount(): number {
    return this.#names().length;
  }

  getPortName(index: number): string {
    return this.#names()[index] ?? '';
  }

  openPortByName(name: string): void {
    if (this.connection !== undefined) throw new Error('a port is open already');
    if (this.#sequencer.refused.has(name)) throw new Error('the driver refuses');
    if (this.#names().includes(name)) this.connection = { name, plug: this.#sequencer.plugNumber(name) };
  }

  send(bytes: number[]): void {
    if (this.side === 'input') throw new Error('an input sends nothing');
    if (this.destroyed) throw new Error('sent after destroy');
    if (this.#sequencer.mute) throw new Error('the driver takes nothing');
    // As with ALSA nobody is told that a connection is dead.
    if (this.isConnected()) this.#sequencer.received.push([this.connection?.name ?? '', ...bytes]);
  }

  on(_event: 'messageBuffer', listener: Listener): void {
    if (this.#listener !== undefined) throw new Error('messages have a listener already');
    this.#listener = listener;
  }

  destroy(): void {
    if (this.destroyed) throw new Error('destroyed twice');
    this.destroyed = true;
    if (this.#sequencer.clinging) throw new Error('the driver clings');
  }

  /** Whether it is open to the device that is plugged in now, not to one that was. */
  isConnected(): boolean {
    const { connection } = this;
    return (
      connection !== undefined && !this.destroyed && this.#sequencer.plugNumber(connection.name) === connection.plug
    );
  }

  triggerMessage(bytes: readonly number[]): void {
    this.#listener?.(0, Uint8Array.from(bytes));
  }

  #names(): readonly string[] {
    if (this.destroyed) throw new Error('asked after destroy');
    return this.#sequencer.names(this.side);
  }
}

/** A sequencer whose devices are plugged by hand; cards lose their connections at each plug, as with ALSA. */
export class FakeSequencer implements Sequencer {
  /** All that was sent to a device that was there: the name of the port, then the bytes. */
  readonly received: (readonly (string | number)[])[] = [];
  /** Ports that the driver does not open. */
  readonly refused = new Set<string>();
  /** The driver throws at each message that is sent. */
  mute = false;
  /** The driver throws at each destroy, which it does all the same. */
  clinging = false;
  missing: string | undefined;
  readonly #ends: FakeEnd[] = [];
  readonly #plugs = new Map<string, number>();
  #devices: readonly Device[] = [];
  #plugged = 0;

  ready(): void {
    if (this.missing !== undefined) throw new Error(this.missing);
  }

  input(): MidiIn {
    return this.#end('input');
  }

  output(): MidiOut {
    return this.#end('output');
  }

  plugOf(card: number): string {
    const name = [...this.#plugs.keys()].find((key) => key.includes(` ${16 + 4 * card}:`));
    return name === undefined ? '' : String(this.#plugs.get(name));
  }

  plug(...names: readonly string[]): void {
    this.plugDevice({ inputs: names, outputs: names });
  }

  plugDevice(device: Device): void {
    this.#plugged += 1;
    for (const name of [...device.inputs, ...device.outputs]) this.#plugs.set(name, this.#plugged);
    this.#devices = [...this.#devices, device];
  }

  unplug(...names: readonly string[]): void {
    if (!names.every((name) => this.#plugs.delete(name))) throw new Error(`not plugged in: ${names.join(', ')}`);
    this.#devices = this.#devices.filter(
      ({ inputs, outputs }) => ![...inputs, ...outputs].some((n) => names.includes(n)),
    );
  }

  names(side: Side): readonly string[] {
    return this.#devices.flatMap(({ inputs, outputs }) => (side === 'input' ? inputs : outputs));
  }

  plugNumber(name: string): number {
    return this.#plugs.get(name) ?? 0;
  }

  /** A device sends; whoever is connected to it gets it. */
  triggerMessage(name: string, bytes: readonly number[]): void {
    for (const end of this.#ends) {
      if (end.side === 'input' && end.connection?.name === name && end.isConnected()) end.triggerMessage(bytes);
    }
  }

  /** What was received since the last call. */
  take(): readonly (readonly (string | number)[])[] {
    return this.received.splice(0);
  }

  /** How many clients of the sequencer there are. */
  clients(): number {
    return this.#ends.filter(({ destroyed }) => !destroyed).length;
  }

  /** How many clients there have been. */
  made(): number {
    return this.#ends.length;
  }

  #end(side: Side): FakeEnd {
    this.ready();
    const end = new FakeEnd(side, this);
    this.#ends.push(end);
    return end;
  }
}

import type { UsbFacts } from '../../../src/adapters/kernel/usb-facts.ts';
import type { MidiIn, MidiOut, Sequencer } from '../../../src/adapters/midi/sequencer.ts';

type Listener = (deltaSeconds: number, bytes: Uint8Array) => void;
type Side = 'input' | 'output';
type Connection = { readonly name: string; readonly plug: number };

/** What a controller's ports are to be, each named with its ALSA numbers. */
type Device = { readonly inputs: readonly string[]; readonly outputs: readonly string[]; readonly usb?: UsbFacts };

/** The kinds of messages that an input passes over until it is told otherwise, by their first bytes. */
type Ignored = { readonly sysex: boolean; readonly timing: boolean; readonly activeSensing: boolean };

const isIgnored = (status: number | undefined, { sysex, timing, activeSensing }: Ignored): boolean => {
  if (status === 0xf0) return sysex;
  if (status === 0xf1 || status === 0xf8) return timing;
  return status === 0xfe && activeSensing;
};

/** One end of the sequencer. It throws on what RtMidi would not survive: use after destroy, a second destroy. */
class FakeEnd implements MidiIn, MidiOut {
  readonly side: Side;
  connection: Connection | undefined;
  destroyed = false;
  #listener: Listener | undefined;
  #ignored: Ignored = { sysex: true, timing: true, activeSensing: true };
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
    if (this.#sequencer.vanishing.has(name) || !this.#names().includes(name)) return;
    this.connection = { name, plug: this.#sequencer.plugNumber(name) };
  }

  isPortOpen(): boolean {
    return this.connection !== undefined;
  }

  ignoreTypes(sysex: boolean, timing: boolean, activeSensing: boolean): void {
    this.#ignored = { sysex, timing, activeSensing };
  }

  send(bytes: number[]): void {
    if (this.side === 'input') throw new Error('an input sends nothing');
    if (this.destroyed) throw new Error('sent after destroy');
    if (this.#sequencer.mute) throw new Error('the driver takes nothing');
    // As with ALSA nobody is told that a connection is dead.
    if (this.connection !== undefined && this.isConnected()) this.#sequencer.deliver(this.connection.name, bytes);
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

  triggerMessage(bytes: readonly number[], deltaSeconds: number): void {
    if (!isIgnored(bytes[0], this.#ignored)) this.#listener?.(deltaSeconds, Uint8Array.from(bytes));
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
  /** Ports that are listed, but are gone when they are opened. */
  readonly vanishing = new Set<string>();
  /** Cards that are being pulled out: their ports are there still, and nothing else of them. Undefined: no card can be known. */
  going: ReadonlySet<number> | undefined = new Set();
  /** What a device does when something is sent to it. */
  onReceived: (name: string, bytes: readonly number[]) => void = () => undefined;
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
    if (this.#isUnknown(card)) return '';
    const name = [...this.#plugs.keys()].find((key) => key.includes(` ${16 + 4 * card}:`));
    return name === undefined ? '' : String(this.#plugs.get(name));
  }

  usbOf(card: number): UsbFacts {
    if (this.#isUnknown(card)) return {};
    const isOn = (name: string): boolean => name.includes(` ${16 + 4 * card}:`);
    return this.#devices.find(({ inputs, outputs }) => [...inputs, ...outputs].some(isOn))?.usb ?? {};
  }

  plug(...names: readonly string[]): void {
    this.plugDevice({ inputs: names, outputs: names });
  }

  /** A device on USB, with the same ports both ways. */
  plugUsb(usb: UsbFacts, ...names: readonly string[]): void {
    this.plugDevice({ inputs: names, outputs: names, usb });
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

  deliver(name: string, bytes: readonly number[]): void {
    this.received.push([name, ...bytes]);
    this.onReceived(name, bytes);
  }

  /** A device sends; whoever is connected to it gets it. */
  triggerMessage(name: string, bytes: readonly number[], deltaSeconds = 0): void {
    for (const end of this.#ends) {
      if (end.side === 'input' && end.connection?.name === name && end.isConnected())
        end.triggerMessage(bytes, deltaSeconds);
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

  #isUnknown(card: number): boolean {
    return this.going?.has(card) ?? true;
  }

  #end(side: Side): FakeEnd {
    this.ready();
    const end = new FakeEnd(side, this);
    this.#ends.push(end);
    return end;
  }
}

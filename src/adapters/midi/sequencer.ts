import type { UsbFacts } from '../kernel/usb-facts.ts';
import { isOwn } from './port-names.ts';

/** What both ends of the sequencer share: each is a client of it until destroyed, and lists the ports of the others. */
type MidiEnd = {
  getPortCount(): number;
  getPortName(index: number): string;
  /** Does nothing, and says nothing, when there is no such port. */
  openPortByName(name: string): void;
  /** Whether a port was opened; it stays so when the port goes. */
  isPortOpen(): boolean;
  destroy(): void;
};

export type MidiIn = MidiEnd & {
  on(event: 'messageBuffer', listener: (deltaSeconds: number, bytes: Uint8Array) => void): unknown;
  /** Until it is called all three kinds are ignored. Timing is the clock and its like, not start and stop. */
  ignoreTypes(sysex: boolean, timing: boolean, activeSensing: boolean): void;
};

export type MidiOut = MidiEnd & { send(bytes: number[]): void };

/** The sequencer of the system, as far as controllers need it. */
export type Sequencer = {
  /** Throws when there is none, or none that we may use. */
  ready(): void;
  input(): MidiIn;
  output(): MidiOut;
  /** Tells one plugging in of a sound card from the next; empty while it goes, and where that cannot be known. */
  plugOf(card: number): string;
  usbOf(card: number): UsbFacts;
};

/** The ports that there are, as RtMidi names them. */
export type PortNames = { readonly inputs: readonly string[]; readonly outputs: readonly string[] };

/** The ports of the others that an end of the sequencer sees. */
export const namesOf = (end: MidiEnd): readonly string[] =>
  Array.from({ length: end.getPortCount() }, (_, index) => end.getPortName(index)).filter((name) => !isOwn(name));

/** Opens a port, or throws: one that has gone since it was listed is otherwise passed over in silence. */
export const openNamed = (end: MidiEnd, name: string): void => {
  end.openPortByName(name);
  if (!end.isPortOpen()) throw new Error('it has gone again');
};

/** Destroys what is there. One that refuses is lost to us either way: what comes after is not to suffer for it. */
export const destroyQuietly = (end: MidiEnd | undefined): void => {
  try {
    end?.destroy();
  } catch {
    // Nothing is left to do with it.
  }
};

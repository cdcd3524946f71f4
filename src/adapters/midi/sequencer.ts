/** What both ends of the sequencer share: each is a client of it until destroyed, and lists the ports of the others. */
type MidiEnd = {
  getPortCount(): number;
  getPortName(index: number): string;
  /** Does nothing, and says nothing, when there is no such port. */
  openPortByName(name: string): void;
  destroy(): void;
};

export type MidiIn = MidiEnd & {
  on(event: 'messageBuffer', listener: (deltaSeconds: number, bytes: Uint8Array) => void): unknown;
};

export type MidiOut = MidiEnd & { send(bytes: number[]): void };

/** The sequencer of the system, as far as controllers need it. */
export type Sequencer = {
  /** Throws when there is none, or none that we may use. */
  ready(): void;
  input(): MidiIn;
  output(): MidiOut;
  /** Tells one plugging in of a sound card from the next; always the same where that cannot be known. */
  plugOf(card: number): string;
};

/** The ports of the others that an end of the sequencer sees. */
export const namesOf = (end: MidiEnd): readonly string[] =>
  Array.from({ length: end.getPortCount() }, (_, index) => end.getPortName(index));

/** Destroys what is there. One that refuses is lost to us either way: what comes after is not to suffer for it. */
export const destroyQuietly = (end: MidiEnd | undefined): void => {
  try {
    end?.destroy();
  } catch {
    // Nothing is left to do with it.
  }
};

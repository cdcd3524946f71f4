import { destroyQuietly, type MidiIn, type MidiOut, namesOf, type PortNames, type Sequencer } from './sequencer.ts';

/** One object of each kind for all looks: each is a client of the sequencer, of which there are few. */
export class Eyes {
  readonly #sequencer: Sequencer;
  #input: MidiIn | undefined;
  #output: MidiOut | undefined;

  constructor(sequencer: Sequencer) {
    this.#sequencer = sequencer;
  }

  /** The ports there are now. Throws, and lets go of the sequencer, when there is none. */
  look(): PortNames {
    try {
      this.#sequencer.ready();
      this.#input ??= this.#sequencer.input();
      this.#output ??= this.#sequencer.output();
      return { inputs: namesOf(this.#input), outputs: namesOf(this.#output) };
    } catch (error) {
      this.close();
      throw error;
    }
  }

  close(): void {
    destroyQuietly(this.#input);
    destroyQuietly(this.#output);
    this.#input = undefined;
    this.#output = undefined;
  }
}

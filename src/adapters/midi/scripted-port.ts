import type { MidiMessage, MidiPort } from '../../ports/midi-port.ts';

/** A controller played from a script: its messages are given by hand. */
export class ScriptedPort implements MidiPort {
  readonly name: string;
  #onMessage: (message: MidiMessage) => void = () => undefined;
  #onConnected: () => void = () => undefined;

  constructor(name: string) {
    this.name = name;
  }

  onMessage(listener: (message: MidiMessage) => void): void {
    this.#onMessage = listener;
  }

  onConnected(listener: () => void): void {
    this.#onConnected = listener;
  }

  /** What is sent is in the show's events already. */
  send(): boolean {
    return true;
  }

  open(): void {
    this.#onConnected();
  }

  play(message: MidiMessage): void {
    this.#onMessage(message);
  }
}

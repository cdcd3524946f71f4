import type { MidiMessage, MidiPort } from '../../src/ports/midi-port.ts';

const isData = (byte: number): boolean => byte >= 0 && byte < 128;

/** A channel message, a system exclusive one with its end, or a byte of real time. */
const isComplete = ([status = 0, ...rest]: readonly number[]): boolean => {
  if (status === 0xf0) return rest.at(-1) === 0xf7 && rest.slice(0, -1).every(isData);
  if (status >= 0xf8) return rest.length === 0;
  const length = status >= 0xc0 && status < 0xe0 ? 1 : 2;
  return status >= 0x80 && status < 0xf0 && rest.length === length && rest.every(isData);
};

/** A controller that is away until it is connected. What is no MIDI message, and a second listener, throw. */
export class FakeMidiPort implements MidiPort {
  readonly name: string;
  /** What the controller got. */
  readonly received: (readonly number[])[] = [];
  /** What was sent while it was away. */
  readonly missed: (readonly number[])[] = [];
  #there = false;
  #onMessage: ((message: MidiMessage) => void) | undefined;
  #onConnected: (() => void) | undefined;

  constructor(name = 'pads') {
    this.name = name;
  }

  onMessage(listener: (message: MidiMessage) => void): void {
    if (this.#onMessage !== undefined) throw new Error('messages have a listener already');
    this.#onMessage = listener;
  }

  onConnected(listener: () => void): void {
    if (this.#onConnected !== undefined) throw new Error('the connection has a listener already');
    this.#onConnected = listener;
  }

  send(bytes: readonly number[]): boolean {
    if (!isComplete(bytes)) throw new Error(`no complete message: ${bytes.join(' ')}`);
    (this.#there ? this.received : this.missed).push(bytes);
    return this.#there;
  }

  triggerConnected(): void {
    if (this.#onConnected === undefined) throw new Error('nobody waits for the connection');
    this.#there = true;
    this.#onConnected();
  }

  triggerGone(): void {
    this.#there = false;
  }

  triggerMessage(bytes: readonly number[], time = 0): void {
    if (this.#onMessage === undefined) throw new Error('nobody listens to messages');
    this.#onMessage({ bytes, time });
  }

  /** What came since the last call. */
  take(): readonly (readonly number[])[] {
    return this.received.splice(0);
  }
}

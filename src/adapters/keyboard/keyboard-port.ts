import type { Readable, Writable } from 'node:stream';
import type { ReadStream, WriteStream } from 'node:tty';
import type { Clock } from '../../ports/clock.ts';
import type { MidiMessage, MidiPort } from '../../ports/midi-port.ts';

/** A terminal, or what stands for one in a test. */
export type Terminal = {
  readonly input: Readable & Partial<Pick<ReadStream, 'setRawMode'>>;
  readonly output: Writable & Partial<Pick<WriteStream, 'columns'>>;
};

export const keyboardHelp =
  'keys: 1-8 stomp   r reset   u undo   y redo   s save set   n next set   m mute click   t tap tempo   [ ] tempo   - + bars   , . click volume   q quit';

/** What arrows and function keys send (ECMA-48): its letters are no keys of ours. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape is what such a sequence begins with.
const escapeSequence = /\x1b(?:\[[0-9;?]*[ -/]*[@-~]|O.)?/g;

const padNote = 36;
const noteOf = new Map([
  ...Array.from({ length: 8 }, (_, index) => [String(index + 1), padNote + index] as const),
  ['r', 44],
  ['m', 45],
  ['t', 46],
  [' ', 46],
  ['u', 47],
  ['y', 48],
  ['s', 49],
  ['n', 50],
]);

/** Keys that turn an encoder of the profile one step, in two's complement. */
const [stepDown, stepUp] = [127, 1];
const stepOf = new Map([
  ['[', { cc: 20, step: stepDown }],
  [']', { cc: 20, step: stepUp }],
  ['-', { cc: 21, step: stepDown }],
  ['+', { cc: 21, step: stepUp }],
  ['=', { cc: 21, step: stepUp }],
  [',', { cc: 22, step: stepDown }],
  ['.', { cc: 22, step: stepUp }],
]);

/** The lamp values of the profile as a pad of light. */
const glyphs = new Map([
  [0, '\x1b[90m·\x1b[0m'],
  [1, '\x1b[34m■\x1b[0m'],
  [3, '\x1b[31m●\x1b[0m'],
  [5, '\x1b[32m▶\x1b[0m'],
  [7, '\x1b[33m◆\x1b[0m'],
]);

/** The computer's keyboard and screen as the controller that `keyboard.yaml` describes: keys send its notes and steps, lamps are drawn on one line. */
export class KeyboardPort implements MidiPort {
  readonly name = 'keyboard';
  readonly #terminal: Terminal;
  readonly #clock: Clock;
  readonly #onQuit: () => void;
  readonly #lamps = new Map<number, number>();
  #onMessage: (message: MidiMessage) => void = () => undefined;
  #onConnected: () => void = () => undefined;
  readonly #onKeys = (keys: Buffer | string): void => {
    for (const key of String(keys).replaceAll(escapeSequence, '')) this.#press(key);
  };

  constructor(terminal: Terminal, clock: Clock, onQuit: () => void) {
    this.#terminal = terminal;
    this.#clock = clock;
    this.#onQuit = onQuit;
  }

  onMessage(listener: (message: MidiMessage) => void): void {
    this.#onMessage = listener;
  }

  onConnected(listener: () => void): void {
    this.#onConnected = listener;
  }

  open(): void {
    const { input } = this.#terminal;
    input.setRawMode?.(true);
    input.on('data', this.#onKeys);
    // The terminal has gone.
    input.on('error', this.#onQuit);
    input.resume();
    this.#onConnected();
  }

  close(): void {
    const { input, output } = this.#terminal;
    try {
      input.setRawMode?.(false);
    } catch {
      // A terminal that has gone has no mode.
    }
    input.off('data', this.#onKeys);
    input.pause();
    output.write('\r\x1b[2K');
  }

  send([, note = 0, value = 0]: readonly number[]): boolean {
    this.#lamps.set(note, value);
    this.#draw();
    return true;
  }

  #press(key: string): void {
    const note = noteOf.get(key.toLowerCase());
    const encoder = stepOf.get(key);
    if (note !== undefined) this.#say([0x90, note, 127]);
    else if (encoder !== undefined) this.#say([0xb0, encoder.cc, encoder.step]);
    else if (key === 'q' || key === 'Q' || key === '\x03' || key === '\x04') this.#onQuit();
  }

  #say(bytes: readonly number[]): void {
    this.#onMessage({ bytes, time: this.#clock.now() });
  }

  /** The cursor stays at the line's start, so that a log line takes its place. */
  #draw(): void {
    const pads = [...this.#lamps].sort(([a], [b]) => a - b);
    const drawn = pads.map(([note, value]) => `${note - padNote + 1} ${glyphs.get(value) ?? '?'}`);
    this.#terminal.output.write(`\r\x1b[2K${drawn.join('   ')}\r`);
  }
}

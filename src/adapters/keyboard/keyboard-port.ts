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
  'keys: 1-8 stomp   r reset   m mute click   t tap tempo   [ ] tempo   - + bars   , . click volume   q quit';

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
]);

/** A controller number and the step that a key turns it by: one zone of the bars, a little of the rest. */
const stepOf = new Map([
  ['[', { cc: 20, step: -1 }],
  [']', { cc: 20, step: 1 }],
  ['-', { cc: 21, step: -16 }],
  ['+', { cc: 21, step: 16 }],
  ['=', { cc: 21, step: 16 }],
  [',', { cc: 22, step: -8 }],
  ['.', { cc: 22, step: 8 }],
]);

/** The lamp values of the generic profile as a pad of light. */
const glyphs = new Map([
  [0, '\x1b[90m·\x1b[0m'],
  [1, '\x1b[34m■\x1b[0m'],
  [3, '\x1b[31m●\x1b[0m'],
  [5, '\x1b[32m▶\x1b[0m'],
  [7, '\x1b[33m◆\x1b[0m'],
]);

/** The computer's keyboard and screen as a generic controller: keys send its notes, lamps are drawn on one line. */
export class KeyboardPort implements MidiPort {
  readonly name = 'keyboard';
  readonly #terminal: Terminal;
  readonly #clock: Clock;
  readonly #onQuit: () => void;
  readonly #faders: Map<number, number>;
  readonly #lamps = new Map<number, number>();
  #onMessage: (message: MidiMessage) => void = () => undefined;
  #onConnected: () => void = () => undefined;
  readonly #onKeys = (keys: Buffer | string): void => {
    for (const key of String(keys).replaceAll(escapeSequence, '')) this.#press(key);
  };

  /** `faders` are the controllers' values at the start, 0 to 127, by number. */
  constructor(terminal: Terminal, clock: Clock, faders: ReadonlyMap<number, number>, onQuit: () => void) {
    this.#terminal = terminal;
    this.#clock = clock;
    this.#faders = new Map(faders);
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
    const fader = stepOf.get(key);
    if (note !== undefined) this.#say([0x90, note, 127]);
    else if (fader !== undefined) this.#turn(fader.cc, fader.step);
    else if (key === 'q' || key === 'Q' || key === '\x03' || key === '\x04') this.#onQuit();
  }

  #turn(cc: number, step: number): void {
    const value = Math.min(127, Math.max(0, (this.#faders.get(cc) ?? 0) + step));
    this.#faders.set(cc, value);
    this.#say([0xb0, cc, value]);
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

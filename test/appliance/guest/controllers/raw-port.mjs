// One port of a card's raw MIDI: the bytes as they are on the wire, with the time at which they came.
import { closeSync, constants, openSync, read, writeSync } from 'node:fs';
import { createCutter } from './midi-bytes.mjs';

/** Opens the next free port of a card, both ways. The kernel gives them out in order. */
export class RawPort {
  /** `{ at, bytes }`, milliseconds of this process. */
  received = [];
  #path;
  #input;
  #output;

  constructor(card) {
    this.#path = `/dev/snd/midiC${card}D0`;
    this.#input = openSync(this.#path, constants.O_RDONLY);
    // Never waits: what nobody takes is an error, not a program that hangs.
    this.#output = openSync(this.#path, constants.O_WRONLY | constants.O_NONBLOCK);
    this.#listen();
  }

  get path() {
    return this.#path;
  }

  /** Gives the time just before the bytes left. */
  send(bytes) {
    const at = performance.now();
    const written = writeSync(this.#output, Uint8Array.from(bytes));
    if (written < bytes.length) throw new Error(`${this.#path}: took only ${written} of ${bytes.length} bytes`);
    return at;
  }

  /** Lets go of the way out, for another program to send on. */
  closeOutput() {
    if (this.#output !== undefined) closeSync(this.#output);
    this.#output = undefined;
  }

  #listen() {
    const input = this.#input;
    const buffer = Buffer.alloc(4096);
    const cut = createCutter((bytes) => this.received.push({ at: this.#at, bytes }));
    const next = () =>
      read(input, buffer, 0, buffer.length, null, (error, length) => {
        // The plug is out: the card is gone once nobody holds it.
        if (error || length === 0) {
          closeSync(input);
          this.closeOutput();
          return;
        }
        this.#at = performance.now();
        cut(buffer.subarray(0, length));
        next();
      });
    next();
  }

  #at = 0;
}

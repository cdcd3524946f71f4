import { messageOf } from '../../core/errors.ts';
import { encoded, nextWrites, type Piece, powerUpMs, readying, shown, unknownScreen } from '../../core/lcd/hd44780.ts';
import { type Screen, textScreen } from '../../core/lcd/screen.ts';
import type { Millis } from '../../core/time/units.ts';
import type { Logger } from '../../ports/logger.ts';
import type { TextDisplay } from '../../ports/text-display.ts';
import type { I2cDevice, OpenI2c } from './i2c.ts';

/** What is not there is looked for again after this long. */
const againMs: Millis = 5000;
/** All is sent anew as often: a display whose power was off for a moment takes what it is sent, and shows nothing. */
const anewMs: Millis = 60_000;
/** A display that takes longer for its last words is left as it is. */
const endMs: Millis = 500;

export type LcdPlace = { readonly bus: number; readonly address: number };

/** A character display on I2C. While it is not there it costs a look now and then. */
export class LcdDisplay implements TextDisplay {
  readonly #place: LcdPlace;
  readonly #openI2c: OpenI2c;
  readonly #log: Logger;
  readonly #name: string;
  #wanted: Screen = textScreen('Hindsight', '');
  #believed = unknownScreen;
  /** What it shows, and that it shows anything at all, is not known. */
  #isDoubted = true;
  #isOn = false;
  #isClosed = false;
  #running: Promise<void> | undefined;
  /** What was said last of why there is none. */
  #complaint: string | undefined;
  #wake: () => void = () => undefined;

  constructor(place: LcdPlace, openI2c: OpenI2c, log: Logger) {
    this.#place = place;
    this.#openI2c = openI2c;
    this.#log = log;
    this.#name = `the display at 0x${place.address.toString(16)} on I2C bus ${place.bus}`;
  }

  show(screen: Screen): void {
    if (this.#isClosed) return;
    this.#wanted = screen;
    this.#wake();
  }

  /** Looks for it, and goes on looking. */
  open(): void {
    this.#running = this.#run();
  }

  /** Leaves it with last words, without its light; resolves once they stand there, or cannot. */
  async close(last: Screen): Promise<void> {
    this.show(last);
    this.#isClosed = true;
    this.#wake();
    let limit: NodeJS.Timeout | undefined;
    const over = new Promise<void>((resolve) => {
      limit = setTimeout(resolve, endMs);
    });
    await Promise.race([this.#running, over]);
    clearTimeout(limit);
  }

  async #run(): Promise<void> {
    while (!this.#isClosed) {
      try {
        await this.#visit();
      } catch (error) {
        this.#complain(messageOf(error));
      }
      await this.#pause(againMs);
    }
  }

  async #visit(): Promise<void> {
    const i2c = await this.#openI2c(this.#place.bus, this.#place.address);
    const doubt = setInterval(() => {
      this.#isDoubted = true;
      this.#wake();
    }, anewMs);
    try {
      this.#isDoubted = true;
      await this.#pause(powerUpMs);
      await this.#serve(i2c);
    } finally {
      clearInterval(doubt);
      await i2c.close();
    }
  }

  /** Shows what is wanted, a few characters at a time, until it is closed. Rejects when the display is gone. */
  async #serve(i2c: I2cDevice): Promise<void> {
    for (;;) {
      if (this.#isDoubted) await this.#ready(i2c);
      const next = nextWrites(this.#believed, this.#wanted);
      if (next !== undefined) {
        await this.#send(i2c, { bytes: encoded(next.writes, true), waitMs: 0 });
        this.#believed = next.believed;
      } else if (!this.#isOn) {
        await this.#send(i2c, shown(true));
        this.#isOn = true;
        this.#greet();
      } else if (this.#isClosed) {
        await this.#send(i2c, shown(false));
        return;
      } else {
        await this.#pause();
      }
    }
  }

  async #ready(i2c: I2cDevice): Promise<void> {
    this.#isDoubted = false;
    this.#isOn = false;
    this.#believed = unknownScreen;
    for (const piece of readying(true)) await this.#send(i2c, piece);
  }

  /** Byte by byte: whatever else there is to do comes in between. */
  async #send(i2c: I2cDevice, { bytes, waitMs }: Piece): Promise<void> {
    for (const byte of bytes) await i2c.write(byte);
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
  }

  /** Until there is something to do, or for a while. */
  async #pause(ms?: Millis): Promise<void> {
    if (this.#isClosed) return;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      if (ms === undefined) this.#wake = resolve;
      else {
        timer = setTimeout(resolve, ms);
        // Only the end cuts a pause short.
        this.#wake = () => this.#isClosed && resolve();
      }
    });
    clearTimeout(timer);
    this.#wake = () => undefined;
  }

  #greet(): void {
    if (this.#complaint !== '') this.#log.info(`lcd: ${this.#name} is there`);
    this.#complaint = '';
  }

  #complain(why: string): void {
    const isSilent = /^(ENXIO|EREMOTEIO|ETIMEDOUT|EIO)$/.test(why);
    const text = isSilent ? `${this.#name} does not answer (${why}); check its wires and address` : why;
    if (text !== this.#complaint) this.#log.warn(`lcd: ${text}; trying again, the show goes on`);
    this.#complaint = text;
  }
}

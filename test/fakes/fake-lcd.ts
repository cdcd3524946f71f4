import type { I2cDevice, OpenI2c } from '../../src/adapters/lcd/i2c.ts';

const columns = 16;

/**
 * An HD44780 behind a PCF8574, which starts as after its power came: eight bits, off, its memories full of nonsense. It throws on what the
 * chip would not understand. What a person would read is `read`.
 */
export class FakeLcd {
  readonly ddram = Array.from({ length: 0x80 }, (_, at) => 0x41 + (at % 26));
  readonly cgram = Array.from({ length: 64 }, (_, at) => (at * 7) & 0x1f);
  isOn = false;
  isLit = false;
  /** Bytes that came, and what was written to the memory of characters since the last look. */
  bytes = 0;
  written = 0;
  #port = 0xff;
  #isFourBits = false;
  #half: number | undefined;
  #address = 0;
  #isGlyph = false;

  take(byte: number): void {
    this.bytes += 1;
    this.isLit = (byte & 8) !== 0;
    if ((byte & 2) !== 0) throw new Error('it would be read, not written');
    // As its power comes all pins of the port are high, which reads and writes nothing.
    const fell = (this.#port & 4) !== 0 && (byte & 4) === 0 && (this.#port & 2) === 0;
    const rose = (this.#port & 4) === 0 && (byte & 4) !== 0;
    const isOtherRegister = ((this.#port ^ byte) & 1) !== 0;
    if (rose && isOtherRegister) throw new Error('the register has to be told before enable rises');
    if (fell && (this.#port & 0xf1) !== (byte & 0xf1)) throw new Error('data moved as enable fell');
    this.#port = byte;
    if (fell) this.#nibble(byte >> 4, (byte & 1) !== 0);
  }

  /** Both lines as text; glyphs of ours as their codes. */
  read(): readonly string[] {
    if (!this.isOn) return ['', ''];
    return [0, 0x40].map((from) =>
      this.ddram
        .slice(from, from + columns)
        .map((code) => String.fromCharCode(code < 8 ? 0x30 + code : code))
        .join(''),
    );
  }

  /** A glyph of ours as a picture. */
  glyph(code: number): readonly string[] {
    return this.cgram
      .slice(code * 8, code * 8 + 8)
      .map((row) => row.toString(2).padStart(5, '0').replaceAll('0', '.').replaceAll('1', '#'));
  }

  takeWritten(): number {
    const { written } = this;
    this.written = 0;
    return written;
  }

  #nibble(four: number, isData: boolean): void {
    if (!this.#isFourBits) {
      // The lower pins are at no wire of ours, and float.
      this.#execute(four << 4, isData);
      return;
    }
    if (this.#half === undefined) this.#half = four;
    else {
      const code = (this.#half << 4) | four;
      this.#half = undefined;
      this.#execute(code, isData);
    }
  }

  #execute(code: number, isData: boolean): void {
    if (isData) this.#store(code);
    else if (code >= 0x80) [this.#address, this.#isGlyph] = [code & 0x7f, false];
    else if (code >= 0x40) [this.#address, this.#isGlyph] = [code & 0x3f, true];
    else if (code >= 0x20) this.#isFourBits = (code & 0x10) === 0;
    else if (code >= 0x08 && code < 0x10) this.isOn = (code & 4) !== 0;
    else if (code !== 0x06) throw new Error(`no instruction of ours: ${code}`);
  }

  #store(code: number): void {
    this.written += 1;
    const memory = this.#isGlyph ? this.cgram : this.ddram;
    memory[this.#address] = code;
    const next = this.#address + 1;
    this.#address = this.#isGlyph ? next & 0x3f : next === 0x28 ? 0x40 : next === 0x68 ? 0 : next;
  }
}

/** An I2C bus with a display that may be plugged in and out. Each byte takes a turn; two at once, and what comes after the close, throw. */
export class FakeI2c {
  lcd: FakeLcd | undefined;
  /** Why the bus itself cannot be had. */
  missing: string | undefined;
  opens = 0;
  /** Called before each byte. */
  onByte: () => void = () => undefined;
  /** Bytes never come through: the bus hangs. */
  hangs = false;
  #users = 0;

  plug(): FakeLcd {
    this.lcd = new FakeLcd();
    return this.lcd;
  }

  unplug(): void {
    this.lcd = undefined;
  }

  get isOpen(): boolean {
    return this.#users > 0;
  }

  readonly open: OpenI2c = async () => {
    this.opens += 1;
    if (this.missing !== undefined) throw new Error(this.missing);
    if (this.#users > 0) throw new Error('opened twice');
    this.#users += 1;
    return this.#device();
  };

  #device(): I2cDevice {
    let isBusy = false;
    let isClosed = false;
    return {
      write: async (byte) => {
        if (isBusy) throw new Error('two bytes at once');
        if (isClosed) throw new Error('written after the close');
        isBusy = true;
        this.onByte();
        if (this.hangs) await new Promise(() => undefined);
        await Promise.resolve();
        isBusy = false;
        if (this.lcd === undefined) throw new Error('EREMOTEIO');
        this.lcd.take(byte);
      },
      close: async () => {
        if (isClosed) throw new Error('closed twice');
        isClosed = true;
        this.#users -= 1;
      },
    };
  }
}

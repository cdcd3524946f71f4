import { jest } from '@jest/globals';
import { LcdDisplay } from '../../../src/adapters/lcd/lcd-display.ts';
import { textScreen } from '../../../src/core/lcd/screen.ts';
import type { TextDisplay } from '../../../src/ports/text-display.ts';
import { FakeI2c } from '../../fakes/fake-lcd.ts';
import { FakeTextDisplay } from '../../fakes/fake-text-display.ts';

/** A display, and somebody who reads it. */
type Bench = { readonly display: TextDisplay; read(): readonly string[]; pass(ms: number): Promise<unknown> };

const fake = (): Bench => {
  const display = new FakeTextDisplay();
  return { display, read: () => display.read(), pass: async () => undefined };
};

const real = (): Bench => {
  const i2c = new FakeI2c();
  const lcd = i2c.plug();
  const quiet = () => undefined;
  const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };
  const display = new LcdDisplay({ bus: 1, address: 0x27 }, i2c.open, log);
  display.open();
  return { display, read: () => lcd.read(), pass: (ms) => jest.advanceTimersByTimeAsync(ms) };
};

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

describe.each([
  ['the fake', fake],
  ['HD44780 on I2C', real],
])('a text display: %s', (_name, make) => {
  test('shows what it is told', async () => {
    const { display, read, pass } = make();
    display.show(textScreen('one', 'two'));
    await pass(200);
    expect(read()).toEqual(['one             ', 'two             ']);
  });

  test('of many the last, whenever they come', async () => {
    const { display, read, pass } = make();
    await pass(200);
    for (let at = 0; at < 50; at += 1) display.show(textScreen(`number ${at}`, 'x'.repeat(at % 17)));
    await pass(200);
    expect(read()).toEqual(['number 49       ', 'x'.repeat(15).padEnd(16)]);
  });

  test('the same again changes nothing', async () => {
    const { display, read, pass } = make();
    display.show(textScreen('one', 'two'));
    await pass(200);
    display.show(textScreen('one', 'two'));
    await pass(200);
    expect(read()).toEqual(['one             ', 'two             ']);
  });
});

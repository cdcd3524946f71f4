import { jest } from '@jest/globals';
import { LcdDisplay } from '../../../src/adapters/lcd/lcd-display.ts';
import { textScreen } from '../../../src/core/lcd/screen.ts';
import { FakeI2c } from '../../fakes/fake-lcd.ts';

const last = textScreen('Hindsight', 'stopped');

const bench = () => {
  const i2c = new FakeI2c();
  const said: string[] = [];
  const say = (level: string) => (message: string) => void said.push(`${level} ${message}`);
  const log = { debug: say('debug'), info: say('info'), warn: say('warn'), error: say('error') };
  const display = new LcdDisplay({ bus: 1, address: 0x27 }, i2c.open, log);
  return { i2c, display, takeSaid: () => said.splice(0) };
};

/** One that is there and shows `one` and `two`, of which was told. */
const showing = async () => {
  const on = bench();
  on.i2c.plug();
  on.display.open();
  on.display.show(textScreen('one', 'two'));
  await pass(200);
  on.takeSaid();
  return on;
};

const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

test('one that is there is told of once, when it shows something', async () => {
  const { i2c, display, takeSaid } = bench();
  const lcd = i2c.plug();
  display.open();
  display.show(textScreen('one', 'two'));
  await pass(40);
  expect(takeSaid()).toEqual([]);
  await pass(100);
  expect(takeSaid()).toEqual(['info lcd: the display at 0x27 on I2C bus 1 is there']);
  expect(lcd.read()).toEqual(['one             ', 'two             ']);
  await pass(300_000);
  expect(takeSaid()).toEqual([]);
});

test('one that is not there is told of once, and taken when it comes', async () => {
  const { i2c, display, takeSaid } = bench();
  display.open();
  display.show(textScreen('one', 'two'));
  await pass(60_000);
  expect(takeSaid()).toEqual([
    'warn lcd: the display at 0x27 on I2C bus 1 does not answer (EREMOTEIO); check its wires and address; trying again, the show goes on',
  ]);
  expect([i2c.opens, i2c.isOpen]).toEqual([12, false]);
  const lcd = i2c.plug();
  await pass(5200);
  expect(lcd.read()).toEqual(['one             ', 'two             ']);
  expect(takeSaid()).toEqual(['info lcd: the display at 0x27 on I2C bus 1 is there']);
});

test('why the bus cannot be had is told, and again when it is another reason', async () => {
  const { i2c, display, takeSaid } = bench();
  i2c.missing = 'there is no /dev/i2c-1; switch I2C on (docs/pins.md)';
  display.open();
  await pass(20_000);
  i2c.missing = '/dev/i2c-1 is not allowed; join the group i2c';
  await pass(20_000);
  expect(takeSaid()).toEqual([
    'warn lcd: there is no /dev/i2c-1; switch I2C on (docs/pins.md); trying again, the show goes on',
    'warn lcd: /dev/i2c-1 is not allowed; join the group i2c; trying again, the show goes on',
  ]);
});

test('one that is unplugged and comes back is readied anew and shows all', async () => {
  const { i2c, display, takeSaid } = await showing();
  i2c.unplug();
  display.show(textScreen('one', 'three'));
  await pass(10_000);
  expect(takeSaid()).toHaveLength(1);
  const lcd = i2c.plug();
  await pass(5200);
  expect(lcd.read()).toEqual(['one             ', 'three           ']);
  expect(takeSaid()).toEqual(['info lcd: the display at 0x27 on I2C bus 1 is there']);
});

test('one that lost its power unseen shows all again within a minute', async () => {
  const { i2c, takeSaid } = await showing();
  const lcd = i2c.plug();
  await pass(60_200);
  expect(lcd.read()).toEqual(['one             ', 'two             ']);
  expect(takeSaid()).toEqual([]);
});

test('what is newer goes before the rest of what is older', async () => {
  const { i2c, display } = bench();
  const lcd = i2c.plug();
  display.open();
  display.show(textScreen('0'.repeat(16), '0'.repeat(16)));
  await pass(200);
  lcd.takeWritten();
  let bytes = 0;
  i2c.onByte = () => {
    bytes += 1;
    if (bytes === 10) display.show(textScreen('0'.repeat(16), '0'.repeat(16)));
  };
  display.show(textScreen('1'.repeat(16), '1'.repeat(16)));
  await pass(200);
  // The piece that had begun, and its way back.
  expect(lcd.takeWritten()).toBe(16);
  expect(lcd.read()).toEqual(['0'.repeat(16), '0'.repeat(16)]);
});

test('at the end its last words stand there without light, and the bus is let go of', async () => {
  const { i2c, display } = bench();
  const lcd = i2c.plug();
  display.open();
  await pass(200);
  await display.close(last);
  expect([lcd.read(), lcd.isLit, i2c.isOpen]).toEqual([['Hindsight       ', 'stopped         '], false, false]);
  display.show(textScreen('one', 'two'));
  await pass(10_000);
  expect([lcd.read()[1], i2c.opens]).toEqual(['stopped         ', 1]);
});

test('one that is not there does not hold up the end', async () => {
  const { display } = bench();
  display.open();
  await pass(1000);
  await display.close(last);
  expect(jest.getTimerCount()).toBe(0);
});

test('nor does one that was never opened, or one whose bus hangs, for longer than half a second', async () => {
  await bench().display.close(last);
  const { i2c, display } = bench();
  i2c.plug();
  display.open();
  await pass(200);
  i2c.hangs = true;
  const closed = display.close(last);
  await pass(500);
  await closed;
});

import fc from 'fast-check';
import { glyphs } from '../../../src/core/lcd/glyphs.ts';
import { type Believed, encoded, nextWrites, readying, shown, unknownScreen } from '../../../src/core/lcd/hd44780.ts';
import { textScreen } from '../../../src/core/lcd/screen.ts';
import { trackStates } from '../../../src/core/track/state.ts';
import { FakeLcd } from '../../fakes/fake-lcd.ts';
import { readable } from '../../fakes/fake-text-display.ts';

const take = (lcd: FakeLcd, bytes: readonly number[]) => {
  for (const byte of bytes) lcd.take(byte);
};

const ready = (lcd: FakeLcd) => {
  for (const { bytes } of readying(true)) take(lcd, bytes);
};

const draw = (lcd: FakeLcd, wanted: readonly number[], from: Believed = unknownScreen): Believed => {
  let believed = from;
  for (let next = nextWrites(believed, wanted); next !== undefined; next = nextWrites(believed, wanted)) {
    take(lcd, encoded(next.writes, true));
    believed = next.believed;
  }
  return believed;
};

const hello = textScreen('Hello, stage!', 'bar 12.3 120 BPM');

test('an instruction is two halves, each taken as enable falls, with the light on', () => {
  const hex = (bytes: readonly number[]) => bytes.map((byte) => byte.toString(16)).join(' ');
  expect(hex(encoded([{ register: 'instruction', code: 0x28 }], true))).toBe('8 2c 28 8c 88');
  expect(hex(encoded([{ register: 'instruction', code: 0x28 }], false))).toBe('0 24 20 84 80');
});

test('which register is told once for all that goes there', () => {
  const a = { register: 'data', code: 0x41 } as const;
  expect(encoded([{ register: 'instruction', code: 0x80 }, a, a], true)).toHaveLength(1 + 4 + 1 + 4 + 4);
});

test('the eight-bit resets keep the pauses of the data sheet', () => {
  const [first, second, third] = readying(true);
  expect(first?.waitMs).toBeGreaterThan(4.1);
  expect(second?.waitMs).toBeGreaterThan(0.1);
  expect(third?.waitMs).toBeGreaterThan(0.037);
});

test('a fresh display shows nothing until all is there, then all of it', () => {
  const lcd = new FakeLcd();
  ready(lcd);
  draw(lcd, hello);
  expect([lcd.isOn, lcd.isLit]).toEqual([false, true]);
  take(lcd, shown(true).bytes);
  expect(lcd.read()).toEqual(['Hello, stage!   ', 'bar 12.3 120 BPM']);
  expect(trackStates.map((_, code) => lcd.glyph(code))).toEqual(trackStates.map((state) => glyphs[state]));
});

test('it can be readied again at any time, also between the halves of a character, and goes on showing', () => {
  const writes = [
    { register: 'instruction', code: 0x80 },
    { register: 'data', code: 0x20 },
  ] as const;
  const bytes = encoded(writes, true);
  // Wherever enable is low.
  for (const [at, byte] of bytes.entries()) {
    if ((byte & 4) !== 0) continue;
    const lcd = new FakeLcd();
    ready(lcd);
    draw(lcd, hello);
    take(lcd, shown(true).bytes);
    take(lcd, bytes.slice(0, at + 1));
    ready(lcd);
    expect(lcd.isOn).toBe(true);
    draw(lcd, hello);
    expect(lcd.read()).toEqual(readable(hello));
  }
});

test('the last words stand without the light', () => {
  const lcd = new FakeLcd();
  ready(lcd);
  draw(lcd, textScreen('Hindsight', 'stopped'));
  take(lcd, shown(false).bytes);
  expect([lcd.read(), lcd.isLit]).toEqual([['Hindsight       ', 'stopped         '], false]);
});

test('only what differs is sent', () => {
  const lcd = new FakeLcd();
  ready(lcd);
  const believed = draw(lcd, hello);
  lcd.takeWritten();
  expect(nextWrites(believed, hello)).toBeUndefined();
  draw(lcd, textScreen('Hello, stage!', 'bar 12.4 120 BPM'), believed);
  expect(lcd.takeWritten()).toBe(1);
});

test('a piece is of eight characters at most', () => {
  const writes = nextWrites(unknownScreen, hello)?.writes ?? [];
  expect(writes.filter(({ register }) => register === 'data')).toHaveLength(8);
});

test('any screen after any other is what is read', () => {
  const screen = fc.array(fc.oneof(fc.integer({ min: 0x20, max: 0x23 }), fc.integer({ min: 0, max: 5 })), {
    minLength: 32,
    maxLength: 32,
  });
  fc.assert(
    fc.property(fc.array(screen, { minLength: 1, maxLength: 5 }), (screens) => {
      const lcd = new FakeLcd();
      ready(lcd);
      take(lcd, shown(true).bytes);
      let believed = unknownScreen;
      for (const wanted of screens) {
        believed = draw(lcd, wanted, believed);
        expect(lcd.read()).toEqual(readable(wanted));
      }
    }),
  );
});

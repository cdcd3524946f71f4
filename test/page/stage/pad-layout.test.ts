import fc from 'fast-check';
import { banksOf, padLayout } from '../../../src/page/stage/pad-layout.ts';

test.each([
  ['a phone', 8, 370, 560, { perBank: 8, columns: 2, rows: 4 }],
  ['a phone on its side', 8, 656, 290, { perBank: 8, columns: 4, rows: 2 }],
  ['a tablet', 8, 984, 410, { perBank: 8, columns: 4, rows: 2 }],
  ['a phone', 16, 370, 560, { perBank: 16, columns: 4, rows: 4 }],
  ['a phone', 1, 370, 560, { perBank: 1, columns: 1, rows: 1 }],
])('on %s %d tracks lie well', (_, count, width, height, layout) => {
  expect(padLayout(count, width, height)).toEqual(layout);
});

test('eight are never parted, however little room there is', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 8 }),
      fc.integer({ min: 1, max: 2000 }),
      fc.integer({ min: 1, max: 2000 }),
      (count, width, height) => {
        expect(padLayout(count, width, height).perBank).toBe(count);
      },
    ),
  );
});

test('all tracks have a place in a bank, in order, in rows of eight', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 64 }),
      fc.integer({ min: 200, max: 1600 }),
      fc.integer({ min: 200, max: 1600 }),
      (count, width, height) => {
        const { perBank, columns, rows } = padLayout(count, width, height);
        expect(columns * rows).toBeGreaterThanOrEqual(perBank);
        const banks = banksOf(count, perBank);
        expect(banks.flat()).toEqual(Array.from({ length: count }, (_, index) => index + 1));
        if (banks.length > 1 && perBank >= 8) expect(perBank % 8).toBe(0);
      },
    ),
  );
});

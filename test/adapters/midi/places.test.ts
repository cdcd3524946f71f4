import fc from 'fast-check';
import { freeNumber, type Mark, nameOf, type Place, placesFor } from '../../../src/adapters/midi/places.ts';

const mark = (usbPath?: string, serial?: string, port = 'pads'): Mark => ({ usbPath, serial, port });
const place = (number: number, its: Mark): Place => ({ profile: 'pads', number, mark: its });

const [one, two] = [place(1, mark('1-1')), place(2, mark('1-2'))];
const [serialA, serialB] = [place(1, mark('1-1', 'A')), place(2, mark('1-2', 'B'))];
const [twinA, twinB] = [place(1, mark('1-1', '0')), place(2, mark('1-2', '0'))];
const [bluetooth, other] = [place(1, mark(undefined, undefined, 'x')), place(2, mark(undefined, undefined, 'y'))];

test.each<readonly [string, readonly Mark[], readonly Place[], readonly (Place | undefined)[]]>([
  ['in the same sockets', [mark('1-1'), mark('1-2')], [one, two], [one, two]],
  ['in the other order', [mark('1-2'), mark('1-1')], [one, two], [two, one]],
  ['one of them, in a new socket', [mark('1-3')], [one], [one]],
  ['one in a new socket before one in its old', [mark('1-3'), mark('1-2')], [one, two], [one, two]],
  ['one in a new socket, which may be either', [mark('1-3')], [one, two], [undefined]],
  ['two in new sockets', [mark('1-3'), mark('1-4')], [one], [one, undefined]],
  [
    'with serial numbers, in exchanged sockets',
    [mark('1-1', 'B'), mark('1-2', 'A')],
    [serialA, serialB],
    [serialB, serialA],
  ],
  ['another unit in the socket of one with a serial number', [mark('1-1', 'C')], [serialA], [undefined]],
  ['one without a serial number where one with it was', [mark('1-1')], [serialA], [undefined]],
  ['one with a serial number where one without was', [mark('1-3', 'A')], [one], [undefined]],
  [
    'two whose maker gives all the same serial number',
    [mark('1-2', '0'), mark('1-1', '0')],
    [twinA, twinB],
    [twinB, twinA],
  ],
  ['one of those in a new socket', [mark('1-3', '0'), mark('1-2', '0')], [twinA, twinB], [twinA, twinB]],
  ['without USB, by name', [mark(undefined, undefined, 'y')], [bluetooth, other], [other]],
  ['without USB, of an unknown name', [mark(undefined, undefined, 'z')], [bluetooth, other], [undefined]],
  ['on USB where one without it was', [mark('1-1')], [bluetooth], [undefined]],
  [
    'two ports of one device',
    [mark('1-1', undefined, 'b'), mark('1-1')],
    [one, place(2, mark('1-1', undefined, 'b'))],
    [place(2, mark('1-1', undefined, 'b')), one],
  ],
  ['the first that ever came', [mark('1-1')], [], [undefined]],
])('what comes back %s gets its place', (_case, marks, vacant, expected) => {
  expect(placesFor(marks, vacant)).toEqual(expected);
});

test('no place is given twice', () => {
  const marks = fc.record({
    usbPath: fc.constantFrom(undefined, '1-1', '1-2', '1-3'),
    serial: fc.constantFrom(undefined, 'A', 'B'),
    port: fc.constantFrom('x', 'y'),
  });
  fc.assert(
    fc.property(fc.array(marks, { maxLength: 6 }), fc.array(marks, { maxLength: 6 }), (come, were) => {
      const given = placesFor(
        come,
        were.map((its, index) => place(index + 1, its)),
      ).filter((found) => found !== undefined);
      expect(new Set(given).size).toBe(given.length);
    }),
  );
});

test('the first is called as its profile, the others by number, the lowest that is free', () => {
  expect([one, two].map(nameOf)).toEqual(['pads', 'pads (2)']);
  expect([freeNumber([]), freeNumber([one]), freeNumber([two]), freeNumber([two, one])]).toEqual([1, 2, 1, 3]);
});

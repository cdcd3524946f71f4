import fc from 'fast-check';
import { isSameOwner, lockText, ownerIn, startIn } from '../../../src/core/set/lock-owner.ts';

const owner = { pid: 700, start: '4711', boot: 'a-boot-id' };

test('a lock names its owner', () => {
  expect(lockText(owner, 'a-token')).toBe('700 4711 a-boot-id a-token\n');
  const word = fc.stringMatching(/^[\w-]+$/);
  fc.assert(
    fc.property(fc.nat(), fc.nat(), word, word, (pid, start, boot, token) => {
      const some = { pid, start: `${start}`, boot };
      expect(ownerIn(lockText(some, token))).toEqual(some);
    }),
  );
});

test.each([
  '',
  'cut off',
  '700 4711 a-boot-id\n',
  '700 4711 a-boot-id a-tok',
  'x 4711 a-boot-id a-token\n',
  '700 4711  a-token\n',
  '700 4711 a-boot-id a-token\nmore\n',
])('what is no lock names nobody: %j', (text) => {
  expect(ownerIn(text)).toBeUndefined();
});

test('a process of the same number is another one after a new start of it or of the machine', () => {
  expect(isSameOwner(owner, { ...owner })).toBe(true);
  for (const other of [{ pid: 701 }, { start: '4712' }, { boot: 'another' }])
    expect(isSameOwner(owner, { ...owner, ...other })).toBe(false);
});

test('the start of a process is found behind whatever name', () => {
  const rest = `S ${Array.from({ length: 18 }, () => 0).join(' ')} 4711 0 0\n`;
  expect(startIn(`700 (node) ${rest}`)).toBe('4711');
  expect(startIn(`700 (a (strange) one) ${rest}`)).toBe('4711');
  expect(startIn('')).toBe('');
});

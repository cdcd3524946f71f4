import { isSetName, longestSetName, setKeyOf, setNameOf } from '../../../src/core/set/set-name.ts';

test.each([
  ['one', 'one'],
  ['  one two\t', 'one two'],
  ['Fru\u0308h', 'Fr\u00fch'],
  ['🎸'.repeat(longestSetName), '🎸'.repeat(longestSetName)],
  ['../x', '../x'],
])('%j is named %j', (text, name) => {
  expect(setNameOf(text)).toBe(name);
  expect(isSetName(name)).toBe(true);
});

test.each([
  ['', 'is empty'],
  [' \n ', 'is empty'],
  ['x'.repeat(longestSetName + 1), 'has 65 characters'],
  ['a\u0000b', 'control character'],
  ['a\u2028b', 'control character'],
  ['a\ud800b', 'control character'],
])('%j is no name: %s', (text, what) => {
  expect(() => setNameOf(text)).toThrow(expect.objectContaining({ code: 'set-name' }));
  expect(() => setNameOf(text)).toThrow(what);
  expect(isSetName(text)).toBe(false);
});

test('a name is trimmed and composed, or it is none', () => {
  for (const value of [' one', 'one ', 'Fru\u0308h', 7, null, undefined]) expect(isSetName(value)).toBe(false);
});

test('capitals and ways to write the same letter make no other set', () => {
  expect(setKeyOf('FRÜH')).toBe(setKeyOf('fru\u0308h'));
  expect(setKeyOf('one')).not.toBe(setKeyOf('two'));
});

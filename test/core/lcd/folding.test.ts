import { folded } from '../../../src/core/lcd/folding.ts';

const hex = (text: string) =>
  folded(text)
    .map((code) => code.toString(16))
    .join(' ');

test.each([
  ['Song 1!', '53 6f 6e 67 20 31 21'],
  ['', ''],
  // What ROM A00 has elsewhere.
  ['äöüß', 'e1 ef f5 e2'],
  ['ñµ°÷π∞√', 'ee e4 df fd f7 f3 e8'],
  ['→←¥', '7e 7f 5c'],
  // Katakana of half width, as they are.
  ['ｱﾝ', 'b1 dd'],
  // What it has not loses its marks.
  ['ÄÖÜ', '41 4f 55'],
  ['éèçåÅ', '65 65 63 61 41'],
  ['Łódź', '4c 6f 64 7a'],
  ['Æther œuvre Ø', '41 45 74 68 65 72 20 6f 65 75 76 72 65 20 4f'],
  // The same letter, written as two.
  ['a\u0308', 'e1'],
  // Two places of ASCII are others'.
  ['a\\b~c', '61 2f 62 2d 63'],
  ['“x” – y…', '22 78 22 20 2d 20 79 2e 2e 2e'],
  ['ﬁ ½', '66 69 20 31 3f 32'],
  ['a\tb\nc\u00a0d', '61 20 62 20 63 20 64'],
  ['😀 漢', '3f 20 3f'],
  ['\u0301', ''],
])('%j', (text, codes) => expect(hex(text)).toBe(codes));

test('no code is one of our glyphs, or none at all', () => {
  for (let point = 0; point < 0x2000; point += 1) {
    for (const code of folded(String.fromCodePoint(point))) expect(code >= 0x20 && code <= 0xff).toBe(true);
  }
});

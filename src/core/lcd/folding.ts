/** Where ROM A00 has other codes than ASCII; of ASCII it lacks the backslash and the tilde. */
const codes: ReadonlyMap<string, number> = new Map([
  ['¥', 0x5c],
  ['→', 0x7e],
  ['←', 0x7f],
  ['°', 0xdf],
  ['α', 0xe0],
  ['ä', 0xe1],
  ['β', 0xe2],
  ['ß', 0xe2],
  ['ε', 0xe3],
  ['µ', 0xe4],
  ['μ', 0xe4],
  ['σ', 0xe5],
  ['ρ', 0xe6],
  ['√', 0xe8],
  ['¢', 0xec],
  ['ñ', 0xee],
  ['ö', 0xef],
  ['θ', 0xf2],
  ['∞', 0xf3],
  ['Ω', 0xf4],
  ['ü', 0xf5],
  ['Σ', 0xf6],
  ['π', 0xf7],
  ['÷', 0xfd],
  ['█', 0xff],
]);

/** What stands in for characters that it has not. */
const standIns: ReadonlyMap<string, string> = new Map([
  ['\\', '/'],
  ['~', '-'],
  ['–', '-'],
  ['—', '-'],
  ['‘', "'"],
  ['’', "'"],
  ['“', '"'],
  ['”', '"'],
  ['…', '...'],
  ['×', 'x'],
  ['Æ', 'AE'],
  ['æ', 'ae'],
  ['Ø', 'O'],
  ['ø', 'o'],
  ['Œ', 'OE'],
  ['œ', 'oe'],
  ['Ł', 'L'],
  ['ł', 'l'],
  ['Đ', 'D'],
  ['đ', 'd'],
  ['ı', 'i'],
  ['·', '.'],
  ['•', '*'],
]);

const unknown = 0x3f;

/** Katakana of half width are there in the order of Unicode. */
const katakana = (point: number): number | undefined =>
  point >= 0xff61 && point <= 0xff9f ? point - 0xff61 + 0xa1 : undefined;

const codeOf = (character: string): number | undefined => {
  const point = character.codePointAt(0) ?? unknown;
  const isAscii = point >= 0x20 && point < 0x7e && character !== '\\';
  return isAscii ? point : (codes.get(character) ?? katakana(point));
};

const marks = /\p{M}/gu;

const codesOf = (character: string): readonly number[] => {
  const code = codeOf(character);
  if (code !== undefined) return [code];
  const plain = standIns.get(character) ?? character.normalize('NFKD').replaceAll(marks, '');
  // A line break or a tab is a gap; a mark without a letter is nothing.
  if (/^\s$/.test(character)) return [0x20];
  return [...plain].map((letter) => codeOf(letter) ?? unknown);
};

/** A text in the codes of ROM A00, the character set of the HD44780 that is mostly sold; letters that it has not lose their marks. */
export const folded = (text: string): readonly number[] => [...text.normalize('NFC')].flatMap(codesOf);

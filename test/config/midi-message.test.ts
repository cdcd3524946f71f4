import { noBlanks, readBytes, readMessage } from '../../src/config/midi-message.ts';

const colour = {
  words: '{colour}',
  read: (token: string) => (token === '{colour}' ? ('colour' as const) : undefined),
};

test.each([
  ['90 24 {colour}', [0x90, 0x24, 'colour']],
  ['  b0\t14   7F ', [0xb0, 0x14, 0x7f]],
  ['C0 {colour}', [0xc0, 'colour']],
  ['D0 7F', [0xd0, 0x7f]],
  ['E0 00 40', [0xe0, 0, 0x40]],
  ['F0 F7', [0xf0, 0xf7]],
  ['F0 00 20 29 02 0D 03 00 0B {colour} F7', [0xf0, 0, 0x20, 0x29, 2, 0x0d, 3, 0, 0x0b, 'colour', 0xf7]],
  ['F2 00 01', [0xf2, 0, 1]],
  ['F8', [0xf8]],
  ['FF', [0xff]],
])('%s is a message', (text, bytes) => expect(readMessage(text, colour)).toEqual({ bytes }));

test.each([
  ['', 'it has no bytes'],
  ['24 7F', 'its first byte says what it is and is 80 or above'],
  ['{colour} 24 7F', 'its first byte says what it is and is 80 or above'],
  ['90 24', 'after 90 come 2 bytes, not 1'],
  ['90 24 7F 90 25 7F', '90 is above 7F, and only the first byte may be'],
  ['90 24 80', '80 is above 7F, and only the first byte may be'],
  ['C0 01 02', 'after C0 come 1 bytes, not 2'],
  ['F8 00', 'after F8 come 0 bytes, not 1'],
  ['F0 00 20', 'a message that starts with F0 ends in F7'],
  ['F0', 'a message that starts with F0 ends in F7'],
  ['F0 00 F7 00 F7', 'F7 is above 7F, and only the first byte may be'],
  ['F0 00 F8 F7', 'F8 is above 7F, and only the first byte may be'],
  ['F7', 'F7 starts no message'],
  ['F4', 'F4 starts no message'],
  ['90 24 7', '"7" is not two hex digits and not {colour}'],
  ['90, 24, 7F', '"90," is not two hex digits and not {colour}'],
  ['0x90 24 7F', '"0x90" is not two hex digits and not {colour}'],
  ['90 24 {velocity}', '"{velocity}" is not two hex digits and not {colour}'],
])('%s is none', (text, wrong) => expect(readMessage(text, colour)).toEqual({ wrong }));

test('without blanks only bytes are taken', () => {
  expect(readMessage('90 24 {colour}', noBlanks)).toEqual({ wrong: '"{colour}" is not two hex digits' });
  expect(readMessage('90 24 7F', noBlanks)).toEqual({ bytes: [0x90, 0x24, 0x7f] });
});

test('bytes by themselves need be no message, but some', () => {
  expect(readBytes('24 {colour} FF', colour)).toEqual({ bytes: [0x24, 'colour', 0xff] });
  expect(readBytes(' ', colour)).toEqual({ wrong: 'it has no bytes' });
});

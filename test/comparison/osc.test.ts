import { inRepository } from '../config/files.ts';

const { encode, decode } = await import(inRepository('scripts/comparison/osc.mjs'));

test('a message is as the specification of OSC has it, padded to four bytes', () => {
  expect(encode('/sl/-1/hit', 's', 'record').toString('latin1')).toBe('/sl/-1/hit\0\0,s\0\0record\0\0');
  expect(encode('/set', 'sf', 'tempo', 120).toString('hex')).toBe('2f736574000000002c73660074656d706f00000042f00000');
});

test.each([
  ['nothing', '', []],
  ['strings of all lengths', 'sssss', ['', 'a', 'ab', 'abc', 'abcd']],
  ['numbers among them', 'isf', [-3, 'loop_len', 2.5]],
])('what was said is understood: %s', (_, types, values) => {
  expect(decode(encode('/an/address', types, ...values))).toEqual({ address: '/an/address', values });
});

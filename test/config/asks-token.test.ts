import { asksToken } from '../../src/config/asks-token.ts';

test.each([
  ['127.0.0.1', [], 'auto', false],
  ['localhost', [], 'auto', false],
  ['127.0.0.1', [], 'always', true],
  ['127.0.0.1', ['looper.example.org'], 'auto', true],
  ['0.0.0.0', [], 'auto', true],
  ['::', [], 'auto', true],
  ['192.168.1.7', [], 'auto', true],
] as const)('at %s with the names %j and %s a token is needed: %s', (host, names, token, expected) => {
  expect(asksToken({ host, names, token })).toBe(expected);
});

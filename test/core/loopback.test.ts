import { isLoopback } from '../../src/core/loopback.ts';

test.each([
  ['127.0.0.1', true],
  ['127.1.2.3', true],
  ['::1', true],
  ['localhost', true],
  ['127.evil.example', false],
  ['0.0.0.0', false],
  ['::', false],
  ['192.168.1.7', false],
  ['127.0.0.1.nip.io', false],
  ['127.0.0.256', false],
  ['127.1', false],
  ['127.0.0.1.evil.example', false],
  ['localhost.evil.example', false],
  ['', false],
])('%s is of this machine alone: %s', (address, expected) => expect(isLoopback(address)).toBe(expected));

import { chmodSync, readFileSync, statSync } from 'node:fs';
import { newTokenIn, tokenIn } from '../../../src/adapters/web/token-file.ts';
import { asOrdinaryUser, type Scratch, scratch, testAsOrdinaryUser, userErrorOf } from '../files/scratch.ts';

let files: Scratch;
beforeEach(() => {
  files = scratch();
});
afterEach(() => files.remove());

test('a token is made once, for its owner alone, and is the same ever after', () => {
  const folder = files.path('state/hindsight');
  const token = tokenIn(folder);
  expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect(tokenIn(folder)).toBe(token);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(statSync(`${folder}/web-token`).mode & 0o777).toBe(0o600);
  expect(readFileSync(`${folder}/web-token`, 'utf8')).toBe(`${token}\n`);
});

test('nothing else is left in the folder, and another folder has another token', () => {
  const token = tokenIn(files.folder);
  expect(files.names()).toEqual(['web-token']);
  expect(tokenIn(files.path('other'))).not.toBe(token);
});

test('a new one takes the place of whatever is there', () => {
  const before = tokenIn(files.folder);
  const token = newTokenIn(files.folder);
  expect(token).not.toBe(before);
  expect(tokenIn(files.folder)).toBe(token);
  chmodSync(files.put('web-token', 'nonsense'), 0o644);
  const third = newTokenIn(files.folder);
  expect(tokenIn(files.folder)).toBe(third);
  expect(files.names()).toEqual(['web-token']);
});

test.each([0o640, 0o604, 0o660, 0o666, 0o620])('one that others could have read is refused, mode %o', (mode) => {
  tokenIn(files.folder);
  chmodSync(files.path('web-token'), mode);
  const { code, message } = userErrorOf(() => tokenIn(files.folder));
  expect(code).toBe('token-open');
  expect(message).toContain(`chmod 600 ${files.path('web-token')}`);
});

test.each(['', '\n', 'short', 'x'.repeat(44), `${'x'.repeat(42)}!`, `${'x'.repeat(21)}\n${'x'.repeat(21)}`])(
  'what is no token is refused: %j',
  (text) => {
    chmodSync(files.put('web-token', text), 0o600);
    expect(userErrorOf(() => tokenIn(files.folder)).code).toBe('token-bad');
    expect(readFileSync(files.path('web-token'), 'utf8')).toBe(text);
  },
);

test('a folder that is none is told', () => {
  files.put('file', '');
  expect(userErrorOf(() => tokenIn(files.path('file/deeper'))).code).toBe('token-unreachable');
});

testAsOrdinaryUser('a token that belongs to somebody else is told', () => {
  tokenIn(files.folder);
  expect(userErrorOf(() => asOrdinaryUser(() => tokenIn(files.folder))).code).toBe('token-unreachable');
});

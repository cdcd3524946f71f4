import { backoffMs, silenceAt, silenceText } from '../../../src/page/link/silence.ts';

test('a looper that spoke a second ago is not silent', () => {
  expect(silenceAt('open', 0, 9000, 10_000)).toEqual({ kind: 'none' });
});

test('after a second and a half it is, and the seconds count from its last word', () => {
  expect(silenceAt('open', 0, 8499, 10_000)).toEqual({ kind: 'silent', seconds: 1 });
  expect(silenceAt('open', 0, 3000, 10_000)).toEqual({ kind: 'silent', seconds: 7 });
});

test('with the line down it is silent at once', () => {
  expect(silenceAt('closed', 0, 9999, 10_000)).toEqual({ kind: 'silent', seconds: 0 });
  expect(silenceAt('connecting', 0, 9999, 10_000)).toEqual({ kind: 'silent', seconds: 0 });
});

test('before the first word it is waited for', () => {
  expect(silenceAt('connecting', 7000, null, 10_000)).toEqual({ kind: 'waiting', seconds: 3 });
});

test.each([
  [{ kind: 'none' } as const, undefined],
  [{ kind: 'waiting', seconds: 0 } as const, undefined],
  [{ kind: 'waiting', seconds: 2 } as const, 'Looking for the looper, for 2 s'],
  [{ kind: 'silent', seconds: 12 } as const, 'No word from the looper since 12 s'],
])('%j is %j in words', (silence, words) => {
  expect(silenceText(silence)).toBe(words);
});

test('tries come further apart, from a quarter of a second to three', () => {
  expect([0, 1, 2, 3, 4, 50].map(backoffMs)).toEqual([250, 500, 1000, 2000, 3000, 3000]);
});

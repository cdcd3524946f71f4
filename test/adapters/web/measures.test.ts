import fc from 'fast-check';
import { Bucket } from '../../../src/adapters/web/bucket.ts';
import { Lockout } from '../../../src/adapters/web/lockout.ts';
import { usualLimits } from '../../../src/adapters/web/options.ts';
import { SendQueue } from '../../../src/adapters/web/send-queue.ts';
import { thinLevels, thinPosition } from '../../../src/adapters/web/thin.ts';
import { shownBy, TokenCheck } from '../../../src/adapters/web/token-check.ts';
import { turn } from './rig.ts';

test('a bucket takes a burst, then what comes in time, and tells of the rest once a second', () => {
  const bucket = new Bucket(100, 3);
  const at = (now: number) => bucket.admit(now);
  expect([at(0), at(0), at(0), at(0), at(0)]).toEqual(['take', 'take', 'take', 'tell', 'drop']);
  expect([at(10), at(15), at(20), at(20)]).toEqual(['take', 'drop', 'take', 'drop']);
  expect(Array.from({ length: 5 }, () => at(2000))).toEqual(['take', 'take', 'take', 'tell', 'drop']);
});

test('a bucket never takes more than its burst and what its rate allows', () => {
  const waits = fc.array(fc.integer({ min: 0, max: 500 }), { maxLength: 300 });
  fc.assert(
    fc.property(waits, (steps) => {
      const bucket = new Bucket(100, 20);
      let now = 0;
      let taken = 0;
      for (const step of steps) {
        now += step;
        if (bucket.admit(now) === 'take') taken += 1;
      }
      expect(taken).toBeLessThanOrEqual(20 + now / 10 + 1e-6);
    }),
  );
});

test('who fails too often within a time is locked out for as long, alone', () => {
  const lockout = new Lockout(3, 1000);
  for (const at of [0, 1100, 1500, 1950]) lockout.fail('one', at);
  expect(lockout.isLocked('one', 1950)).toBe(true);
  expect(lockout.isLocked('other', 1950)).toBe(false);
  expect(lockout.isLocked('one', 2949)).toBe(true);
  expect(lockout.isLocked('one', 2950)).toBe(false);
  lockout.fail('one', 2950);
  expect(lockout.isLocked('one', 2950)).toBe(false);
});

test('whom so many others have followed is forgotten: addresses take no more memory', () => {
  const lockout = new Lockout(1, 1000);
  for (let at = 0; at < 2000; at += 1) lockout.fail(`address ${at}`, 0);
  expect(lockout.isLocked('address 0', 1)).toBe(false);
  expect(lockout.isLocked('address 1999', 1)).toBe(true);
});

const tokenCheck = () => new TokenCheck('secret', { ...usualLimits, wrongTokens: 3 });
const shown = (headers: { cookie?: string; authorization?: string }, query?: string) =>
  shownBy(headers, query === undefined ? [] : [query]);

test.each([
  [{ cookie: 'hindsight=secret' }, undefined],
  [{ cookie: 'a=b; hindsight=old; hindsight=secret' }, undefined],
  [{ authorization: 'Bearer secret' }, undefined],
  [{ authorization: 'bearer  secret ' }, undefined],
  [{}, 'secret'],
  [{ cookie: 'hindsight=old' }, 'secret'],
])('the right token is known: %j %j', (headers, query) => {
  expect(tokenCheck().rejects('a', shown(headers, query))).toBeUndefined();
});

test.each([
  [{}, undefined, 'token-missing'],
  [{ cookie: 'other=secret; xhindsight=secret' }, undefined, 'token-missing'],
  [{ authorization: 'Basic secret' }, undefined, 'token-missing'],
  [{ cookie: 'hindsight=' }, undefined, 'token-wrong'],
  [{ authorization: 'Bearer secre' }, undefined, 'token-wrong'],
  [{ authorization: 'Bearer secrets' }, undefined, 'token-wrong'],
  [{}, 'Secret', 'token-wrong'],
  [{}, '', 'token-wrong'],
])('another is not: %j %j', (headers, query, code) => {
  expect(tokenCheck().rejects('a', shown(headers, query))).toMatchObject({ status: 401, code });
});

test('after too many wrong tokens others are not looked at, but the right one is taken; who shows none guesses nothing', () => {
  const one = tokenCheck();
  for (let count = 0; count < 9; count += 1) one.rejects('a', shown({}));
  for (const guess of ['x', 'x', 'y']) expect(one.rejects('a', shown({}, guess))).toMatchObject({ status: 401 });
  expect(one.rejects('a', shown({}, 'z'))).toMatchObject({ status: 429, code: 'locked-out' });
  expect(one.rejects('a', shown({}, 'secret'))).toBeUndefined();
  expect(one.rejects('b', shown({}, 'secret'))).toBeUndefined();
});

test('a cookie of another pairing is a guess once, so that its browser can be paired anew; other cookies are other guesses', () => {
  const one = tokenCheck();
  for (let count = 0; count < 9; count += 1) one.rejects('a', shown({ cookie: 'hindsight=old' }));
  expect(one.rejects('a', shown({}, 'secret'))).toBeUndefined();
  for (const guess of ['x', 'y', 'z']) one.rejects('a', shown({ cookie: `hindsight=${guess}` }));
  expect(one.rejects('a', shown({}, 'w'))).toMatchObject({ status: 429 });
});

test('where there is no token nobody needs one', () => {
  expect(new TokenCheck(undefined, usualLimits).rejects('a', shown({ cookie: 'hindsight=x' }))).toBeUndefined();
});

test('no more than sixteen clients are written to in one turn of the event loop, each in its turn', async () => {
  const sendQueue = new SendQueue();
  const written: number[] = [];
  for (let client = 0; client < 64; client += 1) sendQueue.add({ flush: () => written.push(client) });
  const perTurn: number[] = [];
  while (written.length < 64) {
    const before = written.length;
    await turn();
    perTurn.push(written.length - before);
  }
  expect(Math.max(...perTurn)).toBeLessThanOrEqual(16);
  expect(written).toEqual(Array.from({ length: 64 }, (_, client) => client));
});

test('a pace lets through so many a second, the first at once, and no peak is lost', () => {
  const rates = fc.double({ min: 1, max: 30, noNaN: true });
  const peaks = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 300 });
  fc.assert(
    fc.property(rates, peaks, (hz, heights) => {
      const position = thinPosition(hz);
      const levels = thinLevels(hz);
      const passed = heights.flatMap((height, frame) => {
        const isThere = position({ type: 'position', frame }) !== undefined;
        const level = levels({ type: 'levels', frame, input: [height, 0], output: [0, height] });
        expect(level !== undefined).toBe(isThere);
        return level === undefined ? [] : [{ frame, height: level.input[0] }];
      });
      expect(passed[0]?.frame).toBe(0);
      expect(Math.abs(passed.length - (heights.length * hz) / 30)).toBeLessThanOrEqual(1.001);
      passed.forEach(({ frame, height }, at) => {
        const from = (passed[at - 1]?.frame ?? -1) + 1;
        expect(height).toBe(Math.max(...heights.slice(from, frame + 1)));
      });
    }),
  );
});

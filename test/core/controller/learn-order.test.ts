import fc from 'fast-check';
import type { Profile } from '../../../src/core/controller/profile.ts';
import { allEmpty, type SessionState } from '../../../src/core/session/state.ts';
import { loop, type Situation, sessionIn, situations, trackIn } from '../session/situations.ts';
import { type Doing, Player } from './a-player.ts';
import { aPad, aProfile, aSwitch } from './a-profile.ts';

const never = sessionIn('EMPTY', { nextLoopId: 1 });
const chosen = aProfile({
  controls: [aSwitch('shift', 60, { command: 'none' }, { longHold: { command: 'learn' } }), aPad(2)],
});
const anyPad = aProfile({ controls: [aPad(1), aPad(2)], learnHold: true });

describe('learning is asked for', () => {
  test('by the chosen long hold while all tracks are empty, but never once a loop was captured', () => {
    expect(new Player(chosen, never).do([0, '+shift'], [1999, '.']).orders).toEqual([]);
    expect(new Player(chosen, never).do([0, '+shift'], [2000, '.']).orders).toEqual(['learn']);
    expect(new Player(chosen, sessionIn('EMPTY')).do([0, '+shift'], [9000, '.']).orders).toEqual([]);
  });

  test('by any pad that is held for 5 s before the first loop, where the controller allows it', () => {
    expect(new Player(anyPad, never).do([5000, '+track-1'], [10_000, '.']).orders.at(-1)).toBe('learn');
    expect(new Player(anyPad, never).do([5000, '+track-1'], [9999, '.']).orders.at(-1)).not.toBe('learn');
    const others = new Player({ ...anyPad, learnHold: false }, never).do([5000, '+track-1'], [10_000, '.']);
    expect(others.orders).not.toContain('learn');
    const later = new Player(anyPad, sessionIn('EMPTY')).do([5000, '+track-1'], [10_000, '.']);
    expect(later.orders).not.toContain('learn');
  });

  test.each(situations.filter((situation) => situation !== 'EMPTY'))('never while a track is %s', (situation) => {
    const player = new Player(chosen, sessionIn(situation)).do([5000, '+shift'], [7100, '.']);
    expect(player.orders).toEqual([]);
    expect(player.playing.warning).toBeUndefined();
  });

  test('never where a loop was there at the press and is gone since, nor where one has come since', () => {
    const gone = new Player(chosen, sessionIn('PLAYING')).do([5000, '+shift']).command({ type: 'reset' });
    expect(gone.do([9000, '.']).orders).toEqual([]);
    const come = new Player(chosen, never).do([0, '+shift'], [100, '+track-2'], [200, '-track-2'], [9000, '.']);
    expect(come.orders).toEqual(['stomp 2 @ 100']);
  });
});

const sessions: fc.Arbitrary<SessionState> = fc
  .record({
    // Mostly nothing has been played yet: else the law would hardly see what it is about.
    list: fc.oneof(
      { weight: 3, arbitrary: fc.constant<Situation[]>(['EMPTY', 'EMPTY', 'EMPTY']) },
      fc.array(fc.constantFrom<Situation>(...situations), { minLength: 3, maxLength: 3 }),
    ),
    captured: fc.constantFrom(1, 1, 1, 3),
  })
  .map(({ list, captured }) => {
    const tracks = list.map((situation, index) => trackIn(situation, index + 1, { ...loop, id: index + 1 }));
    const isUntouched = captured === 1 && list.every((situation) => situation === 'EMPTY');
    return sessionIn('EMPTY', { tracks, nextLoopId: isUntouched ? 1 : 4 });
  });

/** Feet on four switches: presses and releases in any order, holds of any length. */
const feet: fc.Arbitrary<readonly Doing[]> = fc
  .array(
    fc.record({
      afterMs: fc.constantFrom(1, 20, 55, 120, 400, 700, 1500, 2100, 5100, 9000),
      what: fc.constantFrom(
        ...(['track-1', 'track-2', 'shift', 'all'] as const).flatMap((id) => [`+${id}`, `-${id}`] as const),
      ),
    }),
    { minLength: 1, maxLength: 40, size: 'max' },
  )
  .map((list) => {
    let at = 5000;
    return list.map(({ afterMs, what }) => {
      at += afterMs;
      return [at, what] as const;
    });
  });

const profiles = fc.constantFrom<Profile>(
  aProfile({
    learnHold: true,
    controls: [
      aPad(1, { longHold: { command: 'learn' } }),
      aPad(2, { release: { command: 'start', track: 2 } }, { release: 'auto' }),
      aSwitch('shift', 60, { command: 'tap' }, { longHold: { command: 'learn' } }),
      aSwitch('all', 61, { command: 'muteClick' }, { hold: { command: 'reset' }, double: { command: 'reset' } }),
    ],
    chords: [{ controls: ['track-1', 'track-2'], do: { command: 'reset' } }],
  }),
  aProfile({ learnHold: true, controls: [aPad(1), aPad(2), aSwitch('all', 61, { command: 'reset' })] }),
);

test('no gesture of a performance reaches it: whatever feet do, who learns has found all tracks empty at the press and leaves them so', () => {
  const seen = { learnt: 0, others: 0 };
  fc.assert(
    fc.property(profiles, sessions, feet, (profile, session, doings) => {
      const player = new Player(profile, session);
      const foundAt = new Map<string, SessionState>();
      let looked = 0;
      const look = (): void => {
        for (const { order, played, before: at } of player.given.slice(looked)) {
          seen.others += 1;
          if (order.type !== 'learn') continue;
          seen.learnt += 1;
          const atPress = foundAt.get(played.control);
          expect(atPress && allEmpty(atPress) && allEmpty(at)).toBe(true);
          expect([atPress?.nextLoopId, played.type === 'learnHold' || played.type === 'longHold']).toEqual([1, true]);
        }
        looked = player.given.length;
      };
      for (const doing of doings) {
        // What comes by itself before the foot moves belongs to the press before.
        player.do([doing[0], '.']);
        look();
        if (doing[1].startsWith('+')) foundAt.set(doing[1].slice(1), player.session);
        player.do(doing);
        look();
      }
    }),
    { numRuns: 400, seed: 3 },
  );
  // The law has seen both.
  expect(seen.learnt).toBeGreaterThan(10);
  expect(seen.others).toBeGreaterThan(1000);
});

test('once a loop has been captured, no hold of any pad reaches it by itself, though all tracks are empty again', () => {
  const plain = aProfile({ learnHold: true, controls: [aPad(1), aPad(2), aSwitch('all', 61, { command: 'reset' })] });
  fc.assert(
    fc.property(sessions, feet, (session, doings) => {
      const player = new Player(plain, { ...session, nextLoopId: 4 }).do(...doings);
      expect(player.orders).not.toContain('learn');
    }),
  );
});

import fc from 'fast-check';
import type { Scale, TurnAction } from '../../../src/core/controller/action.ts';
import { notYetPlayed, play } from '../../../src/core/controller/play.ts';
import { placeOf, scaled } from '../../../src/core/controller/scale.ts';
import type { SessionState } from '../../../src/core/session/state.ts';
import { sessionIn } from '../session/situations.ts';
import { Player } from './a-player.ts';
import { aControl, aPage, aProfile, cc } from './a-profile.ts';

const positions = Array.from({ length: 128 }, (_, position) => position);
const tempo: Scale = { kind: 'linear', from: 40, to: 200, round: true, curve: 1 };
const zones: Scale = { kind: 'zones', values: [1, 2, 4, 8, 12, 16, 24, 32] };

describe('a fader over its whole way', () => {
  test('gives whole values where it is to', () => {
    expect(positions.map((position) => scaled(tempo, position / 127))).toEqual(
      positions.map((position) => Math.round((160 * position) / 127 + 40)),
    );
  });

  test('gives equal zones', () => {
    const expected = [1, 2, 4, 8, 12, 16, 24, 32].flatMap((bars) => Array<number>(16).fill(bars));
    expect(positions.map((position) => scaled(zones, position / 127))).toEqual(expected);
  });

  test.each([
    ['backwards, exact', { kind: 'linear', from: 200, to: 100, round: false, curve: 1 }, 1 / 4, 175],
    ['a curve of 2: the lower half is spread', { kind: 'linear', from: 0, to: 1, round: false, curve: 2 }, 0.5, 0.25],
    ['a curve of a half: the upper half is', { kind: 'linear', from: 0, to: 1, round: false, curve: 0.5 }, 0.25, 0.5],
    ['the lower end of a curve', { kind: 'linear', from: 40, to: 200, round: true, curve: 3 }, 0, 40],
    ['the upper end of a curve', { kind: 'linear', from: 40, to: 200, round: true, curve: 3 }, 1, 200],
  ] as const)('gives %s', (_, scale, place, value) => {
    expect(scaled(scale, place)).toBe(value);
  });

  test('stands, for a value of its own, where it gives that value', () => {
    const scales = fc.oneof(
      fc.record({
        kind: fc.constant('linear' as const),
        from: fc.integer({ min: 0, max: 100 }),
        to: fc.integer({ min: 101, max: 300 }),
        round: fc.boolean(),
        curve: fc.constantFrom(0.5, 1, 2, 3),
      }),
      fc.constant(zones),
    );
    fc.assert(
      fc.property(scales, fc.double({ min: 0, max: 1, noNaN: true }), (scale, place) => {
        const value = scaled(scale, place);
        expect(scaled(scale, placeOf(scale, value))).toBeCloseTo(value, 6);
      }),
    );
  });

  test('stands at an end for a value that it cannot reach', () => {
    expect([placeOf(tempo, 20), placeOf(tempo, 400)]).toEqual([0, 1]);
  });
});

const fader = (turn: TurnAction) => aProfile({ controls: [aControl('f', { on: cc(20), bindings: { turn } })] });

/** What is asked for as the fader goes to these places, in 127ths, the session following. */
const going = (turn: TurnAction, session: SessionState, ...to: readonly number[]) => {
  const player = new Player(fader(turn), session);
  return to.map((position, index) => {
    const before = player.given.length;
    player.play({ type: 'turn', control: 'f', place: position / 127, at: index });
    return player.orders.slice(before).join(', ');
  });
};

describe('a fader without pick-up', () => {
  const turn: TurnAction = { command: 'setBpm', scale: tempo, pickUp: false };

  test('sets its value wherever it stands, and asks for nothing where that changes nothing', () => {
    expect(going(turn, sessionIn('EMPTY'), 0, 127, 127, 64)).toEqual([
      'setBpm 40 @ 0',
      'setBpm 200 @ 1',
      '',
      'setBpm 121 @ 3',
    ]);
  });

  test.each([
    [{ command: 'setBars', scale: zones, pickUp: false }, 'setBars 32 @ 0'],
    [
      { command: 'setClickVolume', scale: { kind: 'linear', from: 0, to: 1, round: false, curve: 1 }, pickUp: false },
      'setClickVolume 1 @ 0',
    ],
  ] as const)('does what it is bound to: %j', (action, order) => {
    expect(going(action, sessionIn('EMPTY'), 127)).toEqual([order]);
  });
});

describe('a fader with pick-up', () => {
  const turn: TurnAction = { command: 'setBpm', scale: tempo, pickUp: true };
  const at120 = sessionIn('EMPTY');

  test('moves nothing until it has passed the value, from below or from above', () => {
    expect(going(turn, at120, 0, 30, 60, 70)).toEqual(['', '', '', 'setBpm 128 @ 3']);
    expect(going(turn, at120, 127, 90, 60, 50)).toEqual(['', '', 'setBpm 116 @ 2', 'setBpm 103 @ 3']);
  });

  test('moves it at once where it stands near it', () => {
    expect(going(turn, at120, 65, 80)).toEqual(['setBpm 122 @ 0', 'setBpm 141 @ 1']);
  });

  test('moves it from where it gives that value, be it far from its middle', () => {
    const bars: TurnAction = { command: 'setBars', scale: zones, pickUp: true };
    // Of the zone of 4 bars, 32 to 47, the last place, then out of it upwards.
    expect(going(bars, sessionIn('EMPTY', { bars: 4 }), 47, 48)).toEqual(['', 'setBars 8 @ 1']);
  });

  test('has to pass it again after something else has changed it', () => {
    const player = new Player(fader(turn), at120);
    const to = (position: number) =>
      player.play({ type: 'turn', control: 'f', place: position / 127, at: 0 }).given.length;
    expect([to(64), to(90)]).toEqual([1, 2]);
    player.command({ type: 'setBpm', bpm: 60 });
    expect([to(95), to(50), to(20), to(10), to(12)]).toEqual([2, 2, 2, 3, 4]);
  });

  test('never makes the value leap by more than the hand has moved', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 40, max: 200 }),
        fc.array(fc.integer({ min: 0, max: 127 }), { minLength: 1, maxLength: 30 }),
        (bpm, to) => {
          const player = new Player(fader(turn), sessionIn('EMPTY', { grid: { ...at120.grid, bpm } }));
          let last: number | undefined;
          for (const position of to) {
            const before = player.session.grid.bpm;
            player.play({ type: 'turn', control: 'f', place: position / 127, at: 0 });
            const leap = Math.abs(player.session.grid.bpm - before);
            const moved = last === undefined ? 0 : Math.abs(position - last);
            // Two steps of near enough, and one of rounding.
            expect(leap).toBeLessThanOrEqual(((moved + 3) * 160) / 127);
            last = position;
          }
        },
      ),
    );
  });
});

describe('an encoder', () => {
  test.each([
    [{ command: 'changeBpm', by: 0.5 }, 3, 'changeBpm 1.5 @ 9'],
    [{ command: 'changeBars', by: 1 }, -2, 'changeBars -2 @ 9'],
    [{ command: 'changeClickVolume', by: 0.25 }, -1, 'changeClickVolume -0.25 @ 9'],
  ] as const)('%j by %d steps', (turn, steps, order) => {
    const player = new Player(fader(turn)).play({ type: 'step', control: 'f', steps, at: 9 });
    expect(player.orders).toEqual([order]);
  });

  test('that is bound as a fader is, and a fader that is bound as an encoder, do nothing', () => {
    const set: TurnAction = { command: 'setBpm', scale: tempo, pickUp: false };
    const change: TurnAction = { command: 'changeBpm', by: 1 };
    expect(new Player(fader(set)).play({ type: 'step', control: 'f', steps: 1, at: 0 }).orders).toEqual([]);
    expect(new Player(fader(change)).play({ type: 'turn', control: 'f', place: 1, at: 0 }).orders).toEqual([]);
  });
});

test('what is turned means what the page binds it to, and nothing where it is bound to nothing', () => {
  const profile = aProfile({
    controls: [aControl('f', { on: cc(20), bindings: { turn: { command: 'setBpm', scale: tempo, pickUp: false } } })],
    pages: [aPage(), aPage(1, { f: { turn: { command: 'setBars', scale: zones, pickUp: false } } })],
  });
  const turn = { type: 'turn', control: 'f', place: 1, at: 0 } as const;
  expect(play({ ...notYetPlayed, page: 1 }, profile, sessionIn('EMPTY'), turn).orders).toMatchObject([
    { command: { type: 'setBars', bars: 32 } },
  ]);
  expect(play(notYetPlayed, profile, sessionIn('EMPTY'), { ...turn, control: 'g' }).orders).toEqual([]);
});

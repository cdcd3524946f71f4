import fc from 'fast-check';
import {
  changeFrame,
  onGrid,
  passFrom,
  phaseOf,
  place,
  placeAll,
  startAtBar,
} from '../../../src/core/session/placing.ts';
import { frameOfBeat, nextBarBeat } from '../../../src/core/time/grid.ts';
import { grids } from '../time/arbitraries.ts';
import { loop, sessionIn, trackIn } from './situations.ts';

const bar = 96_000;
const frame = 4 * bar + 1000;
const lengths = fc.integer({ min: 1, max: 32 });
const starts = fc.integer({ min: -500, max: 500 });

test('a change is heard at once, or from the next bar line on', () => {
  const session = sessionIn('EMPTY');
  expect([changeFrame(session, frame), changeFrame(session, frame, 'now')]).toEqual([undefined, undefined]);
  expect([changeFrame(session, frame, 'bar'), changeFrame(session, 5 * bar, 'bar')]).toEqual([5 * bar, 6 * bar]);
});

test('a loop keeps its place in the bar wherever it is started', () => {
  fc.assert(
    fc.property(grids(), starts, lengths, fc.nat(1e7), (grid, startBeat, beats, played) => {
      const held = onGrid({ ...loop, startBeat, endBeat: startBeat + beats }, grid, startBeat);
      const at = grid.origin + played;
      const line = nextBarBeat(grid, at);
      const { atBeat, fromFrame } = startAtBar(2, held, grid, at);
      expect(phaseOf({ startBeat: atBeat }, grid)).toBe(phaseOf(held, grid));
      expect(phaseOf(held, grid)).toBeGreaterThanOrEqual(0);
      // It is heard from the line on, in a bar that it is in the midst of where it does not begin on it.
      expect(fromFrame ?? frameOfBeat(grid, atBeat)).toBe(frameOfBeat(grid, line));
      expect(line - atBeat).toBeGreaterThanOrEqual(0);
      expect(line - atBeat).toBeLessThan(grid.beatsPerBar);
      expect(passFrom(held, grid, line)).toBe(atBeat);
    }),
  );
});

test('a loop on another grid lies on the same beats of it, and was not played there', () => {
  fc.assert(
    fc.property(grids(), starts, lengths, (grid, startBeat, beats) => {
      const held = onGrid({ ...loop, startBeat: 0, endBeat: beats }, grid, startBeat);
      expect(held).toMatchObject({ startBeat, endBeat: startBeat + beats, played: false, frames: loop.frames });
      expect([held.startFrame, held.endFrame]).toEqual([
        frameOfBeat(grid, startBeat),
        frameOfBeat(grid, startBeat + beats),
      ]);
    }),
  );
});

describe('what a track is given', () => {
  const other = { ...loop, id: 6 };
  const given = (situation: Parameters<typeof sessionIn>[0], plays: boolean) => {
    const { session, effects } = place(sessionIn(situation), frame, { track: 2, plays, loop: other }, undefined);
    return [session.tracks[1]?.state, effects[0]?.type];
  };

  test.each([
    ['EMPTY', true, ['TRIGGERED', 'start']],
    ['EMPTY', false, ['STOPPED', 'clear']],
    ['PLAYING', false, ['TRIGGERED', 'start']],
    ['STOPPED', true, ['STOPPED', 'clear']],
    ['STOPPING', true, ['STOPPED', 'clear']],
  ] as const)(
    'in %s sounds as the track does, and as it says itself where the track is empty: %s',
    (situation, plays, expected) => expect(given(situation, plays)).toEqual(expected),
  );

  test('is silent until it is read', () => {
    const unread = { track: 2, plays: true, loop: { ...other, sound: 'disk' as const } };
    const { session, effects } = place(sessionIn('EMPTY'), frame, unread, 5 * bar);
    expect(session.tracks[1]).toMatchObject({ state: 'TRIGGERED', waitsFor: 'read' });
    expect(effects).toEqual([{ type: 'clear', track: 2, atFrame: 5 * bar }]);
  });

  test('is nothing: it is silent at once, or from a frame on', () => {
    const nothing = { track: 2, plays: false };
    expect(place(sessionIn('PLAYING'), frame, nothing, undefined).effects).toEqual([{ type: 'clear', track: 2 }]);
    const { session, effects } = placeAll(sessionIn('PLAYING'), frame, [nothing], 5 * bar);
    expect([session.tracks[1], effects]).toEqual([trackIn('EMPTY'), [{ type: 'clear', track: 2, atFrame: 5 * bar }]]);
  });
});

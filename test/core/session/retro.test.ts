import fc from 'fast-check';
import { reduce } from '../../../src/core/session/reduce.ts';
import type { SessionState } from '../../../src/core/session/state.ts';
import { frameOfBeat, positionAt } from '../../../src/core/time/grid.ts';
import { grids } from '../time/arbitraries.ts';
import { loop, loopFact, sessionIn } from './situations.ts';

const bar = 96_000;

const captured = (session: SessionState, frame: number, bars: number) => {
  const reduced = reduce(session, { type: 'command', frame, command: { type: 'record', track: 2, bars } });
  const track = reduced.session.tracks[1];
  return { ...reduced, loop: track && 'loop' in track ? track.loop : undefined };
};

const span = (frame: number, bars: number, retroThreshold: number) => {
  const { loop: held } = captured(sessionIn('EMPTY', { retroThreshold }), frame, bars);
  return [held?.startBeat, held?.endBeat];
};

describe('the bars that a stomp means', () => {
  test.each([
    ['on the bar line', 0, 0.75, 1, [4, 8]],
    ['one frame after it', 1, 0.75, 1, [4, 8]],
    ['in the middle', 48_000, 0.75, 1, [4, 8]],
    ['exactly at the threshold', 72_000, 0.75, 1, [4, 8]],
    ['one frame past the threshold', 72_001, 0.75, 1, [8, 12]],
    ['one frame before the next line', 95_999, 0.75, 1, [8, 12]],
    ['before the threshold, two bars', 72_000, 0.75, 2, [0, 8]],
    ['past the threshold, two bars', 72_001, 0.75, 2, [4, 12]],
    ['before the threshold, more bars than were played', 72_000, 0.75, 8, [-24, 8]],
    ['past the threshold, more bars than were played', 72_001, 0.75, 8, [-20, 12]],
    ['threshold 1, one frame before the next line', 95_999, 1, 1, [4, 8]],
    ['threshold 0, on the bar line', 0, 0, 1, [4, 8]],
    ['threshold 0, one frame after it', 1, 0, 1, [8, 12]],
    ['threshold 0.5, exactly', 48_000, 0.5, 1, [4, 8]],
    ['threshold 0.5, one frame past', 48_001, 0.5, 1, [8, 12]],
  ])('%s', (_, sinceLine, threshold, bars, expected) => {
    expect(span(2 * bar + sinceLine, bars, threshold)).toEqual(expected);
  });

  test.each([
    ['late', 0, [-4, 0]],
    ['late, at the threshold', 72_000, [-4, 0]],
    ['early', 72_001, [0, 4]],
  ])('in bar 0, %s, are taken too', (_, frame, expected) => {
    expect(span(frame, 1, 0.75)).toEqual(expected);
  });

  test('end on a bar line: the last one up to the threshold, the next one past it', () => {
    fc.assert(
      fc.property(
        grids(),
        fc.integer({ min: 0, max: 1e9 }),
        fc.integer({ min: 1, max: 32 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (grid, played, bars, retroThreshold) => {
          const frame = grid.origin + played;
          const unbounded = { tapeFrames: 1e12, budgetFrames: 1e12, latencyFrames: 0 };
          const { loop: held } = captured(sessionIn('EMPTY', { grid, retroThreshold, ...unbounded }), frame, bars);
          const position = positionAt(grid, frame);
          const early = position.progress > retroThreshold;
          const endBeat = (position.bar + (early ? 1 : 0)) * grid.beatsPerBar;
          const startBeat = endBeat - bars * grid.beatsPerBar;
          const [startFrame, endFrame] = [frameOfBeat(grid, startBeat), frameOfBeat(grid, endBeat)];
          const leadFrames = Math.round(grid.rate * 0.025);
          expect(held).toEqual({
            ...{ id: 6, startBeat, endBeat, startFrame, endFrame, latencyFrames: 0, nudgeFrames: 0 },
            ...{ frames: leadFrames + endFrame - startFrame, leadFrames, sound: 'tape', played: true },
          });
        },
      ),
    );
  });
});

describe('the latency', () => {
  test('of a loop is the one at its capture', () => {
    const { loop: held, effects } = captured(sessionIn('EMPTY', { latencyFrames: 333 }), 2 * bar + 10, 1);
    expect(held?.latencyFrames).toBe(333);
    expect(effects).toMatchObject([{ type: 'capture', latencyFrames: 333 }]);
  });

  test('of a loop stays as it was through all that may come', () => {
    const inputs = [
      { type: 'command', frame: 3 * bar, command: { type: 'setLatency', frames: 5000 } },
      { type: 'command', frame: 3 * bar, command: { type: 'stop', track: 2 } },
      { type: 'fact', fact: loopFact('loopStopped') },
      { type: 'command', frame: 5 * bar, command: { type: 'setLatency', frames: 7000 } },
      { type: 'command', frame: 5 * bar, command: { type: 'start', track: 2 } },
      { type: 'fact', fact: loopFact('loopStarted') },
    ] as const;
    let session = sessionIn('PLAYING');
    for (const input of inputs) {
      session = reduce(session, input).session;
      expect(session.tracks[1]).toMatchObject({ loop });
    }
    expect(session.tracks[1]?.state).toBe('PLAYING');
  });

  test('does not move the bars that a stomp means', () => {
    const at = (latencyFrames: number) => captured(sessionIn('EMPTY', { latencyFrames }), 2 * bar + 72_000, 1).loop;
    expect(at(9600)).toEqual({ ...at(0), latencyFrames: 9600 });
  });
});

test('the next bar line of a start and a stop is strictly after the stomp', () => {
  const atBeat = (frame: number, type: 'start' | 'stop') => {
    const session = sessionIn(type === 'start' ? 'STOPPED' : 'PLAYING');
    return reduce(session, { type: 'command', frame, command: { type, track: 2 } }).effects;
  };
  for (const type of ['start', 'stop'] as const) {
    expect(atBeat(2 * bar - 1, type)).toMatchObject([{ type, atBeat: 8 }]);
    expect(atBeat(2 * bar, type)).toMatchObject([{ type, atBeat: 12 }]);
    expect(atBeat(3 * bar - 1, type)).toMatchObject([{ type, atBeat: 12 }]);
  }
});

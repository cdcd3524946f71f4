import fc from 'fast-check';
import { withBeatsPerBar, withTempo } from '../../../src/core/time/change.ts';
import { frameOfBeat, type Grid } from '../../../src/core/time/grid.ts';
import { Spread } from '../../../src/core/time/spread.ts';
import {
  countFrom,
  frameOfTick,
  isBarTick,
  missedTicks,
  recounted,
  type Tick,
  tickAfter,
  tickFrom,
  ticksPerBeat,
  transportOf,
} from '../../../src/core/time/ticks.ts';
import type { Track, TrackState } from '../../../src/core/track/state.ts';
import { loop } from '../session/situations.ts';
import { beats, frames, grids, tempos } from './arbitraries.ts';

const grid = (bpm: number, rate = 48000, beatsPerBar = 4): Grid => ({ rate, bpm, beatsPerBar, origin: 0 });
const halfTick = ({ rate, bpm }: Grid): number => (30 * rate) / (bpm * ticksPerBeat);

describe('the ticks', () => {
  test('each 24th lies on the very frame of its beat', () => {
    fc.assert(
      fc.property(grids(), beats(), (any, beat) => {
        expect(frameOfTick(any, beat * ticksPerBeat)).toBe(frameOfBeat(any, beat));
      }),
    );
  });

  test.each([120, 133.7, 119.97, 400 / 3, 61.803, 399.9])(
    'at %d BPM none of 10,000 beats is more than half a frame off: nothing drifts',
    (bpm) => {
      const any = grid(bpm, 44100);
      let tick = countFrom(any, 0);
      let furthest = 0;
      for (let number = 0; number <= 10_000 * ticksPerBeat; number += 1) {
        tick = tickAfter(any, tick);
        furthest = Math.max(furthest, Math.abs(tick.frame - (number * 60 * 44100) / (bpm * ticksPerBeat)));
      }
      expect(tick).toEqual({ number: 10_000 * ticksPerBeat, frame: frameOfBeat(any, 10_000) });
      expect(furthest).toBeLessThanOrEqual(0.5 + 1e-6);
    },
  );

  test('the first one from a frame on is at or after it, and the one before is not', () => {
    fc.assert(
      fc.property(grids(), frames(), (any, frame) => {
        const number = tickFrom(any, frame);
        expect(frameOfTick(any, number)).toBeGreaterThanOrEqual(frame);
        expect(frameOfTick(any, number - 1)).toBeLessThan(frame);
      }),
    );
  });

  test('those on bar lines are known, before the origin too', () => {
    const lines = Array.from({ length: 300 }, (_, index) => index - 150).filter((tick) => isBarTick(grid(120), tick));
    expect(lines).toEqual([-96, 0, 96]);
  });

  test.each([
    [10, 10_000, 0],
    [10, 11_000, 0],
    [10, 11_001, 1],
    [10, 34_500, 24],
    [10, 9000, 0],
  ])('after tick %d, at frame %d, %d are missed', (number, frame, missed) => {
    expect(missedTicks(grid(120), { number, frame: number * 1000 }, frame)).toBe(missed);
  });
});

describe('a change of the grid', () => {
  const changes = fc.record({
    before: grids(),
    bpm: tempos(),
    sent: fc.integer({ min: -1000, max: 100_000 }),
    sinceTick: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
    lateMs: fc.integer({ min: 0, max: 20 }),
  });

  const following = (any: Grid, sent: Tick, count: number): readonly Tick[] => {
    const ticks: Tick[] = [];
    for (let tick = tickAfter(any, sent); ticks.length < count; tick = tickAfter(any, tick)) ticks.push(tick);
    return ticks;
  };

  test('of tempo carries the count on, no tick in the past and none closer than half a tick, and is soon on the new grid', () => {
    fc.assert(
      fc.property(changes, ({ before, bpm, sent: number, sinceTick, lateMs }) => {
        const sent = { number, frame: frameOfTick(before, number) };
        const now = Math.floor(sent.frame + sinceTick * (frameOfTick(before, number + 1) - sent.frame));
        const after = withTempo(before, bpm, now - Math.round((lateMs * before.rate) / 1000));
        const count = recounted(before, after, sent, now);
        const ticks = following(after, count.sent, 40);
        expect(count.carriedOn).toBe(true);
        expect(ticks.map((tick) => tick.number)).toEqual(ticks.map((_, index) => number + 1 + index));
        expect(ticks[0]?.frame).toBeGreaterThanOrEqual(now);
        for (const [index, { frame }] of ticks.entries()) {
          expect(frame - (ticks[index - 1] ?? sent).frame).toBeGreaterThanOrEqual(halfTick(after) - 1e-6);
        }
        const last = ticks.at(-1);
        expect(last?.frame).toBe(frameOfTick(after, last?.number ?? 0));
      }),
    );
  });

  test('of meter begins a new count, no closer than half a tick', () => {
    const before = grid(120);
    const sent = { number: 24 * 13, frame: 312_000 };
    const after = withBeatsPerBar(before, 3, 312_100);
    const count = recounted(before, after, sent, 312_100);
    expect(count.carriedOn).toBe(false);
    expect(tickAfter(after, count.sent)).toEqual({ number: 24 * 10 + 1, frame: 313_000 });
  });

  test('to a grid that lies elsewhere begins a new count', () => {
    const before = grid(120);
    const sent = { number: 24 * 13, frame: 312_000 };
    expect(recounted(before, { ...before, origin: 30_000 }, sent, 312_100).carriedOn).toBe(false);
  });
});

describe('a slave', () => {
  const tracks = (...states: readonly TrackState[]): readonly Track[] =>
    states.map((state, index) => {
      const id = index + 1;
      if (state === 'EMPTY') return { id, state };
      return state === 'TRIGGERED' ? { id, state, loop, waitsFor: 'capture' } : { id, state, loop };
    });

  test.each([
    ['loops', 'rest', tracks('EMPTY', 'STOPPED')],
    ['loops', 'run', tracks('EMPTY', 'TRIGGERED')],
    ['loops', 'run', tracks('RECORDING', 'STOPPED')],
    ['loops', 'run', tracks('STOPPING', 'PLAYING')],
    ['loops', 'runOut', tracks('STOPPING', 'STOPPED')],
    ['loops', 'rest', []],
    ['always', 'run', tracks('EMPTY')],
    ['always', 'run', tracks('STOPPING')],
  ] as const)('of %s is to %s', (mode, transport, all) => {
    expect(transportOf(mode, all)).toBe(transport);
  });
});

describe('a spread of durations', () => {
  const spread = (durations: readonly number[]): Spread => {
    const made = new Spread();
    for (const duration of durations) made.add(duration);
    return made;
  };

  test('has percentiles to 0.05 ms, as sorting would give them, and the exact greatest', () => {
    const durations = fc.array(fc.double({ min: 0, max: 49, noNaN: true }), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(durations, fc.double({ min: 0.01, max: 1, noNaN: true }), (all, share) => {
        const exact = all.toSorted((a, b) => a - b)[Math.ceil(share * all.length) - 1] ?? 0;
        const found = spread(all).percentile(share);
        expect(found - exact).toBeGreaterThanOrEqual(-1e-9);
        expect(found - exact).toBeLessThanOrEqual(0.05 + 1e-9);
        expect(spread(all).max).toBe(Math.max(...all));
      }),
    );
  });

  test('of none is zero, and above its range the greatest stands for all', () => {
    expect([spread([]).percentile(0.5), spread([]).max]).toEqual([0, 0]);
    expect([spread([1, 80, 3000]).percentile(0.5), spread([1, 80, 3000]).count]).toEqual([3000, 3]);
  });
});

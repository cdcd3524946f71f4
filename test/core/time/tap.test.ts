import fc from 'fast-check';
import { tempoOfTaps, withTap } from '../../../src/core/time/tap.ts';
import { rates } from './arbitraries.ts';

const rate = 48000;
const range = { min: 20, max: 400 };

/** The frames of taps that lie these intervals apart. */
const frames = (intervals: readonly number[]): number[] => {
  let frame = 1000;
  return [frame, ...intervals.map((interval) => (frame += interval))];
};

const tempo = (taps: readonly number[], at = rate): number | undefined =>
  tempoOfTaps(
    taps.reduce<readonly number[]>((kept, tap) => withTap(kept, tap, at, range), []),
    at,
  );

describe('tap tempo', () => {
  test.each<[string, readonly number[], number | undefined]>([
    ['is unknown after one tap', [], undefined],
    ['is that of two taps', [24000], 120],
    ['is the median of the intervals', [24000, 24600, 23400], 120],
    ['is told to a tenth of a BPM', [21150], 136.2],
    ['of an even number of intervals lies between the middle two', [23800, 24200], 120],
    ['drops an interval that is far from the others', [24000, 24000, 31000, 24000], 120],
    ['drops outliers before it takes the median', [20000, 24000, 24000, 24400, 24400, 60000, 60000], 120],
    ['survives a missed tap', [24000, 24000, 48000, 24000], 120],
    ['survives two missed taps', [24000, 48000, 24000, 24000, 48000, 24000, 24000], 120],
    ['passes over a bounce of the foot', [24000, 500, 23500, 24000], 120],
    ['begins anew after a pause', [12000, 12000, 12000, 12000, 144001, 24000], 120],
    ['is unknown after a pause alone', [12000, 12000, 144001], undefined],
    ['forgets old taps when the player changes it', [...Array(20).fill(24000), ...Array(8).fill(16000)], 180],
    ['is 400 at the most', [7200, 7200], 400],
    ['is 20 at the least', [144000, 144000], 20],
    ['takes what is faster than 400 for a bounce', [7199], undefined],
    ['takes what is slower than 20 for a pause', [144001], undefined],
  ])('%s', (_, intervals, bpm) => {
    expect(tempo(frames(intervals))).toBe(bpm);
  });

  test('of steady taps is their tempo, at any rate', () => {
    fc.assert(
      fc.property(
        rates(),
        fc.integer({ min: 200, max: 4000 }),
        fc.integer({ min: 2, max: 30 }),
        (at, tenths, count) => {
          const bpm = tenths / 10;
          const taps = Array.from({ length: count }, (_, index) => Math.round((index * 60 * at) / bpm));
          // A frame more or less moves 400 BPM by 0.06.
          expect(Math.abs((tempo(taps, at) ?? 0) - bpm)).toBeLessThanOrEqual(0.11);
        },
      ),
    );
  });

  test('is between 20 and 400 whatever is tapped, and few taps are kept', () => {
    fc.assert(
      fc.property(
        rates(),
        fc.array(fc.integer({ min: -1000, max: 400_000 }), { maxLength: 60, size: 'max' }),
        (at, intervals) => {
          let taps: readonly number[] = [];
          for (const tap of frames(intervals)) {
            taps = withTap(taps, tap, at, range);
            expect(taps.length).toBeLessThanOrEqual(9);
            const bpm = tempoOfTaps(taps, at);
            if (bpm === undefined) continue;
            expect(bpm).toBeGreaterThanOrEqual(20);
            expect(bpm).toBeLessThanOrEqual(400);
          }
        },
      ),
    );
  });
});

import fc from 'fast-check';
import { waveColumns, wavePath } from '../../../src/page/stage/wave-path.ts';

const pointsOf = (path: string): readonly (readonly number[])[] =>
  path
    .slice(1, -1)
    .split('L')
    .map((point) => point.split(' ').map(Number));

test('no peaks, no path', () => {
  expect(wavePath([])).toBe('');
});

test('up is as down, and no peak is lost between two columns', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 254 }), { minLength: 1, maxLength: 2000 }),
      fc.nat(),
      (peaks, place) => {
        const loud = peaks.with(place % peaks.length, 255);
        const points = pointsOf(wavePath(loud));
        expect(points).toHaveLength(2 * waveColumns);
        const heights = points.map(([, y]) => y ?? Number.NaN);
        expect([Math.min(...heights), Math.max(...heights)]).toEqual([0, 64]);
      },
    ),
  );
});

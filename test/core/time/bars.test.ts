import fc from 'fast-check';
import { barBeatOf, barOfBeat, frameOfBeat, nextBarBeat, positionAt } from '../../../src/core/time/grid.ts';
import { frames, grids } from './arbitraries.ts';

const grid = { rate: 48000, bpm: 120, beatsPerBar: 4, origin: 0 };

describe('a bar', () => {
  test.each([
    [4, -5, -2, -8],
    [4, -4, -1, -4],
    [4, -1, -1, -4],
    [4, 0, 0, 0],
    [4, 3, 0, 0],
    [4, 4, 1, 4],
    [7, 20, 2, 14],
    [1, -3, -3, -3],
    [16, 15, 0, 0],
  ])('of %d beats: beat %d lies in bar %d, which starts on beat %d', (beatsPerBar, beat, bar, barBeat) => {
    expect(barOfBeat({ ...grid, beatsPerBar }, beat)).toBe(bar);
    expect(barBeatOf({ ...grid, beatsPerBar }, beat)).toBe(barBeat);
  });
});

describe('the next bar line', () => {
  test.each([
    [-1, 0],
    [0, 4],
    [95999, 4],
    [96000, 8],
  ])('is after the frame: from frame %d it is beat %d', (frame, beat) => {
    expect(nextBarBeat(grid, frame)).toBe(beat);
  });

  test('comes within one bar', () => {
    fc.assert(
      fc.property(grids(), frames(), (at, frame) => {
        const line = nextBarBeat(at, frame);
        expect(barBeatOf(at, line)).toBe(line);
        expect(frameOfBeat(at, line)).toBeGreaterThan(frame);
        expect(frameOfBeat(at, line - at.beatsPerBar)).toBeLessThanOrEqual(frame);
      }),
    );
  });
});

describe('a position', () => {
  test.each([
    [0, { beat: 0, bar: 0, beatInBar: 0, barBeat: 0, progress: 0 }],
    [72000, { beat: 3, bar: 0, beatInBar: 3, barBeat: 0, progress: 0.75 }],
    [96000 + 12000, { beat: 4, bar: 1, beatInBar: 0, barBeat: 4, progress: 0.125 }],
    [-24000, { beat: -1, bar: -1, beatInBar: 3, barBeat: -4, progress: 0.75 }],
  ])('at frame %d', (frame, position) => {
    expect(positionAt(grid, frame)).toEqual(position);
  });

  test('has a progress from 0 to below 1 that grows with the frame and is 0 on the bar line only', () => {
    fc.assert(
      fc.property(grids(), frames(), (at, frame) => {
        const { progress, bar } = positionAt(at, frame);
        expect(progress).toBeGreaterThanOrEqual(0);
        expect(progress).toBeLessThan(1);
        expect(progress === 0).toBe(frameOfBeat(at, bar * at.beatsPerBar) === frame);
        const next = positionAt(at, frame + 1);
        expect(next.bar > bar ? next.progress === 0 : next.progress > progress).toBe(true);
      }),
    );
  });

  test('names one beat in two ways', () => {
    fc.assert(
      fc.property(grids(), frames(), (at, frame) => {
        const { bar, barBeat, beat, beatInBar } = positionAt(at, frame);
        expect([barBeat, barBeat + beatInBar]).toEqual([bar * at.beatsPerBar, beat]);
        expect(beatInBar).toBeGreaterThanOrEqual(0);
        expect(beatInBar).toBeLessThan(at.beatsPerBar);
      }),
    );
  });
});

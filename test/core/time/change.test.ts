import fc from 'fast-check';
import { withBeatsPerBar, withTempo } from '../../../src/core/time/change.ts';
import { type Grid, positionAt } from '../../../src/core/time/grid.ts';
import { grids, meters, tempos } from './arbitraries.ts';

const grid: Grid = { rate: 48000, bpm: 120, beatsPerBar: 4, origin: 0 };

/** Beats since the origin, with their fraction. */
const phase = (at: Grid, frame: number): number => ((frame - at.origin) * at.bpm) / (60 * at.rate);
const beatFrames = (at: Grid): number => (60 * at.rate) / at.bpm;
/** A bar's start is rounded to a frame: this close to a line, the side on which a frame lies is not told. */
const nearLine = (at: Grid, frame: number): boolean => {
  const beat = phase(at, frame);
  return Math.abs(beat - Math.round(beat)) * beatFrames(at) <= 1;
};
const played = fc.integer({ min: 0, max: 1e9 });

describe('another tempo', () => {
  test.each([
    ['on a bar line', 96000, 60, { bar: 1, beatInBar: 0, progress: 0 }],
    ['in the middle of a beat', 36000, 60, { bar: 0, beatInBar: 1, progress: 0.375 }],
    ['late in a bar, faster', 90000, 400, { bar: 0, beatInBar: 3, progress: 0.9375 }],
  ])('keeps bar, beat and phase %s', (_, frame, bpm, position) => {
    const changed = withTempo(grid, bpm, frame);
    expect(changed).toMatchObject({ bpm, rate: 48000, beatsPerBar: 4 });
    expect(positionAt(changed, frame)).toMatchObject(position);
  });

  test('keeps the phase to half a frame, from any tempo to any other', () => {
    fc.assert(
      fc.property(grids(), tempos(), played, (before, bpm, after) => {
        const frame = before.origin + after;
        const changed = withTempo(before, bpm, frame);
        expect(Number.isInteger(changed.origin)).toBe(true);
        const moved = Math.abs(phase(changed, frame) - phase(before, frame)) * beatFrames(changed);
        expect(moved).toBeLessThanOrEqual(0.5 + 1e-3);
      }),
    );
  });

  test('keeps the number of the bar and the beat', () => {
    fc.assert(
      fc.property(grids(), tempos(), played, (before, bpm, after) => {
        const frame = before.origin + after;
        const changed = withTempo(before, bpm, frame);
        fc.pre(!nearLine(before, frame) && !nearLine(changed, frame));
        const { bar, beat } = positionAt(before, frame);
        expect(positionAt(changed, frame)).toMatchObject({ bar, beat });
      }),
    );
  });
});

describe('another meter', () => {
  test.each([
    ['in beat 1 of bar 2', 192000 + 6000, 3, { bar: 2, beatInBar: 0 }, 6000],
    ['in beat 2 of bar 2', 192000 + 30000, 3, { bar: 2, beatInBar: 1 }, 6000],
    ['in a beat that the new bar has not', 192000 + 78000, 3, { bar: 2, beatInBar: 0 }, 6000],
    ['in a bar of one', 96000 + 78000, 1, { bar: 1, beatInBar: 0 }, 6000],
    ['in a longer bar', 192000 + 78000, 7, { bar: 2, beatInBar: 3 }, 6000],
  ])('keeps the bar and the phase %s', (_, frame, beatsPerBar, position, sinceBeat) => {
    const changed = withBeatsPerBar(grid, beatsPerBar, frame);
    expect(changed).toMatchObject({ bpm: 120, rate: 48000, beatsPerBar });
    expect(positionAt(changed, frame)).toMatchObject(position);
    expect(positionAt(changed, frame - sinceBeat)).toMatchObject(position);
    expect(positionAt(changed, frame - sinceBeat - 1)).not.toMatchObject(position);
  });

  test('keeps the number of the bar, and the phase of the beat to half a frame', () => {
    fc.assert(
      fc.property(grids(), meters(), played, (before, beatsPerBar, after) => {
        const frame = before.origin + after;
        const changed = withBeatsPerBar(before, beatsPerBar, frame);
        expect(Number.isInteger(changed.origin)).toBe(true);
        const moved = (phase(changed, frame) - phase(before, frame)) % 1;
        expect(Math.abs(moved - Math.round(moved)) * beatFrames(before)).toBeLessThanOrEqual(0.5 + 1e-3);
        fc.pre(!nearLine(before, frame) && !nearLine(changed, frame));
        const old = positionAt(before, frame);
        const now = positionAt(changed, frame);
        expect([now.bar, now.beatInBar]).toEqual([old.bar, old.beatInBar % beatsPerBar]);
      }),
    );
  });
});

import { barOfBeat, beatAt, type Grid } from './grid.ts';
import type { Beat, Bpm, Frame } from './units.ts';

/** Beats since the origin as a fraction, so that a change can keep the phase inside the beat. */
const exactBeat = (grid: Grid, frame: Frame): number => ((frame - grid.origin) * grid.bpm) / (60 * grid.rate);

const anchored = (grid: Grid, frame: Frame, beat: number): Grid => ({
  ...grid,
  origin: frame - Math.round((beat * 60 * grid.rate) / grid.bpm),
});

/** The grid with another tempo from `frame` on: same bar, same beat, same phase inside the beat, to half a frame. */
export const withTempo = (grid: Grid, bpm: Bpm, frame: Frame): Grid =>
  anchored({ ...grid, bpm }, frame, exactBeat(grid, frame));

/** The grid with another meter from `frame` on: same bar number, same phase inside the beat; a beat past the new bar's end wraps. */
export const withBeatsPerBar = (grid: Grid, beatsPerBar: Beat, frame: Frame): Grid => {
  const beat = beatAt(grid, frame);
  const bar = barOfBeat(grid, beat);
  const beatInBar = (beat - bar * grid.beatsPerBar) % beatsPerBar;
  return anchored({ ...grid, beatsPerBar }, frame, bar * beatsPerBar + beatInBar + (exactBeat(grid, frame) - beat));
};

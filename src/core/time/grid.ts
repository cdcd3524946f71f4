import type { Beat, Bpm, Frame, Rate } from './units.ts';

/**
 * The bars and beats laid over the frames. Beat `k` lies at `origin + round(k * 60 * rate / bpm)`: each beat is rounded
 * by itself, from the origin, so nothing ever drifts. Immutable; all functions here are pure and realtime-safe.
 */
export type Grid = {
  readonly rate: Rate;
  readonly bpm: Bpm;
  readonly beatsPerBar: Beat;
  /** The frame of beat 0 of bar 0. */
  readonly origin: Frame;
};

/** Where a frame lies: whole bar and beat since the origin, and how far into its bar, 0 <= progress < 1. */
export type Position = {
  readonly beat: Beat;
  readonly bar: number;
  readonly beatInBar: Beat;
  readonly barBeat: Beat;
  readonly progress: number;
};

export const frameOfBeat = (grid: Grid, beat: Beat): Frame =>
  grid.origin + Math.round((beat * 60 * grid.rate) / grid.bpm);

/** The last beat whose frame is at or before `frame`. */
export const beatAt = (grid: Grid, frame: Frame): Beat => {
  const estimate = Math.floor(((frame - grid.origin) * grid.bpm) / (60 * grid.rate));
  if (frameOfBeat(grid, estimate + 1) <= frame) return estimate + 1;
  return frameOfBeat(grid, estimate) <= frame ? estimate : estimate - 1;
};

export const barOfBeat = (grid: Grid, beat: Beat): number => Math.floor(beat / grid.beatsPerBar);

/** The beat on which the bar of `beat` starts. */
export const barBeatOf = (grid: Grid, beat: Beat): Beat => barOfBeat(grid, beat) * grid.beatsPerBar;

export const positionAt = (grid: Grid, frame: Frame): Position => {
  const beat = beatAt(grid, frame);
  const barBeat = barBeatOf(grid, beat);
  const start = frameOfBeat(grid, barBeat);
  const end = frameOfBeat(grid, barBeat + grid.beatsPerBar);
  return {
    beat,
    bar: barOfBeat(grid, beat),
    beatInBar: beat - barBeat,
    barBeat,
    progress: (frame - start) / (end - start),
  };
};

/** The beat of the next bar line, strictly after `frame`. */
export const nextBarBeat = (grid: Grid, frame: Frame): Beat => barBeatOf(grid, beatAt(grid, frame)) + grid.beatsPerBar;

/** The frames from one beat to another: a loop's length, which may differ by one from pass to pass. */
export const framesBetween = (grid: Grid, from: Beat, to: Beat): Frame =>
  frameOfBeat(grid, to) - frameOfBeat(grid, from);

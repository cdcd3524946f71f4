import type { Track } from '../track/state.ts';
import { frameOfBeat, type Grid } from './grid.ts';
import type { Frame } from './units.ts';

/** MIDI clock: 24 ticks to the quarter note (MIDI 1.0 specification), and the grid's beats are the quarter notes. */
export const ticksPerBeat = 24;

/** A tick of the clock, counted from beat 0 of bar 0, and the frame at which it is due. */
export type Tick = { readonly number: number; readonly frame: Frame };

/** Each tick is rounded by itself, from the origin, and each 24th lies on the very frame of its beat: `tick / 24` is exact there. */
export const frameOfTick = (grid: Grid, number: number): Frame => frameOfBeat(grid, number / ticksPerBeat);

/** The number of the first tick at or after `frame`. */
export const tickFrom = (grid: Grid, frame: Frame): number => {
  const estimate = Math.ceil(((frame - grid.origin) * grid.bpm * ticksPerBeat) / (60 * grid.rate));
  if (frameOfTick(grid, estimate - 1) >= frame) return estimate - 1;
  return frameOfTick(grid, estimate) >= frame ? estimate : estimate + 1;
};

/** Whether a bar line lies on the tick. */
export const isBarTick = (grid: Grid, number: number): boolean => number % (ticksPerBeat * grid.beatsPerBar) === 0;

const halfTickFrames = (grid: Grid): number => (30 * grid.rate) / (grid.bpm * ticksPerBeat);

/** The tick after one that was sent: where the grid has it, but no closer than half a tick. */
export const tickAfter = (grid: Grid, sent: Tick): Tick => ({
  number: sent.number + 1,
  frame: Math.max(frameOfTick(grid, sent.number + 1), Math.ceil(sent.frame + halfTickFrames(grid))),
});

/** The tick before the first one at or after `frame`: a count that goes on from it says nothing of what was before. */
export const countFrom = (grid: Grid, frame: Frame): Tick => {
  const number = tickFrom(grid, frame) - 1;
  return { number, frame: frameOfTick(grid, number) };
};

/** The ticks after `sent` that should have gone out before `frame`. */
export const missedTicks = (grid: Grid, sent: Tick, frame: Frame): number =>
  Math.max(0, tickFrom(grid, frame) - sent.number - 1);

/** A count of ticks, and whether it carries on the one before: who has counted along is then still in the right place. */
export type Count = { readonly sent: Tick; readonly carriedOn: boolean };

/**
 * The count after the grid has changed at `now`. A change of tempo keeps the phase inside the beat, so the count carries on; a
 * change that was told late may ask for ticks of the past, which then follow half a tick apart. A change of meter moves the bar lines, and
 * with it the count begins anew; so it does with a grid that lies more than a beat elsewhere.
 */
export const recounted = (before: Grid, after: Grid, sent: Tick, now: Frame): Count => {
  const half = halfTickFrames(after);
  const jump = tickFrom(after, now) - sent.number - 1;
  const carriedOn = before.beatsPerBar === after.beatsPerBar && Math.abs(jump) <= ticksPerBeat;
  if (!carriedOn) return { sent: countFrom(after, Math.max(now, sent.frame + half)), carriedOn };
  return { sent: { number: sent.number, frame: Math.max(sent.frame, now - half) }, carriedOn };
};

/** When a slave runs: for the whole show, or while there are loops. */
export const transportModes = ['always', 'loops'] as const;
export type TransportMode = (typeof transportModes)[number];

/**
 * What the tracks ask of a slave: to run, to run until the next bar line, where the last loop ends, or not to run.
 * A track that stops does so at a bar line, hence the second.
 */
export type Transport = 'run' | 'runOut' | 'rest';

export const transportOf = (mode: TransportMode, tracks: readonly Track[]): Transport => {
  const some = (...states: readonly Track['state'][]): boolean => tracks.some(({ state }) => states.includes(state));
  if (mode === 'always' || some('PLAYING', 'RECORDING', 'TRIGGERED')) return 'run';
  return some('STOPPING') ? 'runOut' : 'rest';
};

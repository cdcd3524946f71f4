import { withBeatsPerBar, withTempo } from '../time/change.ts';
import type { Grid } from '../time/grid.ts';
import { tempoOfTaps, withTap } from '../time/tap.ts';
import type { Beat, Bpm, Frame } from '../time/units.ts';
import type { Reduced } from './outcome.ts';
import { done, refuse } from './outcome.ts';
import { allEmpty, limits, type SessionState } from './state.ts';

type Range = { readonly min: number; readonly max: number };

const within = (value: number, { min, max }: Range): boolean => value >= min && value <= max;

export const outOfRange = (session: SessionState, what: string, value: number, { min, max }: Range): Reduced =>
  refuse(session, 'out-of-range', `${what} ${value} is not possible; ${min} to ${max} is`);

const changeGrid = (session: SessionState, what: string, grid: Grid): Reduced =>
  allEmpty(session)
    ? done({ ...session, grid }, { type: 'setGrid', grid })
    : refuse(session, 'tracks-not-empty', `${what} changes only while all tracks are empty; reset first`);

export const setBpm = (session: SessionState, frame: Frame, bpm: Bpm): Reduced => {
  if (!within(bpm, limits.bpm)) return outOfRange(session, 'tempo', bpm, limits.bpm);
  if (bpm === session.grid.bpm) return done(session);
  return changeGrid(session, 'the tempo', withTempo(session.grid, bpm, frame));
};

export const setBeatsPerBar = (session: SessionState, frame: Frame, beatsPerBar: Beat): Reduced => {
  if (!Number.isInteger(beatsPerBar) || !within(beatsPerBar, limits.beatsPerBar)) {
    return outOfRange(session, 'beats per bar', beatsPerBar, limits.beatsPerBar);
  }
  if (beatsPerBar === session.grid.beatsPerBar) return done(session);
  return changeGrid(session, 'the meter', withBeatsPerBar(session.grid, beatsPerBar, frame));
};

export const setBars = (session: SessionState, bars: number): Reduced =>
  Number.isInteger(bars) && within(bars, limits.bars)
    ? done({ ...session, bars })
    : outOfRange(session, 'bars', bars, limits.bars);

export const tap = (session: SessionState, frame: Frame): Reduced => {
  const taps = withTap(session.taps, frame, session.grid.rate, limits.bpm);
  const bpm = tempoOfTaps(taps, session.grid.rate);
  const tapped = { ...session, taps };
  return bpm === undefined ? done(tapped) : setBpm(tapped, frame, bpm);
};

/** The steps of an encoder or of a pair of pedals. */
export const barSteps = [1, 2, 4, 8, 12, 16, 24, 32];

const clamped = (value: number, { min, max }: Range): number => Math.min(max, Math.max(min, value));

/** To a tenth of a BPM, so that steps there and back end where they began. */
export const changeBpm = (session: SessionState, frame: Frame, by: number): Reduced =>
  setBpm(session, frame, clamped(Math.round((session.grid.bpm + by) * 10) / 10, limits.bpm));

export const changeBars = (session: SessionState, by: number): Reduced => {
  const below = barSteps.findLastIndex((bars) => bars <= session.bars);
  // Between two steps the way down begins at the step below.
  const from = by < 0 && barSteps[below] !== session.bars ? below + 1 : below;
  return setBars(session, barSteps[clamped(from + by, { min: 0, max: barSteps.length - 1 })] ?? session.bars);
};

const withClick = (session: SessionState, click: SessionState['click']): Reduced =>
  done({ ...session, click }, { type: 'setClick', ...click });

export const setClickVolume = (session: SessionState, volume: number): Reduced =>
  within(volume, limits.clickVolume)
    ? withClick(session, { ...session.click, volume })
    : outOfRange(session, 'click volume', volume, limits.clickVolume);

/** To a hundredth, for the same reason. */
export const changeClickVolume = (session: SessionState, by: number): Reduced =>
  setClickVolume(session, clamped(Math.round((session.click.volume + by) * 100) / 100, limits.clickVolume));

export const muteClick = (session: SessionState, muted: boolean): Reduced =>
  withClick(session, { ...session.click, muted });

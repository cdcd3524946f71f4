import { medianOf } from '../median.ts';
import type { Bpm, Frame, Rate } from './units.ts';

/** Taps kept: eight intervals are two bars, enough to smooth a foot and few enough to follow a change of mind. */
const keptTaps = 9;
/** An interval this far from the median is a slip of the foot, not a tempo. */
const outlierShare = 0.25;

/**
 * The taps with one more. A tap closer than the fastest tempo is a bounce and changes nothing; one further away than
 * the slowest tempo begins anew.
 */
export const withTap = (
  taps: readonly Frame[],
  frame: Frame,
  rate: Rate,
  range: { readonly min: Bpm; readonly max: Bpm },
): readonly Frame[] => {
  const last = taps.at(-1);
  if (last === undefined) return [frame];
  const interval = frame - last;
  if (interval < Math.floor((60 * rate) / range.max)) return taps;
  if (interval > Math.ceil((60 * rate) / range.min)) return [frame];
  return [...taps, frame].slice(-keptTaps);
};

/** The tempo of the taps, to a tenth of a BPM: the median interval once outliers are dropped. Undefined before two taps. */
export const tempoOfTaps = (taps: readonly Frame[], rate: Rate): Bpm | undefined => {
  if (taps.length < 2) return undefined;
  const intervals = taps.slice(1).map((tap, index) => tap - (taps[index] ?? tap));
  const middle = medianOf(intervals);
  const kept = intervals.filter((interval) => Math.abs(interval - middle) <= outlierShare * middle);
  return Math.round((600 * rate) / medianOf(kept.length > 0 ? kept : intervals)) / 10;
};

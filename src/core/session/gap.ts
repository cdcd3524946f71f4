import { seamFrames } from '../sound/span.ts';
import type { Frame } from '../time/units.ts';
import type { Loop } from '../track/state.ts';
import type { SessionState } from './state.ts';

/** Frames of the tape that are not what was played. An xrun is short and leaves a flaw; the others leave nothing to be looped. */
export type Gap = {
  readonly from: Frame;
  /** The first frame after it; infinite while it lasts. */
  readonly to: Frame;
  readonly cause: 'xrun' | 'interface' | 'calibration';
};

/** More xruns than this within one tape are no show any more; the oldest are forgotten. */
const mostXruns = 256;

/** Where the sound of a span lies on the tape, with the lead-in of its seam. */
export const soundOf = (
  {
    startFrame,
    endFrame,
    latencyFrames,
    nudgeFrames,
  }: Pick<Loop, 'startFrame' | 'endFrame' | 'latencyFrames' | 'nudgeFrames'>,
  rate: number,
): { readonly from: Frame; readonly to: Frame } => ({
  from: startFrame + latencyFrames + nudgeFrames - seamFrames(rate),
  to: endFrame + latencyFrames + nudgeFrames,
});

export const overlap = (one: { from: Frame; to: Frame }, other: { from: Frame; to: Frame }): Frame =>
  Math.max(0, Math.min(one.to, other.to) - Math.max(one.from, other.from));

/** The session with one more gap; those that the tape has lost since are forgotten. */
export const withGap = (session: SessionState, gap: Gap): SessionState => {
  const oldest = gap.from - session.tapeFrames - session.latencyFrames - seamFrames(session.grid.rate);
  const known = [...session.gaps.filter(({ to }) => to > oldest), gap];
  const surplus = known.filter(({ cause }) => cause === 'xrun').slice(0, -mostXruns);
  return { ...session, gaps: known.filter((one) => !surplus.includes(one)) };
};

/** The session with the gap of a cause that lasts ended at `frame`. */
export const endGap = (session: SessionState, cause: Gap['cause'], frame: Frame): SessionState => ({
  ...session,
  gaps: session.gaps.map((gap) =>
    gap.cause === cause && gap.to === Number.POSITIVE_INFINITY ? { ...gap, to: frame } : gap,
  ),
});

type BlockingGap = Gap & { readonly cause: 'interface' | 'calibration' };

/** A gap that keeps a span from being looped, or undefined. */
export const blockingGap = (session: SessionState, sound: { from: Frame; to: Frame }): BlockingGap | undefined =>
  session.gaps.find((gap): gap is BlockingGap => gap.cause !== 'xrun' && overlap(gap, sound) > 0);

/** The frames that xruns have taken out of a span. */
export const lostIn = (session: SessionState, sound: { from: Frame; to: Frame }): Frame =>
  session.gaps.reduce((sum, gap) => (gap.cause === 'xrun' ? sum + overlap(gap, sound) : sum), 0);

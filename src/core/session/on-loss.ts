import type { Frame } from '../time/units.ts';
import { isCapturing, type Track } from '../track/state.ts';
import type { SessionEvent } from './event.ts';
import { endGap, type Gap, overlap, soundOf, withGap } from './gap.ts';
import type { Reduced } from './outcome.ts';
import { done } from './outcome.ts';
import { type SessionState, withTrack } from './state.ts';

/** The frames that a gap takes out of a track's loop: none once all of its sound is in. */
const missing = (session: SessionState, track: Track, gap: Gap): Frame =>
  track.state === 'EMPTY' ? 0 : overlap(gap, soundOf(track.loop, session.grid.rate));

type Step = { readonly session: SessionState; readonly told: readonly SessionEvent[] };

/** Notes at a track what a gap has taken out of its loop. */
const flawed = ({ session, told }: Step, track: Track, gap: Gap): Step => {
  const frames = missing(session, track, gap);
  if (frames === 0 || track.state === 'EMPTY') return { session, told };
  const loop = { ...track.loop, lostFrames: (track.loop.lostFrames ?? 0) + frames };
  return {
    session: withTrack(session, { ...track, loop }),
    told: [...told, { type: 'captureGap', frame: gap.from, track: track.id, frames }],
  };
};

/** The driver lost frames: loops whose sound is still coming in have a flaw, and say so. */
export const onGap = (session: SessionState, frame: Frame, frames: Frame): Reduced => {
  const gap: Gap = { from: frame, to: frame + frames, cause: 'xrun' };
  const step = session.tracks.reduce<Step>((before, track) => flawed(before, track, gap), {
    session: withGap(session, gap),
    told: [{ type: 'gap', frame, frames }],
  });
  return { ...done(step.session), told: step.told };
};

const droppedText = (ids: readonly number[]): string => {
  const what = ids.length === 1 ? `track ${ids[0]} was` : `tracks ${ids.join(', ')} were`;
  return `the interface went away while ${what} being captured; play it again once the interface is back`;
};

/** The interface is gone: what is being captured cannot be had; what plays goes on in silence. */
export const onInterfaceLost = (session: SessionState, frame: Frame): Reduced => {
  // Before the first frame there was none either.
  const from = frame > 0 ? frame : Number.NEGATIVE_INFINITY;
  const gap: Gap = { from, to: Number.POSITIVE_INFINITY, cause: 'interface' };
  const away: SessionState = { ...withGap(session, gap), interface: 'away' };
  const dropped = away.tracks.filter((track) => isCapturing(track) && missing(away, track, gap) > 0);
  const step = away.tracks
    .filter((track) => !dropped.includes(track))
    .reduce<Step>((before, track) => flawed(before, track, gap), {
      session: dropped.reduce((before, { id }) => withTrack(before, { id, state: 'EMPTY' }), away),
      told: [{ type: 'interface', frame, state: 'lost' }],
    });
  return {
    ...done(step.session, ...dropped.map(({ id }) => ({ type: 'clear' as const, track: id }))),
    told: step.told,
    ...(dropped.length > 0 && {
      refused: { code: 'interface-lost', reason: droppedText(dropped.map(({ id }) => id)) },
    }),
  };
};

export const onInterfaceBack = (session: SessionState, frame: Frame): Reduced => ({
  ...done({ ...endGap(session, 'interface', frame), interface: 'here' }),
  told: [{ type: 'interface', frame, state: 'back' }],
});

import type { Frame } from '../time/units.ts';
import { isCapturing, type Loop } from '../track/state.ts';
import type { SessionEvent } from './event.ts';
import { endGap, type Gap, overlap, soundOf, withGap } from './gap.ts';
import { heldLoops, withLoop } from './held.ts';
import type { Reduced } from './outcome.ts';
import { done } from './outcome.ts';
import { withoutCaptures } from './second-thoughts.ts';
import { silencing } from './sets.ts';
import { type SessionState, withTrack } from './state.ts';

/** The frames that a gap takes out of a loop: none once all of its sound is in. */
const missing = (session: SessionState, loop: Loop, gap: Gap): Frame =>
  loop.played ? overlap(gap, soundOf(loop, session.grid.rate)) : 0;

type Flawed = { readonly session: SessionState; readonly told: readonly SessionEvent[] };

/** Notes at all loops what a gap has taken out of them, also at those that only undo would bring back, and tells it of those of tracks. */
const flawed = (session: SessionState, gap: Gap): Flawed => {
  const flaws = [...heldLoops(session).values()]
    .map((loop) => ({ loop, frames: missing(session, loop, gap) }))
    .filter(({ frames }) => frames > 0);
  return {
    session: flaws.reduce(
      (before, { loop, frames }) => withLoop(before, loop.id, { lostFrames: (loop.lostFrames ?? 0) + frames }),
      session,
    ),
    told: session.tracks.flatMap((track): SessionEvent[] => {
      const flaw = track.state === 'EMPTY' ? undefined : flaws.find(({ loop }) => loop.id === track.loop.id);
      return flaw === undefined ? [] : [{ type: 'captureGap', frame: gap.from, track: track.id, frames: flaw.frames }];
    }),
  };
};

/** The driver lost frames: loops whose sound is still coming in have a flaw, and say so. */
export const onGap = (session: SessionState, frame: Frame, frames: Frame): Reduced => {
  const gap: Gap = { from: frame, to: frame + frames, cause: 'xrun' };
  const after = flawed(withGap(session, gap), gap);
  return { ...done(after.session), told: [{ type: 'gap', frame, frames }, ...after.told] };
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
  const dropped = away.tracks.filter(
    (track) => track.state !== 'EMPTY' && isCapturing(track) && missing(away, track.loop, gap) > 0,
  );
  const without = dropped.reduce(
    (before, { id }) => withTrack(before, { id, state: 'EMPTY' }),
    withoutCaptures(away, dropped),
  );
  const after = flawed(without, gap);
  const silenced = dropped.flatMap(({ id }) => silencing(session, id));
  return {
    ...done(after.session, ...silenced),
    told: [{ type: 'interface', frame, state: 'lost' }, ...after.told],
    ...(dropped.length > 0 && {
      refused: { code: 'interface-lost', reason: droppedText(dropped.map(({ id }) => id)) },
    }),
  };
};

export const onInterfaceBack = (session: SessionState, frame: Frame): Reduced => ({
  ...done({ ...endGap(session, 'interface', frame), interface: 'here' }),
  told: [{ type: 'interface', frame, state: 'back' }],
});

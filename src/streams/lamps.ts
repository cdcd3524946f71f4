import { map, merge, mergeMap, type Observable, scan } from 'rxjs';
import type { Profile } from '../core/controller/profile.ts';
import { lampChanges, type Shown, unknown } from '../core/lamps/diff.ts';
import { type Picture, picture } from '../core/lamps/picture.ts';
import type { SessionState } from '../core/session/state.ts';
import type { Frame } from '../core/time/units.ts';

/** A lamp's message, and the frame of what it tells of. */
export type LampMessage = { readonly frame: Frame; readonly bytes: readonly number[] };

/** The session as it is from a frame on. */
export type StateAt = { readonly frame: Frame; readonly session: SessionState };

type Seen = { readonly shown: Shown; readonly changes: readonly LampMessage[] };

const show = (shown: Shown, at: StateAt, profile: Profile): Seen => {
  const next: Picture = picture(at.session, profile);
  return { shown: next, changes: lampChanges(shown, next).map((bytes) => ({ frame: at.frame, bytes })) };
};

/**
 * The messages that keep a controller's lamps at the picture: differences as the session moves on, all of it after each
 * (re)connect, which `connected$` tells with the session as it then is.
 */
export const lamps = (
  profile: Profile,
  states$: Observable<StateAt>,
  connected$: Observable<StateAt>,
): Observable<LampMessage> =>
  merge(connected$.pipe(map((at) => ({ at, afresh: true }))), states$.pipe(map((at) => ({ at, afresh: false })))).pipe(
    scan<{ at: StateAt; afresh: boolean }, Seen>(
      ({ shown }, { at, afresh }) => show(afresh ? unknown : shown, at, profile),
      { shown: unknown, changes: [] },
    ),
    mergeMap(({ changes }) => changes),
  );

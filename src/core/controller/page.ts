import type { Action } from './action.ts';
import type { Bindings, Chord, Page, Profile } from './profile.ts';

/** The pages that reach a track: those past the last one are passed over. Never none. */
export const pagesFor = (profile: Pick<Profile, 'pages'>, tracks: number): readonly Page[] => {
  const reaching = profile.pages.filter(({ trackOffset }) => trackOffset < tracks);
  return reaching.length > 0 ? reaching : profile.pages.slice(0, 1);
};

/** The page of that number, from 0, among those that reach a track. */
export const pageAt = (profile: Pick<Profile, 'pages'>, tracks: number, number: number): Page | undefined =>
  pagesFor(profile, tracks)[number];

const moved = <Any extends Action>(action: Any, by: number): Any =>
  'track' in action && action.track !== undefined ? { ...action, track: action.track + by } : action;

const withTracksMoved = ({ press, release, double, hold, longHold, turn }: Bindings, by: number): Bindings => ({
  ...(press && { press: moved(press, by) }),
  ...(release && { release: moved(release, by) }),
  ...(double && { double: moved(double, by) }),
  ...(hold && { hold: moved(hold, by) }),
  ...(longHold && { longHold: moved(longHold, by) }),
  ...(turn && { turn }),
});

/** What chords do on a page, their tracks counted from the first of all. */
export const chordsOn = (profile: Pick<Profile, 'chords'>, page: Page | undefined): readonly Chord[] =>
  profile.chords.map((chord) => ({ ...chord, do: moved(chord.do, page?.trackOffset ?? 0) }));

/** What a control does on a page, its tracks counted from the first of all; nothing for a control that is not there. */
export const bindingsOn = (profile: Pick<Profile, 'controls'>, page: Page | undefined, control: string): Bindings => {
  const own = page?.bindings.get(control) ?? profile.controls.find(({ id }) => id === control)?.bindings ?? {};
  return withTracksMoved(own, page?.trackOffset ?? 0);
};

import type { Gesture } from '../gesture/gesture.ts';
import { allEmpty, type SessionState } from '../session/state.ts';
import type { Millis } from '../time/units.ts';
import type { Action } from './action.ts';
import { type Order, orderOf } from './order.ts';
import { bindingsOn, chordsOn, pageAt, pagesFor } from './page.ts';
import type { Fader } from './pick-up.ts';
import type { Bindings, Chord, Profile } from './profile.ts';
import type { Move } from './read.ts';
import { hasToWait, restoring } from './take-back.ts';
import { turned } from './turn.ts';

/** A press as it was meant: what its control did on the page of that moment, and what there was to lose. */
export type Press = {
  readonly at: Millis;
  readonly bindings: Bindings;
  readonly chords: readonly Chord[];
  /** It has not acted yet: it waits for the release, or for a chord that may come. */
  readonly waitsFor?: 'release' | 'chord';
  /** What puts back what it has done. */
  readonly putBack?: Order;
  readonly foundAllEmpty: boolean;
  /** No loop had been captured since the start. */
  readonly foundUntouched: boolean;
};

/** A controller in use. */
export type Playing = {
  /** From 0. */
  readonly page: number;
  readonly presses: ReadonlyMap<string, Press>;
  readonly faders: ReadonlyMap<string, Fader>;
  /** The lamp that warns of a long hold, as it flickers. */
  readonly warning?: { readonly control: string; readonly lit: boolean };
};

export const notYetPlayed: Playing = { page: 0, presses: new Map(), faders: new Map() };

/** What a hand does on a controller: gestures of switches, moves of faders and encoders. */
export type Played = Gesture | (Extract<Move, { type: 'turn' | 'step' }> & { readonly at: Millis });

type Answer = { readonly playing: Playing; readonly orders: readonly Order[] };

const orders = (...some: readonly (Order | undefined)[]): readonly Order[] =>
  some.filter((order) => order !== undefined);

const ordersOf = (action: Action | undefined, at: Millis): readonly Order[] =>
  action === undefined ? [] : orders(orderOf(action, at));

/** What takes a turn of the page back: nothing where there is no page to turn to. */
const turnBack = (by: 1 | -1, playing: Playing, profile: Profile, tracks: number): Order | undefined =>
  turnPage(playing, profile, tracks, by).page === playing.page ? undefined : { type: 'page', by: by === 1 ? -1 : 1 };

const putBackOf = (
  press: Action,
  playing: Playing,
  profile: Profile,
  session: SessionState,
  at: Millis,
): Order | undefined => {
  if (press.command === 'pageUp') return turnBack(1, playing, profile, session.tracks.length);
  if (press.command === 'pageDown') return turnBack(-1, playing, profile, session.tracks.length);
  const command = restoring(press, session);
  return command === undefined || command === 'none' ? undefined : { type: 'command', command, at };
};

const waitingFor = (control: string, bindings: Bindings, chords: readonly Chord[]): Press['waitsFor'] => {
  if (hasToWait(control, bindings, { chords: [] })) return 'release';
  return hasToWait(control, bindings, { chords }) ? 'chord' : undefined;
};

const withPress = (playing: Playing, control: string, press: Press): Playing => ({
  ...playing,
  presses: new Map([...playing.presses, [control, press]]),
});

const onPress = (playing: Playing, profile: Profile, session: SessionState, { type, control, at }: Gesture): Answer => {
  const page = pageAt(profile, session.tracks.length, playing.page);
  const all = bindingsOn(profile, page, control);
  // The second of two quick presses means what is bound to it, and a press like any other where nothing is.
  const bindings = type === 'double' && all.double ? { ...all, press: all.double } : all;
  const chords = chordsOn(profile, page);
  const waitsFor = waitingFor(control, bindings, chords);
  const putBack =
    waitsFor === undefined && bindings.press ? putBackOf(bindings.press, playing, profile, session, at) : undefined;
  const press: Press = {
    at,
    bindings,
    chords,
    foundAllEmpty: allEmpty(session),
    foundUntouched: session.nextLoopId === 1,
    ...(waitsFor && { waitsFor }),
    ...(putBack && { putBack }),
  };
  return {
    playing: withPress(playing, control, press),
    orders: waitsFor === undefined ? ordersOf(bindings.press, at) : [],
  };
};

const timed: readonly Action['command'][] = ['stomp', 'record', 'start', 'stop', 'tap'];

/** Whether the moment of a press is of the music, as the bar that it means is: what is thrown away or switched at once is so when it is, not before. */
const isTimed = (action: Action): boolean => timed.includes(action.command) || ('at' in action && action.at === 'bar');

/** A press that has waited acts as of its own moment where that is of the music, so that nothing comes late in it. */
const actLate = (playing: Playing, control: string, press: Press, now: Millis): Answer => {
  const { waitsFor: _, ...acted } = press;
  const action = press.bindings.press;
  const at = action !== undefined && isTimed(action) ? press.at : now;
  return { playing: withPress(playing, control, acted), orders: ordersOf(action, at) };
};

/** What a hold or a chord does, in place of what the press did. */
const instead = (playing: Playing, control: string, press: Press, action: Action | undefined, at: Millis): Answer => {
  if (action === undefined) return { playing, orders: [] };
  const { putBack, waitsFor: _, ...rest } = press;
  return { playing: withPress(playing, control, rest), orders: [...orders(putBack), ...ordersOf(action, at)] };
};

/** Learning begins only where no performance has: before the first loop since the start, with every track empty at the press and still. */
const mayLearn = (press: Press, session: SessionState): boolean =>
  press.foundUntouched && press.foundAllEmpty && allEmpty(session);

const onLongHold = (playing: Playing, session: SessionState, control: string, press: Press, at: Millis): Answer => {
  const { longHold } = press.bindings;
  if (longHold?.command === 'learn' && !mayLearn(press, session)) return { playing, orders: [] };
  return instead(playing, control, press, longHold, at);
};

/** A chord stands for both its presses, so their releases mean nothing any more. */
const onChord = (playing: Playing, control: string, other: string, press: Press, at: Millis): Answer => {
  const chord = press.chords.find(({ controls }) => controls.includes(control) && controls.includes(other));
  const answer = instead(playing, control, press, chord?.do, at);
  const presses = new Map([...answer.playing.presses].filter(([id]) => id !== control && id !== other));
  return { ...answer, playing: { ...answer.playing, presses } };
};

/** A press that has waited for what might come of it acts now, before what its release does. */
const onRelease = (playing: Playing, control: string, press: Press, at: Millis): Answer => {
  const acted = press.waitsFor === undefined ? { playing, orders: [] } : actLate(playing, control, press, at);
  return { ...acted, orders: [...acted.orders, ...ordersOf(press.bindings.release, at)] };
};

const withoutWarning = (playing: Playing, control: string): Playing => {
  const { warning, ...rest } = playing;
  return warning?.control === control ? rest : playing;
};

const onGesture = (playing: Playing, profile: Profile, session: SessionState, gesture: Gesture): Answer => {
  const { control, at } = gesture;
  const nothing: Answer = { playing, orders: [] };
  if (gesture.type === 'press' || gesture.type === 'double') return onPress(playing, profile, session, gesture);
  const press = playing.presses.get(control);
  if (press === undefined) return nothing;
  switch (gesture.type) {
    case 'release':
      return onRelease(withoutWarning(playing, control), control, press, at);
    case 'tap':
      return press.waitsFor === undefined ? nothing : actLate(playing, control, press, at);
    case 'alone':
      return press.waitsFor === 'chord' ? actLate(playing, control, press, at) : nothing;
    case 'chord':
      return onChord(playing, control, gesture.with, press, at);
    case 'hold':
      return instead(playing, control, press, press.bindings.hold, at);
    case 'warn': {
      const isIdle = press.bindings.longHold?.command === 'learn' && !mayLearn(press, session);
      return isIdle ? nothing : { playing: { ...playing, warning: { control, lit: gesture.lit } }, orders: [] };
    }
    case 'longHold':
      return onLongHold(withoutWarning(playing, control), session, control, press, at);
    case 'learnHold':
      return profile.learnHold && mayLearn(press, session) ? { playing, orders: [{ type: 'learn' }] } : nothing;
    case 'stuck':
      return { playing: withoutWarning(playing, control), orders: [] };
  }
};

/** What a gesture or a turn asks for, with the session as it is at that moment. Pure. */
export const play = (playing: Playing, profile: Profile, session: SessionState, played: Played): Answer => {
  if (played.type !== 'turn' && played.type !== 'step') return onGesture(playing, profile, session, played);
  const page = pageAt(profile, session.tracks.length, playing.page);
  const { turn } = bindingsOn(profile, page, played.control);
  if (turn === undefined) return { playing, orders: [] };
  const { fader, command } = turned(turn, playing.faders.get(played.control), session, played);
  return {
    playing: fader ? { ...playing, faders: new Map([...playing.faders, [played.control, fader]]) } : playing,
    orders: command ? [{ type: 'command', command, at: played.at }] : [],
  };
};

/** On another page, as far as there is one. */
export const turnPage = (playing: Playing, profile: Profile, tracks: number, by: 1 | -1): Playing => {
  const last = pagesFor(profile, tracks).length - 1;
  return { ...playing, page: Math.min(last, Math.max(0, playing.page + by)) };
};

/** After the controller was away, or somebody else's: no hand is on it any more, and faders may stand anywhere. */
export const handOff = ({ page }: Playing): Playing => ({ ...notYetPlayed, page });

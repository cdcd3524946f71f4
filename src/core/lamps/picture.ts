import type { Action } from '../controller/action.ts';
import type { Colour, Shade } from '../controller/colour.ts';
import { bindingsOn, pageAt, pagesFor } from '../controller/page.ts';
import type { Playing } from '../controller/play.ts';
import type { Lamp, LampStyle, Page, Profile } from '../controller/profile.ts';
import { allEmpty, type SessionState, trackOf } from '../session/state.ts';
import type { Track } from '../track/state.ts';
import type { Look } from './messages.ts';
import { isLit } from './pattern.ts';
import { nearestShade } from './shade.ts';

/** How each lamp of a controller should look, most urgent first. */
export type Picture = readonly { readonly lamp: Lamp; readonly look: Look }[];

const steady = (lamp: Lamp, shade: Shade): Look => ({ shade: nearestShade(lamp.steady, shade), by: 'steady' });

const dimOf = (colour: Colour): Shade => `dim-${colour}`;

/** In the dark half of its pattern a lamp is dim where it can be, else off. */
const darkHalf = (lamp: Lamp, colour: Colour): Look => steady(lamp, dimOf(colour));

/**
 * A spark is seen against something: a dim lamp flashes, a coloured one goes out for a moment, so that a loop that is held can
 * be seen at any time. Only a lamp without that colour is dark in between.
 */
const spark = (lamp: Lamp, colour: Colour, lit: boolean): Look => {
  const hasDim = lamp.steady[dimOf(colour)] !== undefined;
  if (hasDim || lamp.steady[colour] === undefined) return lit ? steady(lamp, colour) : darkHalf(lamp, colour);
  return steady(lamp, lit ? 'off' : colour);
};

const styled = (lamp: Lamp, { colour, dim, as }: LampStyle, session: SessionState, isFresh: boolean): Look => {
  if (dim) return steady(lamp, dimOf(colour));
  const byDevice = as === 'blink' || as === 'pulse' ? lamp[as] : undefined;
  if (byDevice !== undefined && (as === 'blink' || as === 'pulse'))
    return { shade: nearestShade(byDevice, colour), by: as };
  const lit = isFresh || isLit(as, session.pulse, session.grid.beatsPerBar);
  if (as === 'spark' && !isFresh) return spark(lamp, colour, lit);
  return lit ? steady(lamp, colour) : darkHalf(lamp, colour);
};

const trackLook = (lamp: Lamp, profile: Profile, session: SessionState, track: Track | undefined): Look =>
  track === undefined
    ? steady(lamp, 'off')
    : styled(lamp, profile.style[track.state], session, session.fresh.includes(track.id));

const blinking = (lamp: Lamp, colour: Colour, { pulse }: SessionState): Look =>
  steady(lamp, pulse.lit ? colour : 'off');

/** White and blinking while the latency is measured; then how it went. */
const calibrationLook = (lamp: Lamp, session: SessionState): Look => {
  const { calibration } = session;
  if (calibration.phase !== 'idle') return blinking(lamp, 'white', session);
  if (calibration.last === undefined) return steady(lamp, 'dim-white');
  return steady(lamp, calibration.last === 'succeeded' ? 'green' : 'red');
};

const lightIf = (lamp: Lamp, isOn: boolean, colour: Colour): Look => steady(lamp, isOn ? colour : dimOf(colour));

/** White and blinking while a set is on its way in, whichever it is: until then no other one is loaded. */
const loadLook = (lamp: Lamp, name: string | undefined, session: SessionState): Look => {
  if (session.incoming !== undefined) return blinking(lamp, 'white', session);
  return lightIf(lamp, name !== undefined && name === session.setName, 'white');
};

/** Red and blinking while nothing can be saved; else whether the set is that of a name. */
const saveLook = (lamp: Lamp, name: string | undefined, session: SessionState): Look => {
  const { storage, setName } = session;
  if (storage.state === 'trouble') return blinking(lamp, 'red', session);
  return lightIf(lamp, name === undefined ? setName !== null : name === setName, 'green');
};

/**
 * Green while all is well, dark where that could be taken for red. Red and blinking for what is or will be heard, or is lost;
 * orange, and blinking, for what may come to that.
 */
const healthLook = (lamp: Lamp, session: SessionState): Look => {
  const [worst] = session.warnings;
  if (worst === undefined) {
    if (lamp.steady['dim-green'] !== undefined) return steady(lamp, 'dim-green');
    const isTelling = nearestShade(lamp.steady, 'green') !== nearestShade(lamp.steady, 'red');
    return steady(lamp, isTelling ? 'green' : 'off');
  }
  return blinking(lamp, session.warnings.some(({ level }) => level === 'bad') ? 'red' : 'orange', session);
};

/** The track that an action is for; a retake without one is for that touched last. */
const trackOfAction = (action: Action, session: SessionState): Track | undefined => {
  const id = 'track' in action ? action.track : undefined;
  if (id === undefined) return action.command === 'retake' ? trackOf(session, session.touched) : undefined;
  return trackOf(session, id);
};

/** A lamp tells what its control would do, or whether what it does is on. */
const actionLook = (lamp: Lamp, action: Action, profile: Profile, session: SessionState, page: number): Look => {
  switch (action.command) {
    case 'stomp':
    case 'record':
    case 'start':
    case 'stop':
    case 'clear':
    case 'retake':
      return trackLook(lamp, profile, session, trackOfAction(action, session));
    case 'undo':
      return lightIf(lamp, session.history.past.length > 0, 'yellow');
    case 'redo':
      return lightIf(lamp, session.history.future.length > 0, 'yellow');
    case 'loadSet':
      return loadLook(lamp, action.name, session);
    case 'saveSet':
      return saveLook(lamp, action.name, session);
    case 'reset':
      return lightIf(lamp, !allEmpty(session), 'red');
    case 'tap':
      return lightIf(lamp, session.pulse.lit, 'white');
    case 'muteClick':
      return lightIf(lamp, !session.click.muted, 'orange');
    case 'setBars':
      return lightIf(lamp, session.bars === action.bars, 'cyan');
    case 'pageUp':
      return lightIf(lamp, page < pagesFor(profile, session.tracks.length).length - 1, 'purple');
    case 'pageDown':
      return lightIf(lamp, page > 0, 'purple');
    case 'newSet':
    case 'setBpm':
    case 'setClickVolume':
    case 'changeBpm':
    case 'changeBars':
    case 'changeClickVolume':
      return steady(lamp, 'dim-white');
    case 'calibrate':
      return calibrationLook(lamp, session);
    case 'learn':
    case 'none':
      return steady(lamp, 'off');
  }
};

/**
 * While nothing can be saved the lamps of loops are red as each bar begins, so that a player in the dark sees it. One that is always lit
 * and shows the same for red goes out for it.
 */
const troubled = (lamp: Lamp, look: Look, track: Track, { style }: Profile): Look => {
  const red = steady(lamp, 'red');
  return style[track.state].as === 'steady' && red.shade === look.shade ? steady(lamp, 'off') : red;
};

const isTroubled = ({ storage, pulse }: SessionState): boolean =>
  storage.state === 'trouble' && pulse.beat === 0 && pulse.lit;

const controlLook = (
  lamp: Lamp,
  action: Action | undefined,
  profile: Profile,
  session: SessionState,
  playing: Playing,
) => {
  if (playing.warning?.control === lamp.id) return steady(lamp, playing.warning.lit ? 'white' : 'off');
  if (action === undefined) return steady(lamp, 'off');
  const look = actionLook(lamp, action, profile, session, playing.page);
  const track = isTroubled(session) ? trackOfAction(action, session) : undefined;
  return track === undefined || track.state === 'EMPTY' ? look : troubled(lamp, look, track, profile);
};

/** What the control does that a lamp stands for: on the press, else on a hold. */
const actionOf = (profile: Profile, page: Page | undefined, control: string): Action | undefined => {
  const { press, hold, longHold } = bindingsOn(profile, page, control);
  return press?.command === 'none' ? (hold ?? longHold) : (press ?? hold ?? longHold);
};

/** 0 for the lamp of the track touched last, 1 for those of tracks that hold something, 2 for the rest. */
const urgency = (session: SessionState, action: Action | undefined): number => {
  const track = action && trackOfAction(action, session);
  if (track === undefined) return 2;
  if (track.id === session.touched) return 0;
  return track.state === 'EMPTY' ? 2 : 1;
};

type Drawn = { readonly lamp: Lamp; readonly look: Look; readonly urgency: number };

const drawn = (
  lamp: Lamp,
  session: SessionState,
  profile: Profile,
  playing: Playing,
  page: Page | undefined,
): Drawn => {
  const { bar, beat } = session.pulse;
  switch (lamp.show.kind) {
    case 'control': {
      const action = actionOf(profile, page, lamp.show.control);
      return { lamp, look: controlLook(lamp, action, profile, session, playing), urgency: urgency(session, action) };
    }
    case 'health':
      // Before what is only decoration, after the loops.
      return { lamp, look: healthLook(lamp, session), urgency: 1 };
    case 'beat': {
      const now = beat === 0 ? 'white' : 'cyan';
      return { lamp, look: steady(lamp, lamp.show.beat === beat + 1 ? now : 'off'), urgency: 2 };
    }
    case 'bar':
      return { lamp, look: steady(lamp, lamp.show.bar === (bar % session.bars) + 1 ? 'purple' : 'off'), urgency: 2 };
  }
};

/** Without an interface: on each beat all lamps at once, as nothing else lights them, and between the beats what they always show. */
const alarm = (profile: Profile): Picture => profile.lamps.map((lamp) => ({ lamp, look: steady(lamp, 'red') }));

/** All lamps of a controller as a function of the session and of the controller's page: nothing else decides what a lamp shows. */
export const picture = (session: SessionState, profile: Profile, playing: Playing): Picture => {
  if (session.interface === 'away' && session.pulse.lit) return alarm(profile);
  const page = pageAt(profile, session.tracks.length, playing.page);
  return profile.lamps
    .map((lamp) => drawn(lamp, session, profile, playing, page))
    .toSorted((a, b) => a.urgency - b.urgency)
    .map(({ lamp, look }) => ({ lamp, look }));
};

import type { Millis } from '../time/units.ts';
import type { Gesture, GestureSettings, Hand, Touch } from './gesture.ts';
import { isDoubted, type Moment, nextMoment } from './moments.ts';

/** What comes in: a switch goes down or up, or time has passed. */
export type HandInput =
  | { readonly type: 'press' | 'release'; readonly control: string; readonly at: Millis }
  | { readonly type: 'time'; readonly at: Millis };

/** The hand after an input, what it has done, and when it has to be looked at again. */
export type Handled = { readonly hand: Hand; readonly gestures: readonly Gesture[]; readonly nextAt?: Millis };

type Touched = { readonly hand: Hand; readonly gestures: readonly Gesture[] };

const touched = (hand: Hand, control: string, touch: Touch, gestures: readonly Gesture[]): Touched => ({
  hand: new Map([...hand, [control, touch]]),
  gestures,
});

/** The switch that went down shortly before and makes a chord with this one. */
const chordPartner = (hand: Hand, control: string, at: Millis, { chords, chordMs }: GestureSettings) =>
  [...hand].find(
    ([other, { down, chorded, pressedAt, came }]) =>
      down &&
      !chorded &&
      // Nothing has come of it yet: not even that it was alone.
      came === 0 &&
      at - pressedAt < chordMs &&
      chords.some((chord) => other !== control && chord.includes(other) && chord.includes(control)),
  );

/** A press that counts. Of a switch that does not tell its release it is all there is: a tap, too. */
const strike = (hand: Hand, control: string, at: Millis, settings: GestureSettings): Touched => {
  const before = hand.get(control);
  const isMomentary = settings.momentary.has(control);
  const proven = before?.proven ?? false;
  const pressed = {
    down: isMomentary,
    contact: isMomentary,
    pressedAt: at,
    changedAt: at,
    proven,
    held: false,
    stuck: false,
    came: 0,
  };
  const partner = isMomentary ? chordPartner(hand, control, at, settings) : undefined;
  if (partner !== undefined) {
    const [other, touch] = partner;
    const both = new Map([...hand, [other, { ...touch, chorded: true, came: 0 }]]);
    const chord: Gesture = { type: 'chord', control: other, with: control, at };
    return touched(both, control, { ...pressed, doubled: false, chorded: true }, [chord]);
  }
  const isDouble =
    before !== undefined && !before.doubled && !before.chorded && at - before.pressedAt <= settings.doubleMs;
  const press: Gesture = { type: isDouble ? 'double' : 'press', control, at };
  const tap: Gesture = { type: 'tap', control, at };
  return touched(
    hand,
    control,
    { ...pressed, doubled: isDouble, chorded: false },
    isMomentary ? [press] : [press, tap],
  );
};

/** Nobody steps on a latching pedal twice as fast by chance; a foot on a momentary one is mostly faster. */
const provingMs = 350;

/** The foot goes up: a tap if it was no hold yet. What may tell no release proves that it does by a short one. */
const lift = (hand: Hand, control: string, touch: Touch, at: Millis, { holdMs }: GestureSettings): Touched => {
  const lasted = at - touch.pressedAt;
  const isTap = !touch.chorded && !touch.held && lasted < holdMs;
  const release: Gesture = { type: 'release', control, at };
  const up = { ...touch, down: false, contact: false, proven: touch.proven || lasted <= provingMs, changedAt: at };
  return touched(hand, control, up, isTap ? [release, { type: 'tap', control, at }] : [release]);
};

const isBounce = (touch: Touch, at: Millis, { bounceMs }: GestureSettings): boolean => at - touch.changedAt < bounceMs;

const onPress = (hand: Hand, control: string, at: Millis, settings: GestureSettings): Touched => {
  const touch = hand.get(control);
  if (touch === undefined) return strike(hand, control, at, settings);
  if (isBounce(touch, at, settings)) {
    // A switch without releases has no contact that could stay down.
    const contact = settings.momentary.has(control);
    return touched(hand, control, { ...touch, contact }, []);
  }
  if (!touch.down) return strike(hand, control, at, settings);
  // Its release was lost on the way, as some pedals do when two are pressed at once.
  const up = { ...touch, down: false };
  const struck = strike(new Map([...hand, [control, up]]), control, at, settings);
  if (isDoubted(settings, control, touch)) return struck;
  return { ...struck, gestures: [{ type: 'release', control, at }, ...struck.gestures] };
};

/**
 * The release of a press that was given up: no tap, but what goes by the release goes. As late as this it may as well be the next
 * stomp on a pedal that says on and off in turn, so it has to prove itself anew.
 */
const unstuck = (hand: Hand, control: string, touch: Touch, at: Millis, settings: GestureSettings): Touched => {
  const proven = touch.proven && !settings.proving.has(control);
  return touched(hand, control, { ...touch, stuck: false, proven, changedAt: at }, [{ type: 'release', control, at }]);
};

const onRelease = (hand: Hand, control: string, at: Millis, settings: GestureSettings): Touched => {
  const touch = hand.get(control);
  if (touch?.stuck) return unstuck(hand, control, touch, at, settings);
  if (touch === undefined || !touch.contact) return { hand, gestures: [] };
  if (isBounce(touch, at, settings) || !touch.down) return touched(hand, control, { ...touch, contact: false }, []);
  return lift(hand, control, touch, at, settings);
};

const onMoment = (hand: Hand, control: string, touch: Touch, moment: Moment, settings: GestureSettings): Touched => {
  const { at } = moment;
  const came = { ...touch, held: touch.held || moment.what === 'hold', came: touch.came + 1 };
  switch (moment.what) {
    case 'settle':
      return touch.contact ? strike(hand, control, at, settings) : lift(hand, control, touch, at, settings);
    case 'warn':
      return touched(hand, control, came, [{ type: 'warn', control, at, lit: moment.lit }]);
    case 'stuck':
      return touched(hand, control, { ...came, down: false, contact: false, stuck: true, changedAt: at }, [
        { type: 'stuck', control, at },
      ]);
    default:
      return touched(hand, control, came, [{ type: moment.what, control, at }]);
  }
};

/** Lets all moments come that are due by `at`, in their order. */
const passTime = (hand: Hand, at: Millis, settings: GestureSettings): Touched => {
  let passed: Touched = { hand, gestures: [] };
  for (let next = nextMoment(hand, settings); next !== undefined && next.moment.at <= at; ) {
    const after = onMoment(passed.hand, next.control, next.touch, next.moment, settings);
    passed = { hand: after.hand, gestures: [...passed.gestures, ...after.gestures] };
    next = nextMoment(passed.hand, settings);
  }
  return passed;
};

/**
 * The gestures of an input. Each switch is followed by itself, so presses that overlap never lose each other. A hold whose time
 * is over when the release comes was a hold, however late anybody looked. Pure.
 */
export const handle = (hand: Hand, input: HandInput, settings: GestureSettings): Handled => {
  const passed = passTime(hand, input.at, settings);
  const after =
    input.type === 'time'
      ? { hand: passed.hand, gestures: [] }
      : (input.type === 'press' ? onPress : onRelease)(passed.hand, input.control, input.at, settings);
  const nextAt = nextMoment(after.hand, settings)?.moment.at;
  return {
    hand: after.hand,
    gestures: [...passed.gestures, ...after.gestures],
    ...(nextAt !== undefined && { nextAt }),
  };
};

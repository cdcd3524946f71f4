import type { Millis } from '../time/units.ts';
import { type GestureSettings, type Hand, learnHoldMs, type Touch, warnMs } from './gesture.ts';

/** A moment that comes by itself, when nothing else happens. */
export type Moment =
  | { readonly at: Millis; readonly what: 'settle' | 'alone' | 'hold' | 'longHold' | 'learnHold' | 'stuck' }
  | { readonly at: Millis; readonly what: 'warn'; readonly lit: boolean };

const inChord = (settings: GestureSettings, control: string): boolean =>
  settings.chords.some((chord) => chord.includes(control));

/** Whether a press that goes on may just be one whose release is never told. */
export const isDoubted = ({ proving }: GestureSettings, control: string, { proven }: Touch): boolean =>
  proving.has(control) && !proven;

/** The flicker between hold and long hold: dark first, as the lamp is lit by the press. */
const warnings = (since: Millis, { holdMs, longHoldMs }: GestureSettings): readonly Moment[] =>
  Array.from({ length: Math.ceil((longHoldMs - holdMs) / warnMs) }, (_, index) => ({
    at: since + holdMs + index * warnMs,
    what: 'warn' as const,
    lit: index % 2 === 1,
  }));

/** The moments of a press, in order. */
const momentsOf = (control: string, touch: Touch, settings: GestureSettings): readonly Moment[] => {
  const since = touch.pressedAt;
  const stuck: Moment = { at: since + settings.stuckMs, what: 'stuck' };
  if (touch.chorded) return [stuck];
  const alone: readonly Moment[] = inChord(settings, control) ? [{ at: since + settings.chordMs, what: 'alone' }] : [];
  if (isDoubted(settings, control, touch)) return [...alone, stuck];
  const moments: readonly Moment[] = [
    ...alone,
    { at: since + settings.holdMs, what: 'hold' },
    ...(settings.warned.has(control) ? warnings(since, settings) : []),
    { at: since + settings.longHoldMs, what: 'longHold' },
    { at: since + learnHoldMs, what: 'learnHold' },
    stuck,
  ];
  return moments.toSorted((a, b) => a.at - b.at);
};

const nextOf = (control: string, touch: Touch, settings: GestureSettings): Moment | undefined => {
  if (touch.contact !== touch.down) return { at: touch.changedAt + settings.bounceMs, what: 'settle' };
  return touch.down ? momentsOf(control, touch, settings)[touch.came] : undefined;
};

/** The control whose moment comes first; undefined while nothing is to come. */
export const nextMoment = (hand: Hand, settings: GestureSettings) => {
  let next: { readonly control: string; readonly touch: Touch; readonly moment: Moment } | undefined;
  for (const [control, touch] of hand) {
    const moment = nextOf(control, touch, settings);
    if (moment !== undefined && (next === undefined || moment.at < next.moment.at)) next = { control, touch, moment };
  }
  return next;
};

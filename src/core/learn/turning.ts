import type { Relative } from '../controller/profile.ts';
import type { Millis } from '../time/units.ts';
import { type Source, same, type Touch } from './touch.ts';

/** A way in one direction, and in how many steps it was gone. */
type Sweep = { readonly from: number; readonly fromAt: Millis; readonly to: number; readonly steps: number };

/** How often an encoder's single click was seen in each of the places where one may lie; two are enough. */
type Clicks = Readonly<Record<Zone, number>>;
type Zone = 'low' | 'high' | 'above' | 'below';

/** What is known of a control change or pitch bend that has moved lately. */
export type Turning = {
  readonly source: Source;
  readonly last: number;
  readonly lastAt: Millis;
  readonly sweep: Sweep;
  readonly clicks: Clicks;
  /** When it last went far enough to be a fader or an encoder, and when it did so alone. */
  readonly wentAt: Millis;
  readonly knownAt: Millis;
};

/** A quarter of the way from 0 to 127 makes a fader, in four steps or more, each of at most an eighth. */
const sweepSpan = 127 / 4;
const sweepSteps = 4;
const largestStep = 16;
const sweepMs = 3000;
/** A worn fader trembles by so much while it moves. */
const tremble = 2;
/** A hand that goes on turning what is known already says nothing new. */
const sameTurnMs = 3000;
/** A control that has moved this lately moves at the same time as another. */
const alongsideMs = 500;
/** So many are remembered; a flood on all numbers pushes out the oldest. */
const remembered = 8;

const noClicks: Clicks = { low: 0, high: 0, above: 0, below: 0 };

/** An encoder's click to either side: 1 and 127 (two's complement), 1 and 65 (bit 6 as the sign), 65 and 63 (offset). */
const singleClicks: Readonly<Record<Zone, number>> = { low: 1, high: 127, above: 65, below: 63 };

/** Turned fast, an encoder sends up to fifteen clicks at once; what lies elsewhere, 0 and 64 above all, is a place. */
const zoneOf = (value: number): Zone | undefined => {
  if (value >= 1 && value <= 15) return 'low';
  if (value >= 113) return 'high';
  if (value >= 65 && value <= 79) return 'above';
  return value >= 49 && value <= 63 ? 'below' : undefined;
};

/** Whether the value may be the click of an encoder and is hardly ever that of a switch: all but 127. */
export const isClick = (value: number): boolean =>
  value === singleClicks.low || value === singleClicks.above || value === singleClicks.below;

const clicksAfter = (clicks: Clicks, value: number): Clicks => {
  const zone = zoneOf(value);
  if (zone === undefined) return noClicks;
  return value === singleClicks[zone] ? { ...clicks, [zone]: Math.min(2, clicks[zone] + 1) } : clicks;
};

const sweepAfter = (turning: Turning, value: number, at: Millis): Sweep => {
  const { sweep, last } = turning;
  const afresh: Sweep = { from: value, fromAt: at, to: value, steps: 0 };
  if (Math.abs(value - last) > largestStep || at - sweep.fromAt > sweepMs) return afresh;
  if (sweep.to === sweep.from) return value === sweep.from ? sweep : { ...sweep, to: value, steps: 1 };
  const onward = (value - sweep.to) * Math.sign(sweep.to - sweep.from);
  if (onward > 0) return { ...sweep, to: value, steps: sweep.steps + 1 };
  return onward < -tremble ? { from: sweep.to, fromAt: at, to: value, steps: 1 } : sweep;
};

const begun = ({ source, value }: Touch, at: Millis, knownAt: Millis): Turning => ({
  wentAt: Number.NEGATIVE_INFINITY,
  source,
  last: value,
  lastAt: at,
  sweep: { from: value, fromAt: at, to: value, steps: 0 },
  clicks: source.kind === 'cc' ? clicksAfter(noClicks, value) : noClicks,
  knownAt,
});

/** What is known of the control of a touch, once it has been touched so. */
const turnedOn = (turning: Turning | undefined, touch: Touch, at: Millis): Turning => {
  if (turning === undefined) return begun(touch, at, Number.NEGATIVE_INFINITY);
  if (at - turning.lastAt > sweepMs) return begun(touch, at, turning.knownAt);
  return {
    ...turning,
    last: touch.value,
    lastAt: at,
    sweep: sweepAfter(turning, touch.value, at),
    clicks: touch.source.kind === 'cc' ? clicksAfter(turning.clicks, touch.value) : noClicks,
  };
};

/** An encoder shows itself by clicks in exactly two places, those of its way to say left and right. */
const relativeOf = ({ low, high, above, below }: Clicks): Relative | undefined => {
  const seen = [low, high, above, below].map((count) => (count >= 2 ? 'x' : count > 0 ? '?' : '-')).join('');
  if (seen === 'xx--') return 'twosComplement';
  if (seen === 'x-x-') return 'signBit';
  return seen === '--xx' ? 'offset' : undefined;
};

const span = ({ sweep }: Turning): number => Math.abs(sweep.to - sweep.from);

const shape = (turning: Turning): Turned['shape'] | undefined =>
  relativeOf(turning.clicks) ?? (span(turning) >= sweepSpan && turning.sweep.steps >= sweepSteps ? 'fader' : undefined);

const movesToo = (turning: Turning, at: Millis): boolean =>
  at - turning.lastAt < alongsideMs &&
  (at - turning.wentAt < alongsideMs ||
    span(turning) >= sweepSpan / 2 ||
    Object.values(turning.clicks).some((count) => count >= 2));

/** A control that was turned far enough to be known by it. */
export type Turned = { readonly shape: 'fader' | Relative; readonly alone: boolean };

/** All that has moved lately after a touch, and what the touched one is now known to be, told once for each turn of the hand. */
export const turned = (
  all: readonly Turning[],
  touch: Touch,
  at: Millis,
): { readonly turning: readonly Turning[]; readonly turned?: Turned } => {
  const others = all.filter(({ source }) => !same(source, touch.source));
  const after = turnedOn(turningOf(all, touch.source), touch, at);
  const known = shape(after);
  if (known === undefined) return { turning: [after, ...others].slice(0, remembered) };
  const alone = !others.some((other) => movesToo(other, at));
  const turning = [begunAnew(after, at, alone), ...others].slice(0, remembered);
  return at - after.knownAt <= sameTurnMs ? { turning } : { turning, turned: { shape: known, alone } };
};

const begunAnew = (turning: Turning, at: Millis, alone: boolean): Turning => ({
  ...turning,
  sweep: { from: turning.last, fromAt: at, to: turning.last, steps: 0 },
  clicks: noClicks,
  wentAt: at,
  knownAt: alone ? at : turning.knownAt,
});

export const turningOf = (all: readonly Turning[], source: Source): Turning | undefined =>
  all.find((turning) => same(turning.source, source));

/**
 * Whether a touch is the lower half of a control change of 14 bits, which lies 32 above the upper half (MIDI 1.0) and
 * runs through its whole range while the upper half moves by one. A 0 passes: it may be a switch that is let go of.
 */
export const isFinePart = (all: readonly Turning[], { source, value }: Touch, at: Millis): boolean => {
  if (value === 0 || source.kind !== 'cc' || source.number < 32 || source.number > 63) return false;
  const coarse = turningOf(all, { ...source, number: source.number - 32 });
  return coarse !== undefined && at - coarse.lastAt < alongsideMs;
};

import { signalOf } from '../controller/signal.ts';
import { learnHoldMs } from '../gesture/gesture.ts';
import type { Millis } from '../time/units.ts';

/**
 * Whether a controller that nobody knows is asked to be learnt: by one switch that is held for five seconds and let go, before any
 * other was played since it was plugged in. Faders that tell where they stand, and what comes beside a press, are no playing.
 */
export type Asking =
  | { readonly type: 'armed' }
  | { readonly type: 'held'; readonly control: string; readonly kind: 'note' | 'cc'; readonly since: Millis }
  | { readonly type: 'over' };

export const armed: Asking = { type: 'armed' };
export const over: Asking = { type: 'over' };

type Answer = { readonly asking: Asking; readonly asks: boolean };

/** From here on a control change is a switch that is on (MIDI 1.0, table 3). */
const switchedOn = 64;

/** A contact that opens again as soon as this has bounced. */
const bounceMs = 30;

type Press = { readonly control: string; readonly kind: 'note' | 'cc'; readonly isDown: boolean };

const pressOf = (bytes: readonly number[]): Press | undefined => {
  const signal = signalOf(bytes);
  if (signal?.kind !== 'note' && signal?.kind !== 'cc') return undefined;
  const { kind, channel, number, value } = signal;
  if (kind === 'cc' && value > 0 && value < switchedOn) return undefined;
  return { control: `${kind} ${channel} ${number}`, kind, isDown: value > 0 };
};

const whenHeld = (held: Extract<Asking, { type: 'held' }>, press: Press, at: Millis): Answer => {
  if (press.control === held.control) {
    if (press.isDown) return { asking: held, asks: false };
    const lasted = at - held.since;
    return { asking: lasted < bounceMs ? armed : over, asks: lasted >= learnHoldMs };
  }
  if (press.kind === 'cc') return { asking: held.kind === 'cc' ? armed : held, asks: false };
  // A pad that sends a control change as well: the note is the better half of it.
  const isHalf = held.kind === 'cc' && press.isDown && at - held.since < bounceMs;
  return { asking: isHalf ? { type: 'held', ...press, since: at } : over, asks: false };
};

/** After a message that is bound to nothing. */
export const ask = (asking: Asking, bytes: readonly number[], at: Millis): Answer => {
  const press = pressOf(bytes);
  if (asking.type === 'over' || press === undefined) return { asking, asks: false };
  if (asking.type === 'held') return whenHeld(asking, press, at);
  return { asking: press.isDown ? { type: 'held', ...press, since: at } : armed, asks: false };
};

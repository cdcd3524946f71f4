import { signalOf } from '../controller/signal.ts';
import { learnHoldMs } from '../gesture/gesture.ts';
import type { Millis } from '../time/units.ts';

/**
 * Whether a controller that nobody knows is asked to be learnt: by one switch that is held for five seconds and let go, the first
 * thing of all that it says after it was plugged in. Whoever plays it says something else before.
 */
export type Asking =
  | { readonly type: 'armed' }
  | { readonly type: 'held'; readonly control: string; readonly since: Millis }
  | { readonly type: 'over' };

export const armed: Asking = { type: 'armed' };
export const over: Asking = { type: 'over' };

type Answer = { readonly asking: Asking; readonly asks: boolean };

/** From here on a control change is a switch that is on (MIDI 1.0, table 3). */
const switchedOn = 64;

const pressOf = (bytes: readonly number[]): { readonly control: string; readonly isDown: boolean } | undefined => {
  const signal = signalOf(bytes);
  if (signal?.kind !== 'note' && signal?.kind !== 'cc') return undefined;
  const { kind, channel, number, value } = signal;
  if (kind === 'cc' && value > 0 && value < switchedOn) return undefined;
  return { control: `${kind} ${channel} ${number}`, isDown: value > 0 };
};

/** After a message that is bound to nothing. Pressure, which comes with a press on many pads, changes nothing. */
export const ask = (asking: Asking, bytes: readonly number[], at: Millis): Answer => {
  const kind = signalOf(bytes)?.kind;
  const isBeside = kind === undefined || kind === 'poly' || kind === 'pressure' || kind === 'sysex';
  if (asking.type === 'over' || isBeside) return { asking, asks: false };
  const press = pressOf(bytes);
  if (asking.type === 'armed') {
    const held: Asking | undefined = press?.isDown ? { type: 'held', control: press.control, since: at } : undefined;
    return { asking: held ?? over, asks: false };
  }
  const isLetGo = press?.control === asking.control && !press.isDown;
  return { asking: over, asks: isLetGo && at - asking.since >= learnHoldMs };
};

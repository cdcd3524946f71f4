import type { Millis } from '../time/units.ts';
import {
  assign,
  begin,
  conflict,
  finish,
  followedBy,
  giveUp,
  ignored,
  type Step,
  skip,
  undo,
  unsaid,
} from './answer.ts';
import { askedSlot, type Learning, type LearntControl, learntAs } from './learning.ts';
import { pressDueAt, pressed, touched } from './press.ts';
import { type Touch, touchOf } from './touch.ts';
import { isFinePart, type Turned, turned, turningOf } from './turning.ts';

/** What may be said from outside. */
export const learnCommands = ['skip', 'undo', 'finish', 'cancel'] as const;
export type LearnCommand = (typeof learnCommands)[number];

export type LearnInput =
  | { readonly type: 'message'; readonly bytes: readonly number[]; readonly at: Millis }
  | { readonly type: 'time' | LearnCommand; readonly at: Millis };

/** `nextAt` is when to come back with the time at the latest; none once it is over. */
export type Learnt = Step & { readonly nextAt?: Millis };

/** Without an answer for this long the player has gone. */
const patienceMs = 60_000;

const onTurn = (learning: Learning, { source }: Touch, { shape, alone }: Turned): Step => {
  const slot = askedSlot(learning);
  if (slot === undefined) return unsaid(learning);
  if (slot.wants === 'switch') return ignored(learning, source, 'isTurned');
  if (!alone) return ignored(learning, source, 'twoAtOnce');
  const taken = learntAs(learning, source);
  if (taken !== undefined) return conflict(learning, taken);
  const control: LearntControl = { slot, on: source, release: true };
  return assign(learning, shape === 'fader' ? control : { ...control, relative: shape });
};

const onMessage = (learning: Learning, bytes: readonly number[]): Step => {
  const touch = touchOf(bytes);
  if (touch === undefined || isFinePart(learning.turning, touch, learning.at)) return unsaid(learning);
  const before = turningOf(learning.turning, touch.source);
  if (touch.source.kind === 'note' || touch.source.kind === 'program') return touched(learning, touch, before);
  const moved = turned(learning.turning, touch, learning.at);
  const asSwitch = touched({ ...learning, turning: moved.turning }, touch, before);
  const asTurn = moved.turned;
  return asTurn === undefined ? asSwitch : followedBy(asSwitch, (next) => onTurn(next, touch, asTurn));
};

const onInput = (learning: Learning, input: LearnInput): Step => {
  switch (input.type) {
    case 'message':
      return onMessage(learning, input.bytes);
    case 'time':
      return unsaid(learning);
    case 'skip':
      return skip(learning);
    case 'undo':
      return undo(learning);
    case 'finish':
      return finish(learning);
    case 'cancel':
      return giveUp(learning, 'cancelled');
  }
};

const begun = (learning: Learning): Step => (learning.answeredAt === undefined ? begin(learning) : unsaid(learning));

const blinked = (learning: Learning): Step =>
  unsaid(learning.blink && learning.at >= learning.blink.until ? { ...learning, blink: undefined } : learning);

const waited = (learning: Learning): Step =>
  learning.at - (learning.answeredAt ?? learning.at) >= patienceMs ? giveUp(learning, 'noAnswer') : unsaid(learning);

/** What is due by now comes before what has just come in. */
const passed = (learning: Learning, at: Millis): Step =>
  [begun, blinked, pressed, waited].reduce(followedBy, unsaid({ ...learning, at }));

const nextAt = ({ answeredAt, blink, down, at }: Learning): Millis =>
  Math.min(
    (answeredAt ?? at) + patienceMs,
    blink?.until ?? Number.POSITIVE_INFINITY,
    down ? pressDueAt(down) : Number.POSITIVE_INFINITY,
  );

/**
 * A learning one input on, and what is to be told. The player answers with the controller alone:
 * a short press of a new switch, or a turn of a new fader or encoder, takes the slot that is asked for; a hold from 600 ms
 * on of a new switch skips it, of a learnt one undoes the last; from 2 s on any hold finishes. Presses are judged when they
 * end, so that a control which tells no release is not taken to be held: it answers with its second press, and cannot hold.
 * The first input asks for the first slot. Times that run backwards stand still.
 */
export const learn = (learning: Learning, input: LearnInput): Learnt => {
  if (learning.over) return unsaid(learning);
  const step = followedBy(passed(learning, Math.max(learning.at, input.at)), (now) => onInput(now, input));
  return step.learning.over ? step : { ...step, nextAt: nextAt(step.learning) };
};

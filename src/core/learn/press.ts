import type { Millis } from '../time/units.ts';
import { assign, conflict, finish, ignored, type Step, skip, undo, unsaid } from './answer.ts';
import { askedSlot, type Down, type Learning, learntAs } from './learning.ts';
import { type Source, same, type Touch } from './touch.ts';
import { isClick, type Turning } from './turning.ts';

const holdMs = 600;
const finishMs = 2000;
/** A release proves itself by so long a silence: worn switches bounce for several milliseconds. */
const settleMs = 30;
/** No foot presses the same switch twice within this; an encoder and a sensor send so fast. */
const againMs = 150;
/** Two feet or fingers meant as one press. */
const atOnceMs = 50;
/** After so long without a release another press counts: the control is one that tells none. */
const forgottenMs = 5000;
/** A press that lasts longer has lost its release, as in `GestureTimes`. */
const stuckMs = 10_000;
/** A control change below this is a pedal or a sensor that trembles near its rest. */
const pressValue = 16;

const answeredBy = (learning: Learning, on: Source, release: boolean): Step => {
  const taken = learntAs(learning, on);
  if (taken !== undefined) return conflict(learning, taken);
  const slot = askedSlot(learning);
  if (slot === undefined) return unsaid(learning);
  if (slot.wants === 'turn') return ignored({ ...learning, down: undefined }, on, 'isSwitch');
  return assign(learning, { slot, on, release });
};

/** A press that was let go of: how long it lasted says what was meant. */
const letGo = (learning: Learning, { source, at }: Down, releasedAt: Millis): Step => {
  if (releasedAt - at >= finishMs) return finish(learning);
  if (releasedAt - at < holdMs) return answeredBy(learning, source, true);
  return learntAs(learning, source) === undefined ? skip(learning, source) : undo(learning, source);
};

/** What the time that has passed does to the press. */
export const pressed = (learning: Learning): Step => {
  const { down, at } = learning;
  if (down === undefined) return unsaid(learning);
  if (down.releasedAt !== undefined) {
    return at - down.releasedAt >= settleMs ? letGo(learning, down, down.releasedAt) : unsaid(learning);
  }
  if (at - down.at >= stuckMs) return unsaid({ ...learning, down: undefined });
  if (at - down.at < finishMs || down.told) return unsaid(learning);
  return { learning: { ...learning, down: { ...down, told: true } }, said: [{ type: 'held', on: down.source }] };
};

/** When the press is to be looked at again. */
export const pressDueAt = (down: Down): Millis => {
  if (down.releasedAt !== undefined) return down.releasedAt + settleMs;
  return down.at + (down.told ? stuckMs : finishMs);
};

const begins = (learning: Learning, source: Source): Step => {
  const { at } = learning;
  const tellsNone = source.kind === 'program' || learntAs(learning, source)?.release === false;
  return tellsNone ? answeredBy(learning, source, false) : unsaid({ ...learning, down: { source, at, told: false } });
};

/** The same switch is pressed again though nothing said that it was let go: a bounce, or it never says so. */
const again = (learning: Learning, down: Down): Step => {
  const { at } = learning;
  if (down.releasedAt !== undefined) {
    return unsaid({ ...learning, down: { source: down.source, at: down.at, told: down.told } });
  }
  if (at - down.at < againMs) return unsaid(learning);
  return learntAs(learning, down.source) === undefined
    ? answeredBy(learning, down.source, false)
    : begins(learning, down.source);
};

/** Bank select (control changes 0 and 32) comes before the program change that is meant. */
const isBankOf = (down: Source, source: Source): boolean =>
  source.kind === 'program' &&
  down.kind === 'cc' &&
  down.channel === source.channel &&
  (down.number === 0 || down.number === 32);

const another = (learning: Learning, down: Down, source: Source): Step => {
  const since = learning.at - down.at;
  if (since >= forgottenMs || isBankOf(down.source, source)) return begins({ ...learning, down: undefined }, source);
  // A pad that sends two kinds of messages is one control; two of the same kind are two.
  if (since < atOnceMs && down.source.kind === source.kind) {
    return ignored({ ...learning, down: undefined, quietUntil: learning.at + atOnceMs }, source, 'twoAtOnce');
  }
  return ignored(learning, source, 'anotherIsDown');
};

const onPress = (learning: Learning, source: Source): Step => {
  const { down, at, quietUntil } = learning;
  if (down === undefined) {
    return at < quietUntil ? ignored(learning, source, 'tooSoon') : begins(learning, source);
  }
  return same(down.source, source) ? again(learning, down) : another(learning, down, source);
};

const onRelease = (learning: Learning, source: Source): Step => {
  const { down, at } = learning;
  if (down === undefined || down.releasedAt !== undefined || !same(down.source, source)) return unsaid(learning);
  return unsaid({ ...learning, down: { ...down, releasedAt: at } });
};

/** The control moves through values: no switch. */
const lifted = (learning: Learning, source: Source): Step =>
  unsaid(learning.down && same(learning.down.source, source) ? { ...learning, down: undefined } : learning);

/**
 * A control change is pressed when it leaves 0, let go of at 0, and pressed anew when it tells the same value after a
 * while without a 0 between. A switch that toggles (127 on one press, 0 on the next) is not told from one that is held:
 * two quick presses learn it as if it were momentary, two slow ones mean a hold. Its device is to be set to momentary, or
 * the profile mended to `release: toggle`. An encoder that is slowly turned left in two's complement sends 127s, and is
 * not told from a switch without release where a switch is asked for.
 */
const onControlChange = (learning: Learning, { source, value }: Touch, before: Turning | undefined): Step => {
  if (value === 0) return onRelease(learning, source);
  if (before === undefined || before.last === 0) {
    return value >= pressValue ? onPress(learning, source) : unsaid(learning);
  }
  const since = learning.at - before.lastAt;
  if (value === before.last && since < settleMs) return unsaid(learning);
  const anew = value === before.last && since >= againMs && value >= pressValue && !isClick(value);
  return anew ? onPress(learning, source) : lifted(learning, source);
};

/** What a touch means as that of a switch; `before` is how its control moved until then. */
export const touched = (learning: Learning, touch: Touch, before: Turning | undefined): Step => {
  switch (touch.source.kind) {
    case 'note':
      return touch.value === 0 ? onRelease(learning, touch.source) : onPress(learning, touch.source);
    case 'program':
      return onPress(learning, touch.source);
    case 'cc':
      return onControlChange(learning, touch, before);
    case 'pitch':
      return unsaid(learning);
  }
};

import { askedSlot, type Learning, type LearntControl, learntControls } from './learning.ts';
import type { Ignored, LearnSaying } from './saying.ts';
import { isTrack } from './slot.ts';
import { type Source, same } from './touch.ts';

/** A learning one step on, and what there is to say about it. */
export type Step = { readonly learning: Learning; readonly said: readonly LearnSaying[] };

export const unsaid = (learning: Learning): Step => ({ learning, said: [] });

export const ignored = (learning: Learning, on: Source, why: Ignored): Step => ({
  learning,
  said: [{ type: 'ignored', on, why }],
});

export const followedBy = (step: Step, next: (learning: Learning) => Step): Step => {
  if (step.learning.over) return step;
  const { learning, said } = next(step.learning);
  return { learning, said: said.length === 0 ? step.said : [...step.said, ...said] };
};

const blinkMs = 1000;
/** A pad that speaks with two messages, and the bounce of one that tells no release, come within this. */
const quietMs = 100;
/** More switches than there are slots need not be kept dark. */
const mostUnlit = 32;

/** Notes and control changes have lamps of the same number; a fader's would move its motor. */
const hasLamp = ({ kind }: Source): boolean => kind === 'note' || kind === 'cc';

const blinking = (learning: Learning, on: Source): Learning =>
  hasLamp(on) ? { ...learning, blink: { on, until: learning.at + blinkMs } } : learning;

const unlit = (learning: Learning, sources: readonly Source[]): Learning => {
  const others = learning.unlit.filter((one) => !sources.some((source) => same(one, source)));
  return { ...learning, unlit: [...sources.filter(hasLamp), ...others].slice(0, mostUnlit) };
};

/** Whatever the player said, it was an answer: the wait begins anew. */
const answered = (learning: Learning): Learning => ({
  ...learning,
  answeredAt: learning.at,
  quietUntil: learning.at + quietMs,
  down: undefined,
});

/** The switches among controls: only they have lamps. */
export const switchesOf = (controls: readonly LearntControl[]): readonly Source[] =>
  controls.filter(({ slot, on }) => slot.wants === 'switch' && hasLamp(on)).map(({ on }) => on);

const asks = (learning: Learning): Step => {
  const slot = askedSlot(learning);
  if (slot === undefined) return finish(learning);
  const { answers, slots } = learning;
  return { learning, said: [{ type: 'asks', slot, place: answers.length + 1, of: slots.length }] };
};

/** Asks for the first slot. */
export const begin = (learning: Learning): Step => asks({ ...learning, answeredAt: learning.at });

/** The control becomes the slot's that is asked for. */
export const assign = (learning: Learning, control: LearntControl): Step => {
  const next = answered({
    ...learning,
    answers: [...learning.answers, control],
    unlit: learning.unlit.filter((one) => !same(one, control.on)),
  });
  const shown = control.slot.wants === 'switch' ? blinking(next, control.on) : next;
  return followedBy({ learning: shown, said: [{ type: 'assigned', control }] }, asks);
};

/** Passes over the slot that is asked for; the switch that said so blinks. */
export const skip = (learning: Learning, by?: Source): Step => {
  const slot = askedSlot(learning);
  if (slot === undefined) return unsaid(learning);
  const next = answered({ ...learning, answers: [...learning.answers, undefined] });
  const shown = by === undefined ? next : unlit(blinking(next, by), [by]);
  return followedBy({ learning: shown, said: [{ type: 'skipped', slot }] }, asks);
};

/** Goes back by one slot, learnt or skipped; the switch that it frees blinks, else the one that said so. */
export const undo = (learning: Learning, by?: Source): Step => {
  const place = learning.answers.length - 1;
  const slot = learning.slots[place];
  if (slot === undefined) return { learning: answered(learning), said: [{ type: 'nothingToUndo' }] };
  const control = learning.answers[place];
  const next = answered({ ...learning, answers: learning.answers.slice(0, place) });
  const freed = switchesOf(control === undefined ? [] : [control]);
  const shown = [...(by ? [by] : []), ...freed].reduce(blinking, unlit(next, freed));
  return followedBy({ learning: shown, said: [{ type: 'undone', slot, control }] }, asks);
};

/** The control is learnt already: the slot stays. */
export const conflict = (learning: Learning, control: LearntControl): Step => {
  const slot = askedSlot(learning);
  if (slot === undefined) return unsaid(learning);
  const next = answered(learning);
  const shown = control.slot.wants === 'switch' ? blinking(next, control.on) : next;
  return { learning: shown, said: [{ type: 'conflict', control, slot }] };
};

/** Ends with what is learnt so far; without a track all begins again, since skips leave nothing to hold for an undo. */
export const finish = (learning: Learning): Step => {
  const controls = learntControls(learning);
  if (controls.some(({ slot }) => isTrack(slot))) {
    return { learning: { ...answered(learning), over: true }, said: [{ type: 'finished', controls }] };
  }
  const next = answered({ ...unlit(learning, switchesOf(controls)), answers: [] });
  return followedBy({ learning: next, said: [{ type: 'noTrack' }] }, asks);
};

export const giveUp = (learning: Learning, why: 'noAnswer' | 'cancelled'): Step => ({
  learning: { ...answered(learning), over: true },
  said: [{ type: 'gaveUp', why }],
});

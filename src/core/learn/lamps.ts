import type { Trigger } from '../controller/trigger.ts';
import { switchesOf } from './answer.ts';
import { type Learning, learntControls } from './learning.ts';
import { same } from './touch.ts';

/** How the lamp is that has the number of a switch. */
export type LearningLamp = { readonly trigger: Trigger; readonly as: 'lit' | 'blinking' | 'dark' };

/**
 * The lamps of switches that are notes or control changes: lit once learnt, blinking fast for a second when just learnt,
 * freed, in conflict or held to skip; all dark when it is over. What is not in the list is to be left as it is.
 */
export const learningLamps = (learning: Learning): readonly LearningLamp[] => {
  const { blink, unlit, over } = learning;
  const lamp =
    (rest: 'lit' | 'dark') =>
    (trigger: (typeof unlit)[number]): LearningLamp => {
      if (over) return { trigger, as: 'dark' };
      return { trigger, as: blink && same(blink.on, trigger) ? 'blinking' : rest };
    };
  return [...switchesOf(learntControls(learning)).map(lamp('lit')), ...unlit.map(lamp('dark'))];
};

/** Whether two states of a learning have the same lamps, without looking at each. */
export const sameLamps = (one: Learning, other: Learning): boolean =>
  one.answers === other.answers && one.unlit === other.unlit && one.blink === other.blink && one.over === other.over;

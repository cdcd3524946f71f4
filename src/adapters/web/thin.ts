import type { Streamed } from '../../protocol/hindsight-v1.ts';
import { mostHz } from '../../protocol/versions.ts';

/** Lets through so many of what comes `mostHz` times a second. Counts, so that it takes no clock, and slows down with its source. */
const paced = (hz: number): (() => boolean) => {
  let due = 1;
  return () => {
    const passes = due >= 1 - 1e-9;
    if (passes) due -= 1;
    due += hz / mostHz;
    return passes;
  };
};

type Pair = Streamed<'levels'>['input'];
const higher = (one: Pair, other: Pair): Pair => [Math.max(one[0], other[0]), Math.max(one[1], other[1])];

export const thinPosition = (hz: number) => {
  const isDue = paced(hz);
  return (message: Streamed<'position'>): Streamed<'position'> | undefined => (isDue() ? message : undefined);
};

/** What is left out counts in the next one: no peak is lost. */
export const thinLevels = (hz: number) => {
  const isDue = paced(hz);
  let held: Streamed<'levels'> | undefined;
  return (message: Streamed<'levels'>): Streamed<'levels'> | undefined => {
    const highest: Streamed<'levels'> =
      held === undefined
        ? message
        : { ...message, input: higher(held.input, message.input), output: higher(held.output, message.output) };
    const isNow = isDue();
    held = isNow ? undefined : highest;
    return isNow ? highest : undefined;
  };
};

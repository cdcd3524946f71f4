import type { Relative } from '../controller/profile.ts';
import type { Millis } from '../time/units.ts';
import { type Slot, slotsFor } from './slot.ts';
import { type Source, same } from './touch.ts';
import type { Turning } from './turning.ts';

/** A control with what it was learnt for. */
export type LearntControl = {
  readonly slot: Slot;
  readonly on: Source;
  /** Whether it says when the foot goes up. */
  readonly release: boolean;
  readonly relative?: Relative;
};

/** A switch that is pressed, as far as its messages tell. */
export type Down = {
  readonly source: Source;
  readonly at: Millis;
  /** Set while the release has to prove that it is no bounce. */
  readonly releasedAt?: Millis;
  /** Whether it was told that it is held for long. */
  readonly told: boolean;
};

/** A learning as far as it has come: a plain value of bounded size, whatever comes in. */
export type Learning = {
  readonly slots: readonly Slot[];
  /** For each slot that was answered, in order: its control, or undefined where it was skipped. */
  readonly answers: readonly (LearntControl | undefined)[];
  /** The latest time that was told. */
  readonly at: Millis;
  /** When the player last answered; undefined before the first input. */
  readonly answeredAt: Millis | undefined;
  /** Until then another press belongs to the answer just given, or to two feet at once. */
  readonly quietUntil: Millis;
  readonly down: Down | undefined;
  readonly turning: readonly Turning[];
  /** The switch whose lamp blinks. */
  readonly blink: { readonly on: Source; readonly until: Millis } | undefined;
  /** Switches that are not learnt and whose lamps were blinked or lit. */
  readonly unlit: readonly Source[];
  readonly over: boolean;
};

export const newLearning = ({ tracks }: { readonly tracks: number }): Learning => ({
  slots: slotsFor(tracks),
  answers: [],
  at: Number.NEGATIVE_INFINITY,
  answeredAt: undefined,
  quietUntil: Number.NEGATIVE_INFINITY,
  down: undefined,
  turning: [],
  blink: undefined,
  unlit: [],
  over: false,
});

/** The slot that is asked for; undefined once all are answered. */
export const askedSlot = ({ slots, answers }: Learning): Slot | undefined => slots[answers.length];

export const learntControls = ({ answers }: Learning): readonly LearntControl[] =>
  answers.filter((answer) => answer !== undefined);

export const learntAs = (learning: Learning, source: Source): LearntControl | undefined =>
  learntControls(learning).find(({ on }) => same(on, source));

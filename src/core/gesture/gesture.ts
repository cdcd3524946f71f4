import type { GestureTimes } from '../controller/profile.ts';
import type { Millis } from '../time/units.ts';

/** What a hand does with switches, each at the moment that it means: that of the press, or when its time was over. */
export type Gesture =
  | { readonly type: 'press' | 'double'; readonly control: string; readonly at: Millis }
  | {
      readonly type: 'release' | 'tap' | 'hold' | 'longHold' | 'learnHold' | 'stuck';
      readonly control: string;
      readonly at: Millis;
    }
  /** No second switch came in time to make a chord. */
  | { readonly type: 'alone'; readonly control: string; readonly at: Millis }
  | { readonly type: 'chord'; readonly control: string; readonly with: string; readonly at: Millis }
  /** A long hold is coming: its lamp goes on and off. */
  | { readonly type: 'warn'; readonly control: string; readonly lit: boolean; readonly at: Millis };

/** How gestures are told apart. Lists are of ids of controls. */
export type GestureSettings = GestureTimes & {
  /** Those that tell their release, or may do so: only these can be held. */
  readonly momentary: ReadonlySet<string>;
  readonly chords: readonly (readonly [string, string])[];
  /** Those of which it is not known: each can be held once a short press has told its release. */
  readonly proving: ReadonlySet<string>;
  /** Those whose long hold means something. */
  readonly warned: ReadonlySet<string>;
};

/** A pad that is held as long as this, on a controller that allows it, asks to be learnt (seed 1.x: 5 s). */
export const learnHoldMs = 5000;
/** Between two changes of a lamp that warns: faster than any blinking in time with the music. */
export const warnMs = 125;

/** One switch: whether it is down, since when, and which moments of a press have come already. */
export type Touch = {
  readonly down: boolean;
  /** What its contact said last, which holds once it has stopped bouncing. */
  readonly contact: boolean;
  /** Of the last press that counted. */
  readonly pressedAt: Millis;
  /** Of the last change that counted. */
  readonly changedAt: Millis;
  /** The second of two quick presses: a third one begins anew. */
  readonly doubled: boolean;
  /** A part of a chord: it has no gestures of its own any more. */
  readonly chorded: boolean;
  /** The hold of this press has come: it can be no tap any more. */
  readonly held: boolean;
  /** It was down for longer than anybody holds; its release may come yet. */
  readonly stuck: boolean;
  /** Whether a short press has told its release: until then one that goes on is no hold, for it may be one that tells none. */
  readonly proven: boolean;
  /** How many of the moments of this press have come. */
  readonly came: number;
};

/** All switches of a controller that have been touched. */
export type Hand = ReadonlyMap<string, Touch>;

export const restingHand: Hand = new Map();

import type { TrackState } from '../track/state.ts';
import type { Action, TurnAction } from './action.ts';
import type { Behaviour, Colour, Shade } from './colour.ts';
import type { Trigger } from './trigger.ts';

/** A pause is the device's; `expect` is what it answers, each byte a number or `any`, and may be left out at the end. */
export type SetupMessage = {
  readonly bytes: readonly number[];
  readonly waitMs: number;
  readonly expect?: readonly (number | 'any')[];
  /** How long the answer is waited for. Without one the next message is sent all the same. */
  readonly timeoutMs: number;
  /** The answer is sent back with one byte of it changed: how a setting that has no message of its own is made. */
  readonly patch?: { readonly offset: number; readonly value: number };
};

/** What a control does, by the gesture made with it. A fader or an encoder has `turn`, a switch all others. */
export type Bindings = {
  /** At once, on the press: what a tap means. */
  readonly press?: Action;
  readonly release?: Action;
  readonly double?: Action;
  readonly hold?: Action;
  readonly longHold?: Action;
  readonly turn?: TurnAction;
};

/** How an encoder says steps: two's complement of 7 bits, bit 6 as the sign, or the distance from 64. */
export type Relative = 'twosComplement' | 'signBit' | 'offset';

export type Control = {
  readonly id: string;
  readonly on: Trigger;
  /** The message of the release, where it is another one than that of the press with value 0. */
  readonly off?: Trigger;
  /**
   * Whether the device says when the foot goes up. `toggle` says on and off in turn, and each is a press. `auto`: it is not known;
   * the control can be held once a short press has told its release, so that one which tells none, or says on and off in turn, clears no loops.
   */
  readonly release: boolean | 'toggle' | 'auto';
  /** An encoder. */
  readonly relative?: Relative;
  /** Two control changes make one value of 14 bits: that of the trigger and the one 32 above it. */
  readonly fine: boolean;
  /** The first page's. */
  readonly bindings: Bindings;
};

/** The messages that give a lamp each shade that it has. In a profile with a `frame` each is the lamp's bytes in it. */
export type Looks = Readonly<Partial<Record<Shade, readonly (readonly number[])[]>>>;

/** What a lamp that stands for no control's binding shows: a beat of the bar or a bar of the loop, from 1; or whether all is well. */
export type Show =
  | { readonly kind: 'control'; readonly control: string }
  | { readonly kind: 'beat'; readonly beat: number }
  | { readonly kind: 'bar'; readonly bar: number }
  | { readonly kind: 'health' };

export type Lamp = {
  /** The control's id where it is one's lamp. */
  readonly id: string;
  readonly show: Show;
  readonly steady: Looks;
  /** What the device itself blinks or pulses, in time with the MIDI clock that it gets; else the host does it. */
  readonly blink?: Looks;
  readonly pulse?: Looks;
};

/** All lamps in one message: bytes, and lamps by their ids in between. */
export type LampFrame = readonly (number | { readonly lamp: string })[];

/** A row of characters, or a number: what it tells, and its messages, in which a byte may be a character's place from 0. */
export type Display = {
  readonly shows: 'tempo' | 'bars' | 'beat';
  readonly characters: number;
  readonly messages: readonly (readonly (number | { readonly character: number } | 'number')[])[];
};

/** How fast a device may be told things, in bytes as they are on the wire. */
export type Pace = {
  readonly bytesPerSecond: number;
  /** What may go at once after a rest. Below 4096: the kernel drops what does not fit its buffer. */
  readonly burstBytes: number;
  /** Between any two messages. */
  readonly gapMs: number;
  /** Between system exclusive and other messages. */
  readonly kindGapMs: number;
};

/** Milliseconds of the hand: see `core/gesture`. */
export type GestureTimes = {
  readonly bounceMs: number;
  readonly holdMs: number;
  readonly longHoldMs: number;
  readonly doubleMs: number;
  readonly chordMs: number;
  readonly stuckMs: number;
};

/** Another meaning of the same controls: tracks further on, and bindings in place of the first page's. */
export type Page = {
  readonly name: string;
  readonly trackOffset: number;
  readonly bindings: ReadonlyMap<string, Bindings>;
};

export type Chord = { readonly controls: readonly [string, string]; readonly do: Action };

export type LampStyle = { readonly colour: Colour; readonly dim: boolean; readonly as: Behaviour };

export type Confidence = 'solid' | 'one-source' | 'from-memory' | 'unverified';

/** A controller as data: how to know it, what it sends, how its lamps are set. */
export type Profile = {
  readonly name: string;
  readonly title: string;
  /** That of its weakest fact. */
  readonly confidence: Confidence;
  /** Vendor and product as in `1235:0113`, lower case. */
  readonly usb: readonly string[];
  /**
   * Patterns, without regard to case, of `client:port` without ALSA's numbers. All inputs that match are heard; the first
   * output that matches gets the lamps. An empty list matches any port, as a last resort.
   */
  readonly ports: { readonly input: readonly string[]; readonly output: readonly string[] };
  /** What a person has to set on the device before it works. */
  readonly setUp: readonly string[];
  readonly init: readonly SetupMessage[];
  readonly deinit: readonly SetupMessage[];
  readonly times: GestureTimes;
  readonly pace: Pace;
  /** Whether the device gets MIDI clock, for its own blinking. */
  readonly clock: boolean;
  readonly style: Readonly<Record<TrackState, LampStyle>>;
  /** A press disturbs the lamp under it: it is set again after the release. */
  readonly refreshOnRelease: boolean;
  readonly controls: readonly Control[];
  readonly lamps: readonly Lamp[];
  readonly frame?: LampFrame;
  readonly display?: Display;
  /** Rows of ids of controls and lamps, from the top; undefined is a gap. */
  readonly layout: readonly (readonly (string | undefined)[])[];
  /** At least one. */
  readonly pages: readonly Page[];
  readonly chords: readonly Chord[];
  /** What is never a control, not even to be learnt. */
  readonly ignore: readonly Trigger[];
  /** Whether a pad that is held for five seconds before the first loop starts learning. */
  readonly learnHold: boolean;
};

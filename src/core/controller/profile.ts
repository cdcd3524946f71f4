import type { TrackState } from '../track/state.ts';

/** Which message of a controller is meant; without a channel (1-16) any channel. */
export type Trigger = { readonly kind: 'note' | 'cc'; readonly number: number; readonly channel?: number };

/** How a fader's 0-127 becomes a value: `round` to whole numbers, or eight equal zones and the like. */
export type Scale =
  | { readonly kind: 'linear'; readonly from: number; readonly to: number; readonly round: boolean }
  | { readonly kind: 'zones'; readonly values: readonly number[] };

/** What a control does: on a press, or with its value. */
export type Action =
  | { readonly command: 'stomp' | 'start' | 'stop' | 'clear'; readonly track: number }
  | { readonly command: 'record'; readonly track: number; readonly bars?: number }
  | { readonly command: 'reset' | 'muteClick' | 'tap' }
  | { readonly command: 'setBpm' | 'setBars' | 'setClickVolume'; readonly scale: Scale };

export type Control = { readonly id: string; readonly on: Trigger; readonly do: Action };

/** One byte of a lamp's message: fixed, or the value of what the lamp shows. */
export type LampByte = number | 'value';

/** A lamp of a track: the message that sets it. */
export type Lamp = { readonly id: string; readonly track: number; readonly message: readonly LampByte[] };

/** A message sent on connect or exit, and the pause the device needs after it. */
export type SetupMessage = { readonly bytes: readonly number[]; readonly waitMs: number };

/** A controller as data: how to know it, what it sends, how its lamps are set. */
export type Profile = {
  readonly name: string;
  readonly title: string;
  /** Patterns, without regard to case, of the port's name without its ALSA numbers; an empty list matches any port. */
  readonly ports: { readonly input: readonly string[]; readonly output: readonly string[] };
  readonly init: readonly SetupMessage[];
  readonly deinit: readonly SetupMessage[];
  readonly controls: readonly Control[];
  readonly lamps: readonly Lamp[];
  /** The lamp value of each state, and what a blinking lamp shows in its dark half. */
  readonly values: Readonly<Record<TrackState, number>>;
  readonly dark: number;
  readonly blinking: readonly TrackState[];
};

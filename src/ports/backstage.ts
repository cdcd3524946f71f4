import type { LearnCommand } from '../core/learn/learn.ts';

/** A controller as it is known now, in words. */
export type ControllerView = {
  readonly name: string;
  readonly title: string;
  /** Why it has the profile that it has. */
  readonly why: string;
  readonly connected: boolean;
};

/** Work that goes on, told line by line. `stop` ends it early; `onEnd` is called once, with what went wrong if something did. */
export type Work = { readonly stop: () => void; readonly say: (word: LearnCommand) => void };
export type Listener = { readonly line: (text: string) => void; readonly end: (failure?: string) => void };

/** The technician's way into a running looper: nothing here is needed to play. */
export interface Backstage {
  controllers(): readonly ControllerView[];
  /** All that controllers say and are told, until stopped. */
  monitor(listener: Listener): Work;
  /** Learns a controller; without a name the only one that is there. */
  learn(controller: string | undefined, listener: Listener): Work;
  /** Measures the latency; stopped early it is cancelled. With `mute` also while tracks play, which are silent meanwhile. */
  calibrate(mute: boolean, listener: Listener): Work;
  /** Shows each colour, each pattern and each lamp of a controller; without a name those of all. */
  testLamps(controller: string | undefined, listener: Listener): Work;
}

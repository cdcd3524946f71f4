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

/** What is asked of the sets. Paths are whole ones. `flush` answers, once all is on disk, with the folder in which they are. */
export type SetsQuestion =
  | { readonly act: 'list' | 'bin' | 'new' | 'flush' }
  | { readonly act: 'save'; readonly name?: string }
  | { readonly act: 'load' | 'delete'; readonly name: string }
  | { readonly act: 'rename'; readonly name: string; readonly to: string }
  /** Saves what is at a place in the bin under a name, else its own. */
  | { readonly act: 'recover'; readonly place: number; readonly name?: string }
  /** Makes a WAV file the loop of an empty track. */
  | { readonly act: 'import'; readonly path: string; readonly track: number; readonly bars?: number }
  /** Writes what is on the tape as a WAV file. */
  | { readonly act: 'tape'; readonly path: string };

/** The technician's way into a running looper: nothing here is needed to play. */
export interface Backstage {
  controllers(): readonly ControllerView[];
  /** How the looper fares: a `Status` in one line of JSON. */
  status(listener: Listener): Work;
  /** All that controllers say and are told, until stopped. */
  monitor(listener: Listener): Work;
  /** Learns a controller; without a name the only one that is there. */
  learn(controller: string | undefined, listener: Listener): Work;
  /** Something is done with the sets, which is told. It cannot be stopped half way. */
  sets(question: SetsQuestion, listener: Listener): Work;
  /** Measures the latency; stopped early it is cancelled. With `mute` also while tracks play, which are silent meanwhile. */
  calibrate(mute: boolean, listener: Listener): Work;
  /** Shows each colour, each pattern and each lamp of a controller; without a name those of all. */
  testLamps(controller: string | undefined, listener: Listener): Work;
}

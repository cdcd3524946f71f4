import type { Frame } from '../core/time/units.ts';

/**
 * Where the engine is. It is handed on in place of its frame: after 12 hours at 48 kHz frames are no small integers to V8 any more, and each that is
 * given to a function that V8 does not inline is an object, which a block may not make.
 */
export class Playhead {
  /** The next frame to be processed. */
  frame: Frame = 0;
}

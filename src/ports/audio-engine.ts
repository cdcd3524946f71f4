import type { SoundCommand } from '../core/sound/command.ts';
import type { SoundFact } from '../core/sound/fact.ts';
import type { Frame, Millis } from '../core/time/units.ts';

/**
 * The sound as the main thread sees it. Commands take effect in the order in which they are sent; each is answered by
 * facts, never by a return value.
 */
export interface AudioEngine {
  /** Never blocks and never throws. */
  send(command: SoundCommand): void;
  /** To be called once, before the first command. Facts come in the order of their frames. */
  onFact(listener: (fact: SoundFact) => void): void;
  /** The frame that the device takes at a monotonic time. */
  frameAt(time: Millis): Frame;
  /** What came in from a frame on: a copy, interleaved stereo. Undefined where the tape does not hold all of it. */
  heard(from: Frame, frames: Frame): Float32Array | undefined;
}

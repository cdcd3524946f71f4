import type { SoundCommand } from '../core/sound/command.ts';
import type { SoundFact } from '../core/sound/fact.ts';
import type { Frame, Millis } from '../core/time/units.ts';

/**
 * Where a loop's sound lies: shared memory of interleaved stereo, of which the loop has pieces of `pieceFrames` frames, in this order. Its
 * frame `n`, lead-in first, is frame `n % pieceFrames` of piece `pieces[floor(n / pieceFrames)]`, and piece `p` begins at frame
 * `p * pieceFrames` of `samples`.
 */
export type LoopSound = { readonly samples: Float32Array; readonly pieces: Int32Array; readonly frames: Frame };

/** A loop's sound that stays where it is until it is given back, whatever becomes of the loop. */
export type LentSound = { readonly sound: LoopSound; giveBack(): void };

/**
 * The sound as the main thread sees it. Commands take effect in the order in which they are sent; each is answered by
 * facts, never by a return value.
 */
export interface AudioEngine {
  /** Never blocks and never throws. A loop for which no memory is free waits for that of released ones; where that is not enough it fails, as a fact. */
  send(command: SoundCommand): void;
  /** To be called once, before the first command. Facts come in the order of their frames. */
  onFact(listener: (fact: SoundFact) => void): void;
  /** The frame that the device takes at a monotonic time. */
  frameAt(time: Millis): Frame;
  /** What came in from a frame on: a copy, interleaved stereo. Undefined where the tape does not hold all of it. */
  heard(from: Frame, frames: Frame): Float32Array | undefined;
  /** The memory of a loop that was sent and not released; undefined for another one. Whole once `captureCommitted` was said of it. */
  lend(loopId: number): LentSound | undefined;
  /** The same once it has its memory, which a loop that was sent just now may have to wait for. */
  lendSoon(loopId: number): Promise<LentSound | undefined>;
}

import type { Frame, Rate } from '../../../core/time/units.ts';
import type { LoopSound } from '../../../ports/audio-engine.ts';
import { type Converter, openConverter } from './converter.ts';
import { fill, silence } from './loop-memory.ts';

/** Sound to be read: `next` gives interleaved stereo, a slice at a time, which holds until the next one; at the end none. */
export type Source = { readonly rate: Rate; readonly frames: Frame; next(): Float32Array };

/** Lets what is more urgent happen. */
export type Pause = () => Promise<void>;

/** How much is read between two pauses: 20 ms of work on a build machine where the rate is converted. */
export const sliceFrames = 8192;

/** The frames that some frames at a rate are at another one. Pure. */
export const framesAt = (frames: Frame, from: Rate, to: Rate): Frame => Math.round((frames * to) / from);

const asItIs: Converter = { convert: (samples) => samples, destroy: () => undefined };

/** Reads all of a source into a loop's memory at a rate, what fits, with pauses; what the source is too short for is silence. */
export const pour = async (source: Source, into: LoopSound, rate: Rate, pause: Pause): Promise<void> => {
  const converter = source.rate === rate ? asItIs : await openConverter(source.rate, rate);
  try {
    const end = Math.min(into.frames, framesAt(source.frames, source.rate, rate));
    let at = 0;
    const put = (samples: Float32Array): void => {
      at += fill(into, at, samples.subarray(0, 2 * (end - at)));
    };
    for (let slice = source.next(); slice.length > 0; slice = source.next()) {
      put(converter.convert(slice));
      await pause();
    }
    // The converter looks ahead: it holds the last frames back until it knows what comes after them.
    while (at < end) put(converter.convert(new Float32Array(2 * sliceFrames)));
    silence(into, at);
  } finally {
    converter.destroy();
  }
};

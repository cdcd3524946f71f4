/**
 * Units as flavours of `number`: a plain number passes, a number of another unit does not.
 * They cost nothing at run time.
 */
declare const unit: unique symbol;
type Unit<Name extends string> = number & { readonly [unit]?: Name };

/** A count of the audio device's frames since the engine's first one: one sample of all channels. Whole. */
export type Frame = Unit<'frame'>;
/** A count of beats since beat 0 of bar 0, or a span of them. Whole where it names a line of the grid; may be negative. */
export type Beat = Unit<'beat'>;
/** Beats per minute. */
export type Bpm = Unit<'bpm'>;
/** Frames per second. */
export type Rate = Unit<'rate'>;
/** A monotonic time in milliseconds from an arbitrary start, as `process.hrtime` counts it. */
export type Millis = Unit<'ms'>;

declare module 'fft.js' {
  /** Complex numbers lie as pairs, real part first. The two arrays of a call must not be the same. */
  export default class FFT {
    /** A power of two. */
    constructor(size: number);
    transform(output: Float64Array, input: Float64Array): void;
    /** Scaled by 1 / size: the inverse of `transform`. */
    inverseTransform(output: Float64Array, input: Float64Array): void;
  }
}

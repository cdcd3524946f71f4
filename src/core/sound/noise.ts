/**
 * White noise from a linear congruential generator (Numerical Recipes): samples from -1 up to below 1, the same for a seed on every run.
 * Realtime-safe.
 */
export const whiteNoise = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  };
};

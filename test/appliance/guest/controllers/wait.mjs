export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Looks again and again until something is so, and gives it. Throws when it has not come within `ms`. */
export const until = async (look, what, ms = 20_000) => {
  const end = performance.now() + ms;
  for (;;) {
    const found = look();
    if (found) return found;
    if (performance.now() > end) throw new Error(`${typeof what === 'string' ? what : what()}: not within ${ms} ms`);
    await pause(10);
  }
};

/** The same numbers at each run (mulberry32), from 0 to 1. */
export const createRandom = (seed) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

const hundredths = (value) => Math.round(value * 100) / 100;

/** Of a list of numbers: how many, the middle, the 99th of a hundred, the largest. */
export const spread = (values) => {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share) =>
    hundredths(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN);
  return { count: sorted.length, p50: at(0.5), p99: at(0.99), max: at(1) };
};

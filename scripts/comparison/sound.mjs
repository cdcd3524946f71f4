// What is played into the loopers, and what is found in their output. Stereo sound is interleaved; nothing here knows of time but frames.

/** A bar of 120 BPM in 4/4 at 48 kHz: the loop that all are given. */
export const [rate, barFrames] = [48_000, 96_000];

/** So soft that 32 loops of it, one upon the other, do not clip. */
const noiseLevel = 0.02;

/** A bar of noise, the same at each call. */
export const noise = () => {
  let state = 1;
  return new Float32Array(barFrames * 2).map(() => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return (state / 2 ** 31) * noiseLevel;
  });
};

/** A bar with one loud sample, on both sides. */
export const impulse = () => {
  const samples = new Float32Array(barFrames * 2);
  samples.fill(0.5, 0, 2);
  return samples;
};

/** Tones that a bar breaks off at `ninths` of a turn, one for each side; long enough to be played on without a break. */
export const tones = (ninths) => {
  const hertz = ninths.map((ninth) => (667 + ninth / 9) / 2);
  const frames = 9 * barFrames;
  return new Float32Array(frames * 2).map(
    (_, index) => 0.5 * Math.sin((2 * Math.PI * hertz[index % 2] * (index >> 1)) / rate),
  );
};

const side = (samples, channel) => new Float32Array(samples.length / 2).map((_, frame) => samples[frame * 2 + channel]);

/** How loud: the root of the mean square. */
export const loudness = (samples) => Math.sqrt(samples.reduce((sum, value) => sum + value * value, 0) / samples.length);

/** The frames of the left side at which sound begins after silence of 100 frames. */
export const onsets = (samples, threshold = 0.05) => {
  const found = [];
  let last = Number.NEGATIVE_INFINITY;
  for (const [frame, value] of side(samples, 0).entries()) {
    if (Math.abs(value) < threshold) continue;
    if (frame - last > 100) found.push(frame);
    last = frame;
  }
  return found;
};

/** What is between neighbours. */
export const distances = (values) => values.slice(1).map((value, index) => value - values[index]);

/** For so long after a gap a looper may still make up for it. */
const gapFrames = rate / 4;

/** Whether nothing from `from` to `to` has to do with one of the gaps that JACK had. */
const isClear = (gaps, from, to) => gaps.every(({ at }) => at + gapFrames < from || at > to);

/** By how many frames the passes of a loop with an impulse are longer than a bar; of those in which JACK had no gap. */
export const passErrors = (samples, gaps) => {
  const begins = onsets(samples);
  return distances(begins)
    .map((frames, index) => ({ error: frames - barFrames, isClear: isClear(gaps, begins[index], begins[index + 1]) }))
    .filter((pass) => pass.isClear)
    .map(({ error }) => error);
};

const windowFrames = 480;

const largestStep = (samples, from) => {
  let most = 0;
  for (let frame = from; frame < from + windowFrames; frame += 1)
    most = Math.max(most, Math.abs(samples[frame + 1] - samples[frame]));
  return most;
};

/**
 * The largest step between neighbouring samples that comes back in each bar, against that of an ordinary 10 ms, of each side. 1 is a seam that
 * nobody sees. What happens once is none; windows in which JACK had a gap do not count.
 */
export const seamSteps = (samples, gaps) =>
  [0, 1].map((channel) => {
    const one = side(samples, channel);
    const begins = Array.from({ length: Math.floor((one.length - 1) / barFrames) }, (_, bar) => bar * barFrames);
    const steps = Array.from({ length: barFrames / windowFrames }, (_, window) =>
      begins
        .map((begin) => begin + window * windowFrames)
        .filter((from) => isClear(gaps, from, from + windowFrames))
        .map((from) => largestStep(one, from)),
    );
    const found = steps.filter((passes) => passes.length > 0).map(median);
    return Math.max(...found) / median(found);
  });

/** The first frame that is louder than `threshold`; -1 where there is none. */
export const firstSound = (samples, threshold) => {
  const at = samples.findIndex((value) => Math.abs(value) > threshold);
  return at < 0 ? at : at >> 1;
};

const sorted = (values) => values.toSorted((a, b) => a - b);

export const median = (values) => {
  const all = sorted(values);
  const middle = all.length / 2;
  return all.length % 2 === 1 ? all[Math.floor(middle)] : (all[middle - 1] + all[middle]) / 2;
};

/** Of a list of numbers: how many, the least, the middle, the 99th of a hundred, the greatest. */
export const spread = (values) => {
  const all = sorted(values);
  const p99 = all[Math.min(all.length - 1, Math.floor(all.length * 0.99))];
  return { count: all.length, least: all[0], median: median(values), p99, most: all.at(-1) };
};

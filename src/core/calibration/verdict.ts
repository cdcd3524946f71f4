import { medianOf } from '../median.ts';
import type { Burst, Evidence, FailureCode, Measurement } from './measurement.ts';

/** So many of the eight bursts have to agree, within so many frames of their median. */
export const leastAgreeing = 6;
export const agreementFrames = 1;
/** Peaks of mere noise stand less than 6 times above it, among some 40,000 values. */
const leastStrength = 8;
/** What lies near the right place may be fainter. */
const leastBurstStrength = 5;
/** What all bursts together need, so that an arrival of a tenth of the peak, before it, would be seen. */
export const clearStrength = 100;
/** An arrival before the peak from which on the peak may be an echo of it. */
export const earlyLimit = 0.08;
/** An echo from which on noise may make it the higher one. */
export const lateLimit = 0.7;
/** The steep filters of a guitar cabinet or of a phone lean by up to 0.27 and keep 0.91 in step. */
const leanLimit = 0.3;
const leastInStep = 0.9;
/** A quarter of full scale, less 75 dB: below there may be nothing but the crosstalk of an unconnected input. */
const leastGain = 10 ** (-75 / 20);
/** One burst may clip under a knock on the stage. */
const clippedLimit = 3;
const loudFloorDb = -40;
/** Digital silence, or the last bit of it. */
const deadDb = -140;

const advice: Readonly<Record<FailureCode, string>> = {
  'no-signal': 'connect the output to the input (a cable, or a microphone at the speaker) and turn both up',
  'too-noisy': 'make it quiet, mute what else plays, or turn the output up, then measure again',
  clipping: "turn the input's gain or the output down",
  spread: 'close what else uses the interface, take a larger block size, keep quiet, and measure again',
  echoes: 'use a cable, or move the microphone close to one speaker; switch off direct monitoring and effects',
  'too-long': 'use a smaller block size, or a shorter way (no network, no Bluetooth)',
};

const inMs = (frames: number, rate: number): string => `${Math.round((1000 * frames) / rate)} ms`;
const inDb = (db: number): string => `${Math.round(db)} dB`;
const inPercent = (share: number): string => `${Math.round(100 * share)} %`;

type Problem = { readonly code: FailureCode; readonly what: string };

const silence = ({ all, beyondFrames, rate, longestFrames, floorDb, levelDb }: Evidence): Problem | undefined => {
  if (beyondFrames !== undefined) {
    const [found, longest] = [inMs(beyondFrames, rate), inMs(longestFrames, rate)];
    return { code: 'too-long', what: `the latency is about ${found}; up to ${longest} can be measured` };
  }
  const absent = all.strength < leastStrength;
  const heard = levelDb > deadDb ? `it hears ${inDb(levelDb)}` : 'it hears nothing at all';
  if (absent && floorDb > loudFloorDb) {
    return { code: 'too-noisy', what: `the probe is not to be heard in a noise of ${inDb(floorDb)}` };
  }
  if (absent) return { code: 'no-signal', what: `the input does not hear the probe (${heard})` };
  if (Math.abs(all.gain) >= leastGain) return undefined;
  return { code: 'no-signal', what: 'the probe comes back so faintly that it may be mere crosstalk' };
};

const quarrel = ({ all, each }: Evidence, bursts: readonly Burst[]): Problem | undefined => {
  const agreeing = bursts.filter(({ agrees }) => agrees).length;
  if (agreeing >= leastAgreeing) return undefined;
  const what = `${agreeing === 0 ? 'none' : `only ${agreeing}`} of ${bursts.length} bursts agree`;
  if (all.strength < clearStrength / 2) return { code: 'too-noisy', what };
  if (medianOf(each.map(({ rival }) => rival)) >= lateLimit) {
    return { code: 'echoes', what: 'each burst comes back more than once, about equally loud' };
  }
  return { code: 'spread', what: `${what}: the latency changes meanwhile, or sound is lost` };
};

const doubt = ({ all }: Evidence): Problem | undefined => {
  if (all.strength < clearStrength) {
    return { code: 'too-noisy', what: 'the noise is so loud that an echo could not be told from the sound itself' };
  }
  if (all.early >= earlyLimit) {
    const height = inPercent(all.early);
    return { code: 'echoes', what: `before the loudest arrival there is one of ${height} of its height` };
  }
  if (all.late >= lateLimit) {
    return { code: 'echoes', what: `there is an echo of ${inPercent(all.late)} of the sound's own height` };
  }
  if (all.lean < leanLimit && all.inStep > leastInStep) return undefined;
  return { code: 'echoes', what: 'several arrivals lie so close to each other that they merge' };
};

/** Outliers do not move it: the median of all, first, then of those that agree with it. */
const judged = ({ each }: Evidence): { bursts: Burst[]; inverted: boolean } => {
  const median = medianOf(each.map(({ frames }) => frames));
  const inverted = each.filter((burst) => burst.inverted).length > each.length / 2;
  const bursts = each.map((burst, index) => ({
    number: index + 1,
    frames: burst.frames,
    strength: burst.strength,
    agrees:
      burst.strength >= leastBurstStrength &&
      burst.inverted === inverted &&
      Math.abs(burst.frames - median) <= agreementFrames,
  }));
  return { bursts, inverted };
};

/** The latency, or why there is none. It rather refuses than guesses: a wrong latency spoils each loop. */
export const verdictOn = (evidence: Evidence): Measurement => {
  const { all, levelDb, floorDb, side } = evidence;
  const { bursts, inverted } = judged(evidence);
  const clipping: Problem | undefined =
    evidence.clipped < clippedLimit
      ? undefined
      : {
          code: 'clipping',
          what: `${evidence.clipped} of ${bursts.length} bursts reach full scale and are cut off there`,
        };
  const problem = silence(evidence) ?? clipping ?? quarrel(evidence, bursts) ?? doubt(evidence);
  if (problem !== undefined) {
    const { code, what } = problem;
    return { ok: false, code, reason: `${what}; ${advice[code]}`, bursts, levelDb, floorDb };
  }
  const agreeing = bursts.filter(({ agrees }) => agrees);
  const exactFrames = medianOf(agreeing.map(({ frames }) => frames));
  const confidence = (agreeing.length / bursts.length) * (1 - Math.max(all.early, all.late));
  return {
    ...{ ok: true, latencyFrames: Math.max(0, Math.round(exactFrames)), exactFrames, confidence, inverted, side },
    spreadFrames: Math.max(...agreeing.map(({ frames }) => Math.abs(frames - exactFrames))),
    ...{ bursts, levelDb, floorDb },
  };
};

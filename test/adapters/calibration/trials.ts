import type { Recording } from '../../../src/adapters/calibration/correlate.ts';
import { type Probe, probeOf } from '../../../src/core/sound/probe.ts';
import { hum, music, type Noise, pick, type Random, randomOf, slam, uniform, white } from './noises.ts';
import {
  type Arrival,
  add,
  arriving,
  burstLevel,
  cutOff,
  recordingOf,
  type Speaker,
  speakerFrames,
  through,
} from './path.ts';

/** A path and what else is to be heard, all told by the trial's number. */
export type Trial = {
  readonly number: number;
  readonly kind: string;
  readonly probe: Probe;
  readonly recording: Recording;
  /** None where the only right answer is a refusal. */
  readonly latency: number | undefined;
  readonly inverted: boolean;
  /** Under these conditions a player may expect a result. */
  readonly sensible: boolean;
};

const noiseKinds = ['white', 'white', 'hum', 'music'] as const;
const echoKinds = ['none', 'none', 'weak', 'strong', 'two', 'close', 'tail'] as const;
const faults = [
  'none',
  'none',
  'none',
  'none',
  'none',
  'jump',
  'slam',
  'lost',
  'absent',
  'too long',
  'clipping',
] as const;
const loudspeakers = ['cable', 'interface', 'cabinet', 'steep cabinet', 'phone', 'steep phone'] as const;

type Fault = (typeof faults)[number];
type EchoKind = (typeof echoKinds)[number];

type Plan = {
  readonly rate: number;
  readonly fault: Fault;
  readonly echo: EchoKind;
  readonly speaker: Speaker;
  readonly noise: (typeof noiseKinds)[number];
  readonly snrDb: number;
  /** Negative where the polarity is turned. */
  readonly gain: number;
  readonly side: 0 | 1;
  readonly direct: number;
};

const planOf = (random: Random): Plan => {
  const rate = pick(random, [48_000, 48_000, 48_000, 48_000, 44_100, 44_100, 44_100, 96_000]);
  const fault = pick(random, faults);
  const echo = pick(random, echoKinds);
  // Arrivals that are closer than a dull path can tell apart are one arrival to it.
  const speaker = echo === 'close' ? 'cable' : pick(random, loudspeakers);
  const seconds = fault === 'too long' ? uniform(random, 0.82, 1.5) : uniform(random, 0, 0.5);
  const between = echo === 'none' && speaker === 'cable' && random() < 0.3;
  const loud = fault === 'clipping' ? uniform(random, 5, 20) : 10 ** (uniform(random, -50, 3) / 20);
  return {
    ...{ rate, fault, echo, speaker },
    noise: pick(random, noiseKinds),
    snrDb: uniform(random, 6, 60),
    gain: loud * pick(random, [1, -1]),
    side: pick(random, [0, 1]),
    direct: between ? seconds * rate : Math.round(seconds * rate),
  };
};

/** A hall: many arrivals that die away, all together as loud as `level` against the direct sound. */
const tail = (random: Random, direct: number, rate: number, level: number): Arrival[] => {
  const seconds = uniform(random, 0.05, 0.4);
  const arrivals = Array.from({ length: 150 }, () => {
    const later = uniform(random, 0.003, 1) * seconds;
    return { frames: direct + Math.round(later * rate), gain: (random() - 0.5) * Math.exp((-3 * later) / seconds) };
  });
  const power = Math.sqrt(arrivals.reduce((sum, { gain }) => sum + gain * gain, 0));
  return arrivals.map(({ frames, gain }) => ({ frames, gain: (level * gain) / power }));
};

const echoesOf = (random: Random, { echo, direct, rate }: Plan): Arrival[] => {
  const one = (least: number, most: number): Arrival => ({
    frames: direct + Math.round(uniform(random, 0.0005, 0.12) * rate),
    gain: pick(random, [1, -1]) * uniform(random, least, most),
  });
  switch (echo) {
    case 'none':
      return [];
    case 'weak':
      return [one(0.05, 0.5)];
    case 'strong':
      return [one(0.5, 7)];
    case 'two':
      return [one(0.1, 1.5), one(0.1, 1.5)];
    case 'close':
      return [{ frames: direct + uniform(random, 1, 30), gain: pick(random, [1, -1]) * uniform(random, 0.1, 1.3) }];
    case 'tail':
      return tail(random, direct, rate, uniform(random, 0.1, 1));
  }
};

const noiseOf = (random: Random, { noise, rate }: Plan): Noise => {
  switch (noise) {
    case 'white':
      return white(random);
    case 'music':
      return music(random, rate);
    case 'hum': {
      // Mains, and what repeats with the first two bursts or nearly with all.
      const seconds = pick(random, [1 / 50, 1 / 60, 1.013, 1.013 / 20, 1.1]);
      return hum(random, Math.round(rate * seconds), pick(random, [12, 40]));
    }
  }
};

const record = (random: Random, plan: Plan, probe: Probe): Recording => {
  const { rate, fault, speaker, gain, side, direct } = plan;
  const arrivals = [{ frames: direct, gain: 1 }, ...echoesOf(random, plan)];
  const sound = (shift: number): Float64Array => {
    const shifted = arrivals.map((arrival) => ({ ...arrival, frames: arrival.frames + shift }));
    return through(speaker, arriving(probe, shifted), rate, gain);
  };
  const silent = new Float64Array(0);
  const before = fault === 'absent' ? silent : sound(0);
  const after = fault === 'jump' ? sound(Math.round(uniform(random, 4, 600))) : before;
  // Four bursts before the jump at least, three after it: neither side has six.
  const jumpsAt = pick(random, [4, 5, 6]);
  const struck = 1 + Math.floor(uniform(random, 0, 7));
  const isLost = (number: number): boolean => fault === 'lost' && (number === struck || number === struck + 1);
  const burst = (number: number): Float64Array => (isLost(number) ? silent : number < jumpsAt ? before : after);
  const recording = recordingOf(probe, rate, burst, side);
  const factor = Math.abs(gain) * burstLevel(probe) * 10 ** (-plan.snrDb / 20);
  const noise = noiseOf(random, plan);
  add(recording, side, (frame) => factor * noise(frame));
  if (fault === 'slam') slam(recording, side, (probe.starts[struck] ?? 0) + direct - 0.02 * rate, random);
  const constant = random() < 0.2 ? uniform(random, -0.2, 0.2) : 0;
  if (constant !== 0) add(recording, side, () => constant);
  cutOff(recording);
  return recording;
};

const probes = new Map<number, Probe>();

export const trialOf = (number: number): Trial => {
  const random = randomOf(number * 7919 + 13);
  const plan = planOf(random);
  const { rate, fault, echo, speaker, snrDb } = plan;
  const probe = probes.get(rate) ?? probeOf(rate);
  probes.set(rate, probe);
  const answerable = fault !== 'absent' && fault !== 'too long' && fault !== 'jump';
  // A steep phone's ringing comes on top of an echo.
  const mild = echo === 'none' || echo === 'tail' || (echo === 'weak' && speaker !== 'steep phone');
  return {
    ...{ number, probe, inverted: plan.gain < 0 },
    kind: `${fault}, echo ${echo}, ${speaker}, ${plan.noise} at ${snrDb.toFixed(0)} dB, ${rate}`,
    recording: record(random, plan, probe),
    latency: answerable ? plan.direct + speakerFrames(probe, speaker, rate) : undefined,
    sensible: ['none', 'slam', 'lost'].includes(fault) && mild && snrDb >= 12,
  };
};

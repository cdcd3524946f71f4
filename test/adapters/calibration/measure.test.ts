import { jest } from '@jest/globals';
import type { Recording } from '../../../src/adapters/calibration/correlate.ts';
import { cleaned, measure } from '../../../src/adapters/calibration/measure.ts';
import type { Measurement } from '../../../src/core/calibration/measurement.ts';
import { addProbe, probeOf } from '../../../src/core/sound/probe.ts';
import { hum, music, type Noise, randomOf, slam, white } from './noises.ts';
import {
  type Arrival,
  add,
  arriving,
  burstLevel,
  cutOff,
  recordingOf,
  type Speaker,
  speakerFrames,
  speakers,
  through,
} from './path.ts';

// Some laws are tried on a hundred recordings.
jest.setTimeout(60_000);

const rate = 48_000;
const probe = probeOf(rate);
const at = (frames: number, gain = 1): Arrival => ({ frames, gain });

const measured = (recording: Recording): Measurement => measure(cleaned(recording, probe), probe).measurement;

/** What comes back by some ways, with noise. */
const heard = (
  arrivals: readonly Arrival[],
  { noise = white(randomOf(7)), snrDb = 50, gain = 0.5, speaker = 'cable' as Speaker } = {},
): Recording => {
  const sound = through(speaker, arriving(probe, arrivals), rate, gain);
  const recording = recordingOf(probe, rate, () => sound);
  const level = Math.abs(gain) * burstLevel(probe) * 10 ** (-snrDb / 20);
  add(recording, 0, (frame) => level * noise(frame));
  return recording;
};

const nothing = (): Recording => recordingOf(probe, rate, () => new Float64Array(0));

const noiseAt = (decibels: number, noise: Noise = white(randomOf(3))): Recording => {
  const recording = nothing();
  for (const side of [0, 1] as const) add(recording, side, (frame) => 10 ** (decibels / 20) * noise(frame));
  return recording;
};

test('the probe itself has a latency of 0, at any rate', () => {
  for (const otherRate of [44_100, 48_000, 96_000, 192_000]) {
    const other = probeOf(otherRate);
    const samples = new Float32Array(2 * other.frames);
    addProbe(other, samples, 0, other.frames);
    const { measurement } = measure(cleaned({ rate: otherRate, samples }, other), other);
    expect(measurement).toMatchObject({
      ok: true,
      latencyFrames: 0,
      exactFrames: expect.closeTo(0, 3),
      inverted: false,
    });
  }
});

test.each([0, 0.5, 1, 377.25, 9000, 24_000, 38_399])(
  'a latency of %f frames is found, in both polarities',
  (frames) => {
    for (const gain of [0.5, -0.5]) {
      const measurement = measured(heard([at(frames)], { gain, snrDb: 20 }));
      expect(measurement).toMatchObject({ ok: true, inverted: gain < 0 });
      expect(measurement).toMatchObject({ exactFrames: expect.closeTo(frames, 1) });
    }
  },
);

describe('near silence', () => {
  const lsb = 2 ** -15;
  const dithered = nothing();
  const random = randomOf(5);
  for (let index = 0; index < dithered.samples.length; index += 1) {
    dithered.samples[index] = Math.round(random() + random() - 1) * lsb;
  }

  test.each([
    ['digital silence', nothing()],
    ['noise of -90 dB', noiseAt(-90)],
    ['noise of -140 dB', noiseAt(-140)],
    ['dither of 16 bits', dithered],
    ['mains hum of -70 dB', noiseAt(-70, hum(randomOf(1), rate / 50))],
    ['a constant', noiseAt(-40, () => 1)],
  ])('%s is no signal, and no latency', (_, recording) => {
    expect(measured(recording)).toMatchObject({ ok: false, code: 'no-signal' });
  });

  test('a weak but clean signal is measured right: 377 ms, 60 dB down', () => {
    expect(measured(heard([at(18_096)], { gain: 0.001, snrDb: 20 }))).toMatchObject({
      ok: true,
      latencyFrames: 18_096,
    });
  });

  test('what comes 80 dB down may be crosstalk, and is refused', () => {
    expect(measured(heard([at(18_096)], { gain: 1e-4 }))).toMatchObject({ ok: false, code: 'no-signal' });
  });
});

test.each(Object.keys(speakers) as Speaker[])('a %s is no echo, down to 6 dB over the noise', (speaker) => {
  for (const snrDb of [60, 12, 6]) {
    const frames = 2000 + speakerFrames(probe, speaker, rate);
    const measurement = measured(heard([at(2000)], { speaker, snrDb }));
    expect(measurement).toMatchObject({ ok: true });
    expect(measurement.ok && Math.abs(measurement.exactFrames - frames)).toBeLessThan(0.5);
  }
});

describe('what else is to be heard', () => {
  const period = (seconds: number): number => Math.round(rate * seconds);
  test.each([
    ['mains hum of 50 Hz', hum(randomOf(1), rate / 50, 30)],
    ['mains hum of 60 Hz', hum(randomOf(2), rate / 60, 30)],
    ['hum that repeats with the first two bursts', hum(randomOf(3), period(1.013 / 20), 200)],
    ['a pattern that repeats each 1013 ms', hum(randomOf(4), period(1.013), 2000)],
    ['a pattern that repeats each 1151 ms', hum(randomOf(4), period(1.151), 2000)],
    ['music', music(randomOf(6), rate)],
  ])('%s as loud as half the signal does not matter', (_, noise) => {
    expect(measured(heard([at(5000)], { noise, snrDb: 6 }))).toMatchObject({ ok: true, latencyFrames: 5000 });
  });

  test('music that drowns the probe is too noisy', () => {
    const measurement = measured(heard([at(5000)], { noise: music(randomOf(6), rate), snrDb: -30, gain: 0.02 }));
    expect(measurement).toMatchObject({ ok: false, code: 'too-noisy' });
  });

  test('a constant and numbers that are none do not matter', () => {
    const recording = heard([at(5000)]);
    add(recording, 0, () => 0.3);
    recording.samples.set([Number.NaN, Number.NaN, Number.POSITIVE_INFINITY], 2 * (probe.starts[2] ?? 0) + 500);
    expect(measured(recording)).toMatchObject({ ok: true, latencyFrames: 5000 });
  });

  test('two bursts under slammed doors are named, and the others count', () => {
    const recording = heard([at(5000)], { gain: 0.05 });
    for (const index of [2, 5]) slam(recording, 0, (probe.starts[index] ?? 0) + 4000, randomOf(index));
    const measurement = measured(recording);
    expect(measurement).toMatchObject({ ok: true, latencyFrames: 5000 });
    expect(measurement.bursts.filter(({ agrees }) => !agrees).map(({ number }) => number)).toEqual([3, 6]);
  });
});

describe('echoes', () => {
  test.each([
    ['later, of half the height', [at(3000), at(4000, 0.5)]],
    ['several later ones', [at(3000), at(3100, 0.3), at(4000, -0.4), at(9000, 0.3)]],
    ['later, and weak, within a millisecond', [at(3000), at(3030, -0.4)]],
  ])('%s: the direct sound counts', (_, arrivals) => {
    expect(measured(heard(arrivals))).toMatchObject({ ok: true, latencyFrames: 3000 });
  });

  test.each([
    ['of three times the height', [at(3000), at(4000, 3)]],
    ['of seven times the height, upside down', [at(3000), at(4000, -7)]],
    ['seven times, 0.3 s later', [at(3000), at(17_000, 7)]],
    ['of equal height', [at(3000), at(4000)]],
    ['of nearly equal height', [at(3000), at(4000, -0.95)]],
    ['two, both louder', [at(3000), at(3700, 2), at(9000, 3)]],
    ['three times, just later', [at(3000), at(3004, 3)]],
    ['of equal height, merging', [at(3000), at(3003)]],
    ['upside down, merging', [at(3000), at(3002, -1)]],
  ])('%s: refused, whatever the noise', (_, arrivals) => {
    for (const snrDb of [60, 12, 6]) {
      expect(measured(heard(arrivals, { snrDb, gain: 0.1 }))).toMatchObject({ ok: false, code: 'echoes' });
    }
  });

  test('arrivals that merge are either refused or leave the result within a frame', () => {
    for (let distance = 0.5; distance < 12; distance += 0.5) {
      for (const gain of [-1, -0.7, -0.4, 0.4, 0.7, 1, 1.2]) {
        const measurement = measured(heard([at(3000), at(3000 + distance, gain)]));
        const error = measurement.ok ? Math.abs(measurement.latencyFrames - 3000) : 0;
        expect([distance, gain, Math.max(1, error)]).toEqual([distance, gain, 1]);
      }
    }
  });
});

describe('the latency', () => {
  test.each([3, 20, 500, 3000])('that jumps by %i frames in the middle is refused', (jump) => {
    const [before, after] = [arriving(probe, [at(2000, 0.5)]), arriving(probe, [at(2000 + jump, 0.5)])];
    for (const last of [3, 4, 5]) {
      const recording = recordingOf(probe, rate, (number) => (number <= last ? before : after));
      expect(measured(recording)).toMatchObject({ ok: false, code: 'spread' });
    }
  });

  test.each([0.82, 0.95, 1.013, 1.1, 1.151, 1.4])('of %f s is too long, and not taken for a short one', (seconds) => {
    expect(measured(heard([at(Math.round(seconds * rate))]))).toMatchObject({ ok: false, code: 'too-long' });
  });
});

test('clipping is refused; a single burst that clips is not', () => {
  const recording = heard([at(1000)], { gain: 8 });
  cutOff(recording);
  expect(measured(recording)).toMatchObject({ ok: false, code: 'clipping' });
  const [loud, usual] = [arriving(probe, [at(1000, 8)]), arriving(probe, [at(1000)])];
  const once = recordingOf(probe, rate, (number) => (number === 4 ? loud : usual));
  cutOff(once);
  expect(measured(once)).toMatchObject({ ok: true, latencyFrames: 1000 });
});

describe('of two sides', () => {
  const both = (left: Recording, right: Recording): Recording => {
    const samples = left.samples.map((sample, index) => (index % 2 === 0 ? sample : (right.samples[index - 1] ?? 0)));
    return { rate, samples };
  };

  test('the one with the cable counts, whichever it is', () => {
    const [cable, hiss] = [heard([at(700)]), noiseAt(-50)];
    expect(measured(both(cable, hiss))).toMatchObject({ ok: true, side: 0, latencyFrames: 700 });
    expect(measured(both(hiss, cable))).toMatchObject({ ok: true, side: 1, latencyFrames: 700 });
    expect(measured(both(nothing(), cable))).toMatchObject({ ok: true, side: 1, latencyFrames: 700 });
  });

  test('with different latencies the clearer one counts', () => {
    const [cable, microphone] = [heard([at(700)]), heard([at(1500), at(1700, 0.6)], { snrDb: 15 })];
    expect(measured(both(cable, microphone))).toMatchObject({ ok: true, side: 0, latencyFrames: 700 });
    expect(measured(both(microphone, cable))).toMatchObject({ ok: true, side: 1, latencyFrames: 700 });
  });

  test('one full of echoes does not spoil the other', () => {
    const [cable, hall] = [heard([at(700)], { snrDb: 12 }), heard([at(700), at(900, 2)])];
    expect(measured(both(hall, cable))).toMatchObject({ ok: true, side: 1, latencyFrames: 700 });
  });
});

test('a recording that ends early is measured by what there is, or refused', () => {
  const whole = heard([at(1000)]);
  const cutAfter = (bursts: number): Recording => ({
    rate,
    samples: whole.samples.subarray(0, 2 * ((probe.starts[bursts] ?? 0) - 100)),
  });
  expect(measured(cutAfter(7))).toMatchObject({ ok: true, latencyFrames: 1000 });
  expect(measured(cutAfter(5))).toMatchObject({ ok: false });
  expect(measured({ rate, samples: new Float32Array(0) })).toMatchObject({ ok: false, code: 'no-signal' });
});

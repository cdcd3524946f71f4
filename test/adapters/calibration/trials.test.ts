import { cleaned, measure } from '../../../src/adapters/calibration/measure.ts';
import type { Measurement } from '../../../src/core/calibration/measurement.ts';
import { type Trial, trialOf } from './trials.ts';

const count = 1000;

type Tried = Pick<Trial, 'number' | 'kind' | 'latency' | 'inverted' | 'sensible'> & {
  readonly measurement: Measurement;
};

// A trial that fails is tried again by its number alone.
const tried = Array.from({ length: count }, (_, index): Tried => {
  const { recording, probe, ...trial } = trialOf(index);
  return { ...trial, measurement: measure(cleaned(recording, probe), probe).measurement };
});

const told = ({ number, kind, latency, measurement }: Tried): string => {
  const got = measurement.ok ? measurement.exactFrames : measurement.code;
  return `trial ${number} (${kind}): ${got} instead of ${latency}`;
};

const isRight = ({ latency, inverted, measurement }: Tried): boolean =>
  measurement.ok &&
  latency !== undefined &&
  Math.abs(measurement.latencyFrames - latency) <= 1 &&
  measurement.inverted === inverted;

const succeeded = tried.filter(({ measurement }) => measurement.ok);

test(`in ${count} random trials no result is wrong by more than a frame, nor where there is none`, () => {
  expect(succeeded.filter((trial) => !isRight(trial)).map(told)).toEqual([]);
});

test('all trials that a player may expect to succeed do so', () => {
  const sensible = tried.filter((trial) => trial.sensible);
  expect(sensible.length).toBeGreaterThan(count / 4);
  expect(sensible.filter((trial) => !isRight(trial)).map(told)).toEqual([]);
});

test('without close arrivals the exact result is within half a frame', () => {
  const exact = succeeded.filter(({ kind }) => !kind.includes('echo close'));
  const errors = exact.map(({ latency = Number.NaN, measurement }) =>
    measurement.ok ? Math.abs(measurement.exactFrames - latency) : Number.NaN,
  );
  expect(Math.max(...errors)).toBeLessThan(0.5);
});

test('nothing but finite numbers comes out', () => {
  const numbers = tried.flatMap(({ measurement }) => JSON.stringify(measurement).match(/null/g) ?? []);
  expect(numbers).toEqual([]);
});

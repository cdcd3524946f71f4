import fc from 'fast-check';
import { Arrivals } from '../../../src/adapters/midi/arrival.ts';

/** The times given to messages that truly arrived at `times` and were heard of later by `delays`. */
const heard = (times: readonly number[], delays: readonly number[]): readonly number[] => {
  const arrivals = new Arrivals();
  return times.map((time, index) => {
    const delta = index === 0 ? 0 : time - (times[index - 1] ?? time);
    return arrivals.next(delta / 1000, time + (delays[index] ?? 0));
  });
};

test('a message that is heard of late has the time of its arrival: a tap in a stall of a second is no hold', () => {
  expect(heard([1000, 1100], [1, 900])).toEqual([1001, 1101]);
});

test('the first message, and one after a long rest, have the time at which they are heard of', () => {
  expect(heard([1000, 9000], [1, 2])).toEqual([1001, 9002]);
});

test('one that was late itself makes no other one late', () => {
  expect(heard([1000, 1100], [300, 1])).toEqual([1300, 1101]);
});

test('jitter is taken out for the most part', () => {
  const times = Array.from({ length: 400 }, (_, index) => index * 50);
  const delays = times.map((_, index) => 1 + ((index * 7) % 10));
  const errors = heard(times, delays).map((time, index) => time - (times[index] ?? 0));
  const late = errors.slice(50);
  expect(Math.max(...late) - Math.min(...late)).toBeLessThan(4);
});

test('no time lies after the moment at which it is heard of, and order is kept within what the sequencer tells', () => {
  const steps = fc.array(fc.tuple(fc.integer({ min: 1, max: 7000 }), fc.integer({ min: 0, max: 1500 })), {
    minLength: 1,
  });
  fc.assert(
    fc.property(steps, (some) => {
      let time = 0;
      let now = 0;
      const arrivals = new Arrivals();
      for (const [delta, delay] of some) {
        time += delta;
        now = Math.max(now, time + delay);
        const told = arrivals.next(delta / 1000, now);
        expect(told).toBeLessThanOrEqual(now);
        expect(told).toBeGreaterThanOrEqual(time - 1e-6);
      }
    }),
  );
});

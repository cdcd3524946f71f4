import fc from 'fast-check';
import { FrameEstimate } from '../../../src/page/time/frame-estimate.ts';

const rate = 48_000;
const perMs = rate / 1000;

const estimate = (): FrameEstimate => {
  const clock = new FrameEstimate();
  clock.reset(rate);
  return clock;
};

test('before the first message nothing is known', () => {
  expect(estimate().frameAt(1000)).toBeUndefined();
});

test('a message without delay is the truth, and time goes on from it', () => {
  const clock = estimate();
  clock.heard(48_000, 1000);
  expect(clock.frameAt(1000)).toBe(48_000);
  expect(clock.frameAt(1500)).toBe(72_000);
});

test('the quickest message counts, not the last one', () => {
  const clock = estimate();
  clock.heard(1000 * perMs, 1005);
  clock.heard(1033 * perMs, 1083);
  clock.heard(1066 * perMs, 1068);
  expect(clock.frameAt(1100)).toBe(1098 * perMs);
});

test('it is never ahead of what is heard, and at most as late as the quickest message', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 80 }), { minLength: 30, maxLength: 200 }), (delays) => {
      const clock = estimate();
      let shown = 0;
      for (const [index, delay] of delays.entries()) {
        const sentMs = 1000 + index * 33;
        clock.heard(sentMs * perMs, sentMs + delay);
        const nowMs = sentMs + 81;
        shown = clock.frameAt(nowMs) ?? 0;
        expect(shown).toBeLessThanOrEqual(nowMs * perMs);
      }
      expect(shown).toBeGreaterThanOrEqual((1000 + (delays.length - 1) * 33 + 81 - 80) * perMs);
    }),
  );
});

test('a better message does not make the picture jump: time runs a little faster until it has caught up', () => {
  const clock = estimate();
  clock.heard(1000 * perMs, 1060);
  clock.frameAt(1060);
  clock.heard(1100 * perMs, 1100);
  const steps = Array.from({ length: 120 }, (_, index) => clock.frameAt(1100 + index * 16) ?? 0);
  for (const [index, frame] of steps.entries()) {
    const before = steps[index - 1];
    if (before !== undefined) expect(frame - before).toBeLessThan(16 * perMs * 1.06);
    if (before !== undefined) expect(frame).toBeGreaterThan(before);
  }
  expect(steps.at(-1)).toBe((1100 + 119 * 16) * perMs);
});

test('what is far off is shown at once', () => {
  const clock = estimate();
  clock.heard(0, 1000);
  clock.frameAt(1000);
  clock.heard(480_000, 1100);
  expect(clock.frameAt(1100)).toBe(480_000);
});

test('a time that was set back is believed after a few messages', () => {
  const clock = estimate();
  clock.heard(480_000, 1000);
  for (let index = 1; index <= 14; index += 1) clock.heard(index * 33 * perMs, 1000 + index * 33);
  expect(clock.frameAt(1000 + 14 * 33)).toBe(14 * 33 * perMs);
});

test('a way that has become longer for good is believed after a while', () => {
  const clock = estimate();
  clock.heard(1000 * perMs, 1002);
  for (let sentMs = 1033; sentMs < 12_000; sentMs += 33) {
    clock.heard(sentMs * perMs, sentMs + 60);
    clock.frameAt(sentMs + 60);
  }
  expect(clock.frameAt(12_000)).toBeCloseTo(11_940 * perMs, -2);
});

test('a reset forgets', () => {
  const clock = estimate();
  clock.heard(48_000, 1000);
  clock.reset(44_100);
  expect(clock.frameAt(1000)).toBeUndefined();
  clock.heard(0, 1000);
  expect(clock.frameAt(2000)).toBe(44_100);
});

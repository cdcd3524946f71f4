import fc from 'fast-check';
import { momentAt } from '../../../src/page/time/moment.ts';
import { barSpan, goingOf, passAt } from '../../../src/page/time/pass.ts';
import { empty, rate, track } from '../states.ts';

const grid = { rate, bpm: 120, beatsPerBar: 4, origin: 0 };
const beat = 24_000;
const span = (fromBeat: number, toBeat: number, repeats: boolean) => ({
  from: fromBeat * beat,
  to: toBeat * beat,
  repeats,
});
const at = (beats: number) => momentAt(grid, Math.round(beats * beat));

test('the first half of a beat is lit', () => {
  expect([at(3.1).lit, at(3.6).lit]).toEqual([true, false]);
});

test('an empty track has nothing to count', () => {
  expect(goingOf(empty(1), at(3))).toBeUndefined();
});

test('a stopped one has its length', () => {
  expect(goingOf(track('STOPPED'), at(3))).toEqual({ kind: 'length', left: 4, unit: 'bar', ring: null, heard: null });
});

test.each([
  [8, 8, 4],
  [9, 8, 4],
  [12, 8, 3],
  [16, 8, 2],
  [20, 8, 1],
  [23.5, 8, 1],
  [24, 24, 4],
])(
  'a loop of four bars from beat 8 on is at beat %d in the pass from %d on, %d bars before its end',
  (now, from, left) => {
    const pass = span(from, from + 16, true);
    const going = goingOf(track('PLAYING', { passBeat: 8 }), at(now));
    expect(going).toEqual({ kind: 'pass', left, unit: 'bar', ring: pass, heard: pass });
  },
);

test('what waits for the bar counts beats to it', () => {
  const waits = { ...track('TRIGGERED', { passBeat: 12 }), waitsFor: 'start' } as const;
  const ring = span(8, 12, false);
  expect(goingOf(waits, at(9.5))).toEqual({ kind: 'wait', left: 3, unit: 'beat', ring, heard: null });
});

test('what stops counts beats to the bar line, and is still heard', () => {
  const [ring, heard] = [span(8, 12, false), span(0, 16, true)];
  expect(goingOf(track('STOPPING', { passBeat: 0 }), at(10))).toEqual({
    kind: 'wait',
    left: 2,
    unit: 'beat',
    ring,
    heard,
  });
});

test('what captures fills its ring up to the bar line', () => {
  const capturing = track('RECORDING', { startFrame: 0, endFrame: 16 * beat, passBeat: 16 });
  const ring = span(0, 16, false);
  expect(goingOf(capturing, at(14))).toEqual({ kind: 'wait', left: 2, unit: 'beat', ring, heard: null });
  expect(goingOf(capturing, at(17))?.left).toBe(0);
});

test('what waits for the disk has no count', () => {
  expect(goingOf({ ...track('TRIGGERED'), waitsFor: 'read' }, at(1))).toBeUndefined();
});

test('a bar runs from its line to the next', () => {
  expect(barSpan(at(9.5))).toEqual({ from: 8 * beat, to: 12 * beat, repeats: true });
});

test('a pass holds the beat, wherever the one that is known begins', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 1, max: 512 }), fc.integer(), (passBeat, beats, now) => {
      const { from, to } = passAt(passBeat, beats, now);
      expect(to - from).toBe(beats);
      expect(from <= now && now < to).toBe(true);
      expect(Math.abs((from - passBeat) % beats)).toBe(0);
    }),
  );
});

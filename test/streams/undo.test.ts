import fc from 'fast-check';
import { play, type Stomp } from '../engine/rig.ts';

const bar = 96_000;
const coded = (frame: number): number => (frame + 1) / 2 ** 21;
const stomp = (frame: number): Stomp => ({ frame, command: { type: 'stomp', track: 1 } });
const frames = 6 * bar;
/** Loops bar 1 from here on; the second one stops it at bar 4. */
const loop = stomp(2 * bar + 1000);
const stopped = [loop, stomp(3 * bar + 1000)];

const take = (stomps: readonly Stomp[]) => {
  const { output, session } = play(frames, coded, stomps);
  return { sound: Buffer.from(output.buffer), state: session.state.tracks[0]?.state };
};

describe('two stomps before the moment are as none, to the sample', () => {
  test.each([
    ['a stop', [loop], 3 * bar + 20_000, 3 * bar + 95_000],
    ['a stop, at once', [loop], 3 * bar + 20_000, 3 * bar + 20_000],
    ['a start', stopped, 4 * bar + 20_000, 4 * bar + 95_999],
    ['an early capture', [], 2 * bar + 80_000, 2 * bar + 90_000],
  ] as const)('%s', (_, before, first, second) => {
    const undone = take([...before, stomp(first), stomp(second)]);
    const never = take(before);
    expect(undone.state).toBe(never.state);
    expect(undone.sound.equals(never.sound)).toBe(true);
    // Without the second one it is heard, or ends otherwise.
    expect(take([...before, stomp(first)]).state).not.toBe(never.state);
  });
});

test('whatever was stomped, after a reset all is silent for good and nothing more is told of any track', () => {
  const stomps = fc.array(
    fc.record({
      frame: fc.integer({ min: 0, max: 3 * bar }),
      command: fc.oneof(
        fc.record({ type: fc.constant('stomp' as const), track: fc.integer({ min: 1, max: 2 }) }),
        fc.record({ type: fc.constant('clear' as const), track: fc.integer({ min: 1, max: 2 }) }),
      ),
    }),
    { maxLength: 12, size: 'max' },
  );
  fc.assert(
    fc.property(stomps, fc.integer({ min: 3 * bar, max: 4 * bar }), (list, end) => {
      const inOrder = list.toSorted((a, b) => a.frame - b.frame);
      const { output, events } = play(frames, coded, [...inOrder, { frame: end, command: { type: 'reset' } }]);
      const later = events.filter(({ type, frame }) => type !== 'beat' && frame > end);
      expect(later).toEqual([]);
      expect(output.subarray((end + 480) * 2).findIndex((sample) => sample !== 0)).toBe(-1);
    }),
    { numRuns: 20 },
  );
});

import fc from 'fast-check';
import { learningLamps, sameLamps } from '../../../src/core/learn/lamps.ts';
import { type LearnInput, learn } from '../../../src/core/learn/learn.ts';
import { type Learning, learntControls, newLearning } from '../../../src/core/learn/learning.ts';
import { sayingText } from '../../../src/core/learn/saying.ts';
import { sourceText } from '../../../src/core/learn/touch.ts';
import { steps, toFaders } from './player.ts';

const garbage = fc.array(fc.integer({ min: -1, max: 260 }), { maxLength: 5 });
/** Few numbers and values, so that controls meet again. */
const likely = fc.tuple(
  fc.constantFrom(0x80, 0x90, 0xb0, 0xc0, 0xe0, 0x91),
  fc.constantFrom(0, 7, 32, 36, 39),
  fc.constantFrom(0, 1, 10, 20, 30, 40, 63, 65, 127),
);
const action = fc.oneof(
  { weight: 20, arbitrary: likely.map((bytes) => ({ type: 'message' as const, bytes })) },
  { weight: 2, arbitrary: garbage.map((bytes) => ({ type: 'message' as const, bytes })) },
  { weight: 4, arbitrary: fc.constantFrom('time', 'skip', 'skip', 'undo').map((type) => ({ type })) },
  { weight: 1, arbitrary: fc.constant({ type: 'finish' as const }) },
);
const pause = fc.oneof(fc.integer({ min: -50, max: 200 }), fc.integer({ min: 0, max: 3000 }));
type Doing = readonly [number, Omit<LearnInput, 'at'>];
const doing: fc.Arbitrary<Doing[]> = fc.tuple(pause, action).map((one) => [one]);
const sweep: fc.Arbitrary<Doing[]> = fc
  .tuple(
    fc.integer({ min: 0, max: 5000 }),
    fc.constantFrom(7, 36, 39),
    fc.constantFrom(steps(10, 60), [1, 1, 127, 127]),
  )
  .map(([after, number, values]) =>
    values.map((value, index) => [index === 0 ? after : 20, { type: 'message', bytes: [0xb0, number, value] }]),
  );
/** Some begin where faders are asked for. */
const start: fc.Arbitrary<Doing[]> = fc.constantFrom(
  [],
  toFaders.map(([after, what]) => [
    after,
    typeof what === 'string' ? { type: what } : { type: 'message', bytes: what },
  ]),
);
const doings = fc
  .tuple(
    start,
    fc.array(fc.oneof({ weight: 8, arbitrary: doing }, { weight: 1, arbitrary: sweep }), {
      maxLength: 200,
      size: 'max',
    }),
  )
  .map(([first, several]) => [...first, ...several.flat()]);

/** Looks at the learning whenever its lamps or answers have changed. */
const run = (moves: readonly Doing[], look: (learning: Learning) => void): void => {
  let learning = newLearning({ tracks: 1 });
  let at = 0;
  for (const [after, input] of moves) {
    at += after;
    const before = learning;
    const { nextAt, said, ...now } = learn(before, { ...input, at } as LearnInput);
    learning = now.learning;
    const isToComeBack = nextAt === undefined ? learning.over : nextAt > learning.at;
    const untold = said.map((saying) => sayingText(saying)).filter((text) => /undefined|NaN/.test(text));
    if (!isToComeBack || untold.length > 0) throw new Error(`${nextAt} at ${at}: ${untold.join()}`);
    if (!sameLamps(before, learning)) look(learning);
  }
};

describe('whatever is sent', () => {
  test('nothing throws, and no control is learnt twice', () => {
    fc.assert(
      fc.property(doings, (moves) => {
        run(moves, (learning) => {
          const learnt = learntControls(learning).map(({ on }) => sourceText(on));
          expect(new Set(learnt).size).toBe(learnt.length);
        });
      }),
    );
  });

  test('a switch has one lamp at the most', () => {
    fc.assert(
      fc.property(doings, (moves) => {
        run(moves, (learning) => {
          const lamps = learningLamps(learning).map(({ trigger }) => JSON.stringify(trigger));
          expect(new Set(lamps).size).toBe(lamps.length);
        });
      }),
    );
  });

  test('no fader becomes a switch, and no note or program change a fader', () => {
    fc.assert(
      fc.property(doings, (moves) => {
        run(moves, (learning) => {
          for (const { slot, on, relative } of learntControls(learning)) {
            if (slot.wants === 'switch') expect([on.kind === 'pitch', relative]).toEqual([false, undefined]);
            else expect(['cc', 'pitch']).toContain(on.kind);
          }
        });
      }),
    );
  });

  test('the learning stays small under a flood on all numbers', () => {
    let learning = newLearning({ tracks: 8 });
    let largest = 0;
    for (let index = 0; index < 100_000; index++) {
      const bytes = [0x90 + (index % 7) * 0x10, (index * 7) % 128, (index * 31) % 128];
      learning = learn(learning, { type: 'message', bytes, at: index / 10 }).learning;
      if (index % 1000 === 0) largest = Math.max(largest, JSON.stringify(learning).length);
    }
    expect(learning.over).toBe(false);
    expect(largest).toBeLessThan(12_000);
  });
});

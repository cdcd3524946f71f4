import fc from 'fast-check';
import { type Gesture, type GestureSettings, type Hand, restingHand } from '../../../src/core/gesture/gesture.ts';
import { type HandInput, handle } from '../../../src/core/gesture/hand.ts';
import { defaultTimes } from '../controller/a-profile.ts';

const settings: GestureSettings = {
  ...defaultTimes,
  momentary: new Set(['a', 'b', 'c']),
  chords: [],
  // One of which it is not known takes part in all laws.
  proving: new Set(['c']),
  warned: new Set(['b']),
};

const gesturesOf = (inputs: readonly HandInput[], changed: Partial<GestureSettings> = {}): readonly Gesture[] => {
  let hand: Hand = restingHand;
  return inputs.flatMap((input) => {
    const handled = handle(hand, input, { ...settings, ...changed });
    hand = handled.hand;
    return handled.gestures;
  });
};

const inputs: fc.Arbitrary<readonly HandInput[]> = fc
  .array(
    fc.record({
      afterMs: fc.oneof(fc.integer({ min: 0, max: 80 }), fc.constantFrom(150, 299, 300, 301, 600, 2000, 5000, 10_000)),
      type: fc.constantFrom('press' as const, 'release' as const),
      control: fc.constantFrom('a', 'b', 'c'),
    }),
    { maxLength: 40, size: 'max' },
  )
  .map((list) => {
    let at = 0;
    return list.map(({ afterMs, type, control }) => {
      at += afterMs;
      return { type, control, at };
    });
  });

const end: HandInput = { type: 'time', at: 1_000_000 };
const bounces = fc.constantFrom(0, 15);

test('presses that overlap never lose each other: each switch has the gestures that it would have alone', () => {
  fc.assert(
    fc.property(inputs, bounces, (list, bounceMs) => {
      const together = gesturesOf([...list, end], { bounceMs });
      for (const id of ['a', 'b', 'c']) {
        const own = list.filter((input) => input.type !== 'time' && input.control === id);
        expect(together.filter(({ control }) => control === id)).toEqual(gesturesOf([...own, end], { bounceMs }));
      }
    }),
  );
});

test('no press is lost: without bounces each is a press, a double press, or a part of a chord', () => {
  fc.assert(
    fc.property(inputs, fc.boolean(), (list, hasChord) => {
      const chords: GestureSettings['chords'] = hasChord ? [['a', 'b']] : [];
      const came = gesturesOf(list, { chords });
      const presses = list.filter(({ type }) => type === 'press').length;
      expect(came.filter(({ type }) => type === 'press' || type === 'double' || type === 'chord')).toHaveLength(
        presses,
      );
    }),
  );
});

test('gestures come in the order of their times, none before the input that it is made of', () => {
  fc.assert(
    fc.property(inputs, bounces, (list, bounceMs) => {
      const times = gesturesOf([...list, end], { bounceMs }).map(({ at }) => at);
      expect(times).toEqual(times.toSorted((one, other) => one - other));
    }),
  );
});

test('a press of a switch that tells its release is over before the next one, by that or as stuck, and held at most once', () => {
  fc.assert(
    fc.property(inputs, bounces, (list, bounceMs) => {
      for (const id of ['a', 'b']) {
        let isDown = false;
        let isStuck = false;
        let holds: string[] = [];
        for (const { control, type } of gesturesOf([...list, end], { bounceMs })) {
          if (control !== id) continue;
          if (type === 'press' || type === 'double') {
            expect(isDown).toBe(false);
            [isDown, isStuck, holds] = [true, false, []];
          }
          if (type === 'release' || type === 'stuck') {
            // The release of a press that was given up may come yet, once.
            expect(isDown || (type === 'release' && isStuck)).toBe(true);
            isDown = false;
            isStuck = type === 'stuck';
          }
          if (type === 'hold' || type === 'longHold' || type === 'learnHold') {
            expect([isDown, holds]).toEqual([true, holds.filter((held) => held !== type)]);
            holds.push(type);
          }
        }
        expect(isDown).toBe(false);
      }
    }),
  );
});

test('a switch of which it is not known has no hold before a short press of it has told its release', () => {
  fc.assert(
    fc.property(inputs, bounces, (list, bounceMs) => {
      const own = gesturesOf([...list, end], { bounceMs }).filter(({ control }) => control === 'c');
      const firstHold = own.findIndex(({ type }) => type === 'hold' || type === 'longHold' || type === 'warn');
      const before = firstHold < 0 ? [] : own.slice(0, firstHold);
      expect(firstHold < 0 || before.some(({ type }) => type === 'tap')).toBe(true);
    }),
  );
});

test('it is the same whether somebody looks in between or not', () => {
  fc.assert(
    fc.property(inputs, bounces, fc.array(fc.integer({ min: 0, max: 60_000 })), (list, bounceMs, looks) => {
      const looked = [...list, ...looks.map((at) => ({ type: 'time', at }) as const)].toSorted(
        (one, other) => one.at - other.at,
      );
      expect(gesturesOf([...looked, end], { bounceMs })).toEqual(gesturesOf([...list, end], { bounceMs }));
    }),
  );
});

test('when to look again is told as long as something may come, and looking then brings something on', () => {
  fc.assert(
    fc.property(inputs, bounces, (list, bounceMs) => {
      let hand: Hand = restingHand;
      let nextAt: number | undefined;
      for (const input of list) ({ hand, nextAt } = handle(hand, input, { ...settings, bounceMs }));
      let looks = 0;
      while (nextAt !== undefined) {
        const handled = handle(hand, { type: 'time', at: nextAt }, { ...settings, bounceMs });
        if (handled.nextAt !== undefined) expect(handled.nextAt).toBeGreaterThan(nextAt);
        ({ hand, nextAt } = handled);
        looks += 1;
        expect(looks).toBeLessThan(100);
      }
      expect(handle(hand, end, { ...settings, bounceMs }).gestures).toEqual([]);
    }),
  );
});

test('a bouncing switch is a switch: however its contacts chatter, one press and one release count', () => {
  const chatter = fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 8 });
  fc.assert(
    fc.property(chatter, chatter, (down, up) => {
      // An even number of further changes leaves the contact as it was.
      const flicker = (at: number, type: 'press' | 'release', offsets: readonly number[]): HandInput[] =>
        [0, ...offsets.toSorted((one, other) => one - other).slice(offsets.length % 2)].map((offset, index) => ({
          type: index % 2 === 0 ? type : type === 'press' ? 'release' : 'press',
          control: 'a',
          at: at + offset,
        }));
      const list = [...flicker(1000, 'press', down), ...flicker(1200, 'release', up), end];
      expect(gesturesOf(list, { bounceMs: 15 }).map(({ type, at }) => `${type} ${at}`)).toEqual([
        'press 1000',
        'release 1200',
        'tap 1200',
      ]);
    }),
  );
});

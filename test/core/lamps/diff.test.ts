import fc from 'fast-check';
import { lampChanges, unknown } from '../../../src/core/lamps/diff.ts';
import { type Picture, picture } from '../../../src/core/lamps/picture.ts';
import { type Situation, sessionIn, situations, trackIn } from '../session/situations.ts';
import { generic, hex, launchpad } from './profiles.ts';

const pictures = fc
  .record({
    profile: fc.constantFrom(generic, launchpad),
    shown: fc.array(fc.constantFrom<Situation>(...situations), { maxLength: 8 }),
    next: fc.array(fc.constantFrom<Situation>(...situations), { maxLength: 8 }),
    lit: fc.tuple(fc.boolean(), fc.boolean()),
    touched: fc.integer({ min: 1, max: 8 }),
  })
  .map(({ profile, shown, next, lit, touched }) => {
    const of = (list: readonly Situation[], isLit: boolean): Picture =>
      picture(
        sessionIn('EMPTY', {
          tracks: list.map((situation, index) => trackIn(situation, index + 1)),
          pulse: { bar: 0, beat: 0, lit: isLit },
          touched,
        }),
        profile,
      );
    return { shown: of(shown, lit[0]), next: of(next, lit[1]) };
  });

/** A controller that does as it is told: what its lamps show, by their address. */
const shownAfter = (messages: readonly (readonly number[])[]): ReadonlyMap<string, string> =>
  new Map(messages.map((bytes) => [hex(bytes.slice(0, 2)), hex(bytes)]));

const everyMessage = (shown: Picture): readonly (readonly number[])[] => [...shown.values()];

describe('the changes', () => {
  test('turn what is shown into the picture', () => {
    fc.assert(
      fc.property(pictures, ({ shown, next }) => {
        const after = shownAfter([...everyMessage(shown), ...lampChanges(shown, next)]);
        expect(after).toEqual(shownAfter(everyMessage(next)));
      }),
    );
  });

  test('are as few as can be: none repeats what is shown', () => {
    fc.assert(
      fc.property(pictures, ({ shown, next }) => {
        const before = shownAfter(everyMessage(shown));
        const needless = lampChanges(shown, next).filter((bytes) => before.get(hex(bytes.slice(0, 2))) === hex(bytes));
        expect(needless).toEqual([]);
      }),
    );
  });

  test('are none when the picture is shown', () => {
    fc.assert(fc.property(pictures, ({ next }) => expect(lampChanges(next, new Map(next))).toEqual([])));
  });

  test('come in the order of the picture', () => {
    fc.assert(
      fc.property(pictures, ({ shown, next }) => {
        const changes = lampChanges(shown, next);
        expect(changes).toEqual(everyMessage(next).filter((bytes) => changes.includes(bytes)));
      }),
    );
  });

  test('are all of the picture when nothing is known', () => {
    fc.assert(fc.property(pictures, ({ next }) => expect(lampChanges(unknown, next)).toEqual(everyMessage(next))));
  });

  test('are told by every byte of a message, and by its length', () => {
    const shown = new Map([
      ['same', [0x90, 1, 2]],
      ['value', [0x90, 2, 2]],
      ['status', [0x90, 3, 2]],
      ['shorter', [0x90, 4, 2]],
      ['longer', [0x90, 6]],
    ]);
    const next = new Map([
      ['same', [0x90, 1, 2]],
      ['value', [0x90, 2, 3]],
      ['status', [0x91, 3, 2]],
      ['shorter', [0x90, 4]],
      ['longer', [0x90, 6, 0]],
      ['new', [0x90, 5, 0]],
    ]);
    expect(lampChanges(shown, next)).toEqual([
      [0x90, 2, 3],
      [0x91, 3, 2],
      [0x90, 4],
      [0x90, 6, 0],
      [0x90, 5, 0],
    ]);
  });
});

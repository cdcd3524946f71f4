import fc from 'fast-check';
import { colours, type Shade, shades } from '../../../src/core/controller/colour.ts';
import type { Looks } from '../../../src/core/controller/profile.ts';
import { nearestShade } from '../../../src/core/lamps/shade.ts';

const having = (...list: readonly Shade[]): Looks =>
  Object.fromEntries(list.map((shade, index) => [shade, [[0x90, 1, index]]]));

describe('a lamp that is to be', () => {
  test.each<[Shade, Shade, readonly Shade[]]>([
    ['red', 'red', ['off', 'red', 'green']],
    ['orange', 'yellow', ['off', 'red', 'yellow', 'green']],
    ['orange', 'red', ['off', 'red', 'green']],
    ['blue', 'cyan', ['off', 'red', 'green', 'cyan']],
    ['blue', 'green', ['off', 'red', 'green', 'yellow']],
    ['white', 'yellow', ['off', 'red', 'green', 'yellow']],
    ['pink', 'red', ['off', 'red', 'green']],
    ['green', 'on', ['off', 'on']],
    ['purple', 'on', ['off', 'on']],
    ['cyan', 'red', ['off', 'red']],
    ['yellow', 'off', ['off']],
    ['dim-red', 'dim-red', ['off', 'red', 'dim-red']],
    ['dim-red', 'off', ['off', 'red', 'dim-green', 'on']],
    ['dim-white', 'off', ['off', 'on']],
    ['off', 'off', ['off', 'on']],
  ])('%s is %s where there is %j', (wanted, shown, looks) => {
    expect(nearestShade(having(...looks), wanted)).toBe(shown);
  });

  test('a colour is lit whatever colours it has, and is dark only where it has none', () => {
    fc.assert(
      fc.property(fc.constantFrom(...colours), fc.subarray([...shades]), (wanted, looks) => {
        const shown = nearestShade(having('off', ...looks), wanted);
        const lit = looks.filter((shade) => shade !== 'off' && !shade.startsWith('dim-'));
        expect(lit.length === 0 ? ['off'] : lit).toContain(shown);
      }),
    );
  });

  test('dim is never bright: that would say something else', () => {
    fc.assert(
      fc.property(fc.constantFrom(...colours), fc.subarray([...shades]), (colour, looks) => {
        const shown = nearestShade(having('off', ...looks), `dim-${colour}`);
        expect(['off', `dim-${colour}`]).toContain(shown);
      }),
    );
  });
});

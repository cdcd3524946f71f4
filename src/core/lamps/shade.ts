import type { Shade } from '../controller/colour.ts';
import type { Looks } from '../controller/profile.ts';

/** What stands in for a colour that a lamp has not, nearest first. `on` is a lamp's only colour. */
const standIns: Readonly<Record<string, readonly Shade[]>> = {
  red: ['orange', 'pink', 'on'],
  orange: ['yellow', 'red', 'on'],
  yellow: ['orange', 'on'],
  green: ['cyan', 'on', 'yellow'],
  cyan: ['blue', 'green', 'on'],
  blue: ['cyan', 'purple', 'on', 'green'],
  purple: ['pink', 'blue', 'on'],
  pink: ['purple', 'red', 'on'],
  white: ['cyan', 'on', 'yellow', 'green'],
};

/** The shade that a lamp shows when one is asked for. A dim one that it has not is dark: a bright one would say something else. */
export const nearestShade = (looks: Looks, wanted: Shade): Shade => {
  if (looks[wanted] !== undefined) return wanted;
  const near = standIns[wanted]?.find((shade) => looks[shade] !== undefined);
  if (near !== undefined) return near;
  const lit = Object.keys(looks).find((shade): shade is Shade => shade !== 'off' && !shade.startsWith('dim-'));
  return wanted in standIns && lit !== undefined ? lit : 'off';
};

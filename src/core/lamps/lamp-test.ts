import { type Shade, shades } from '../controller/colour.ts';
import type { Lamp, LampStyle, Profile } from '../controller/profile.ts';
import { trackStates } from '../track/state.ts';
import type { Look } from './messages.ts';
import { isLit } from './pattern.ts';
import type { Picture } from './picture.ts';
import { nearestShade } from './shade.ts';
import { type Task, tasksOfPicture } from './task.ts';

/** One thing that a lamp test shows, for `forMs`; `tasks` may change with the half beats since it began. */
export type LampTestStep = {
  readonly title: string;
  readonly forMs: number;
  readonly tasks: (halfBeat: number) => readonly Task[];
};

/** As of 120 BPM, four beats a bar. */
export const halfBeatMs = 250;

const halfBeatsInBar = 8;

const pulseAt = (halfBeat: number) => ({
  bar: 0,
  beat: Math.floor((halfBeat % halfBeatsInBar) / 2),
  lit: halfBeat % 2 === 0,
});

const steady = (shade: Shade): Look => ({ shade, by: 'steady' });

const all = (profile: Profile, look: (lamp: Lamp) => Look): readonly Task[] => {
  const picture: Picture = profile.lamps.map((lamp) => ({ lamp, look: look(lamp) }));
  return tasksOfPicture(picture, profile);
};

const shadesOf = (profile: Profile): readonly Shade[] =>
  shades.filter((shade) => profile.lamps.some(({ steady: looks }) => looks[shade] !== undefined));

const styleText = ({ colour, dim, as }: LampStyle): string => [...(dim ? ['dim'] : []), colour, as].join(' ');

const inStyle = (lamp: Lamp, { colour, dim, as }: LampStyle, halfBeat: number): Look => {
  const shade: Shade = dim ? `dim-${colour}` : colour;
  return steady(isLit(as, pulseAt(halfBeat), halfBeatsInBar / 2) ? nearestShade(lamp.steady, shade) : 'off');
};

/** Each colour on all lamps that have it, each state as it is shown, then each lamp alone: what can be seen to be wrong. */
export const lampTest = (profile: Profile): readonly LampTestStep[] => {
  const colourSteps = shadesOf(profile).map((shade) => ({
    title: `all lamps ${shade}`,
    forMs: 700,
    tasks: () => all(profile, ({ steady: looks }) => steady(looks[shade] === undefined ? 'off' : shade)),
  }));
  const stateSteps = trackStates.map((state) => ({
    title: `${state}: ${styleText(profile.style[state])}`,
    forMs: 2 * halfBeatsInBar * halfBeatMs,
    tasks: (halfBeat: number) => all(profile, (lamp) => inStyle(lamp, profile.style[state], halfBeat)),
  }));
  const lampSteps = profile.lamps.map(({ id }) => ({
    title: `only ${id}`,
    forMs: 200,
    tasks: () => all(profile, (lamp) => steady(lamp.id === id ? nearestShade(lamp.steady, 'white') : 'off')),
  }));
  return [...colourSteps, ...stateSteps, ...lampSteps];
};

/** Colours by name. Not every lamp has each: see `core/lamps/shade.ts` for what stands in. */
export const colours = ['red', 'orange', 'yellow', 'green', 'cyan', 'blue', 'purple', 'pink', 'white'] as const;
export type Colour = (typeof colours)[number];

/** What a lamp can be: `on` is that of one with a single colour. */
export type Shade = 'off' | 'on' | Colour | `dim-${Colour}`;

export const shades: readonly Shade[] = ['off', 'on', ...colours, ...colours.map((colour) => `dim-${colour}` as const)];

/**
 * How a lamp changes in time, in half beats from the bar's start: `steady`; `blink` on and off in each beat; `pulse` a beat on,
 * a beat off; `wink` off for the last half of every second beat; `spark` on for the first half beat of the bar.
 * They tell the states apart where colours do not.
 */
export const behaviours = ['steady', 'blink', 'pulse', 'wink', 'spark'] as const;
export type Behaviour = (typeof behaviours)[number];

import type { Picture } from './picture.ts';

/** What a controller is believed to show. Empty after a (re)connect: all is unknown. */
export type Shown = ReadonlyMap<string, readonly number[]>;

export const unknown: Shown = new Map();

const same = (a: readonly number[] | undefined, b: readonly number[]): boolean =>
  a !== undefined && a.length === b.length && a.every((byte, index) => byte === b[index]);

/** The messages that turn what is shown into the picture, in the picture's order. */
export const lampChanges = (shown: Shown, picture: Picture): readonly (readonly number[])[] =>
  [...picture].filter(([id, bytes]) => !same(shown.get(id), bytes)).map(([, bytes]) => bytes);

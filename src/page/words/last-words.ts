import type { Told } from '../link/mirror.ts';

/** What happens beside the playing: it must not push away what a stomp did. */
const aside = /^sound: |^health: |^sets: all is on disk/;

/** What the last stomp or wish came to, and what has happened beside since. */
export type LastWords = { readonly deed: Told | undefined; readonly aside: Told | undefined };

/** Pure. */
export const lastWords = (told: readonly Told[]): LastWords => {
  const deed = told.findLast(({ word }) => !aside.test(word.text));
  const last = told.at(-1);
  return { deed, aside: last === deed ? undefined : last };
};

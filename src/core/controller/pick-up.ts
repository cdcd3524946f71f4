/** Where a fader was last, and the value that it set; undefined as long as it has set none. */
export type Fader = { readonly place: number; readonly value?: number };

/** As near as two steps of 7 bits: nobody hits one. */
const nearPlace = 2 / 127;

/**
 * Whether a fader that is moved to `place` moves the value: it stands where the value is, or passes there, or has set the value
 * itself. Else it would make it leap. `target` is the place of the value as it is.
 */
export const picksUp = (fader: Fader | undefined, place: number, target: number, current: number): boolean => {
  if (fader?.value === current) return true;
  if (Math.abs(place - target) <= nearPlace) return true;
  return fader !== undefined && (fader.place - target) * (place - target) < 0;
};

import type { Scale } from './action.ts';

const zoneAt = (values: readonly number[], place: number): number =>
  // In 7 bits all zones are to be as wide as each other, so the last place is one of 128 and not of 127.
  Math.min(values.length - 1, Math.floor((place * 127 * values.length) / 128));

/** The value at a fader's place, 0 to 1. */
export const scaled = (scale: Scale, place: number): number => {
  if (scale.kind === 'zones') return scale.values[zoneAt(scale.values, place)] ?? 0;
  const exact = scale.from + (scale.to - scale.from) * place ** scale.curve;
  return scale.round ? Math.round(exact) : exact;
};

/** The place at which a fader would have to stand for a value: the inverse of `scaled`, held within 0 to 1. */
export const placeOf = (scale: Scale, value: number): number => {
  if (scale.kind === 'zones') {
    const nearest = scale.values.reduce(
      (best, candidate, index) =>
        Math.abs(candidate - value) < Math.abs((scale.values[best] ?? 0) - value) ? index : best,
      0,
    );
    return (nearest + 0.5) / scale.values.length;
  }
  const share = (value - scale.from) / (scale.to - scale.from);
  return Math.min(1, Math.max(0, share)) ** (1 / scale.curve);
};

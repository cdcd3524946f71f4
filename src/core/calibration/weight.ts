import { probeTopHz } from '../sound/probe.ts';
import type { Rate } from '../time/units.ts';

/** Taken once: in a sandbox, such as a test runner's, each look at a global is slow. */
const { cos, min, PI, sin } = Math;

/** Up to here all is left out, for mains hum and rumble; the weight is whole from twice this on. */
const hushHz = 70;

/**
 * The weight of each frequency in the correlation. It falls to the top as a cosine squared, so that a peak has no
 * ripples beside it which could be taken for echoes.
 */
export const weightAt = (hz: number, rate: Rate): number => {
  const top = probeTopHz(rate);
  if (hz <= hushHz || hz >= top) return 0;
  const rise = sin((PI / 2) * min(1, (hz - hushHz) / hushHz)) ** 2;
  return rise * cos((PI / 2) * (hz / top)) ** 2;
};

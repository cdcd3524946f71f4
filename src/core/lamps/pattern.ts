import type { Behaviour } from '../controller/colour.ts';
import type { Pulse } from '../session/state.ts';
import type { Beat } from '../time/units.ts';

/** Bars of a single beat have no room for a pattern: there four of them make one. */
const placeOf = ({ bar, beat }: Pulse, beatsPerBar: Beat): number => (beatsPerBar > 1 ? beat : ((bar % 4) + 4) % 4);

/**
 * Whether a lamp is lit in this half of this beat. The patterns tell the states apart on lamps of one colour: each is lit for
 * another share of the time, or in another rhythm.
 */
export const isLit = (behaviour: Behaviour, pulse: Pulse, beatsPerBar: Beat): boolean => {
  const { lit } = pulse;
  const place = placeOf(pulse, beatsPerBar);
  switch (behaviour) {
    case 'steady':
      return true;
    case 'blink':
      return lit;
    case 'pulse':
      return place % 2 === 0;
    case 'wink':
      return lit || place % 2 === 0;
    case 'spark':
      return lit && place === 0;
  }
};

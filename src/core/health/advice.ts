/** What to do where the power supply gives too little. */
export const powerAdvice =
  'take the supply made for this machine and a short, thick cable, and feed what hangs on USB by a hub of its own';

/** And where the processor gets too hot. */
export const heatAdvice = 'give it air, a heat sink or a fan';

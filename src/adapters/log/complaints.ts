import type { Frame, Rate } from '../../core/time/units.ts';
import type { EventLog } from '../../ports/event-log.ts';
import type { Logger } from '../../ports/logger.ts';

/** The same complaint is told again after this long: a fader that is swept over loops is refused at each step. */
const pauseSeconds = 10;

/** What went against the player's wish, for the log: refusals and clipping. */
export const complaints = (log: Pick<Logger, 'info' | 'warn'>, rate: Rate): EventLog => {
  const told = new Map<string, Frame>();
  const isNew = (complaint: string, frame: Frame): boolean => {
    const last = told.get(complaint);
    if (last !== undefined && frame - last < pauseSeconds * rate) return false;
    told.set(complaint, frame);
    return true;
  };
  return {
    write: (event) => {
      if (event.type === 'clip' && isNew('clip', event.frame)) {
        log.warn('sound: too loud, limited; turn down what goes in, or the click');
      }
      if (event.type !== 'refused') return;
      const complaint = `refused: ${event.reason} (${event.code})`;
      if (isNew(complaint, event.frame)) log.info(complaint);
    },
  };
};

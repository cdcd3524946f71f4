import { warningText } from '../../core/health/saying.ts';
import { latencyText, troubleText } from '../../core/session/saying.ts';
import { setSaying } from '../../core/session/set-saying.ts';
import type { Frame, Rate } from '../../core/time/units.ts';
import type { EventLog, ShowEvent } from '../../ports/event-log.ts';
import type { Logger } from '../../ports/logger.ts';

/** The same complaint is told again after this long: a fader that is swept over loops is refused at each step. */
const pauseSeconds = 10;

/** What is the same complaint again, whatever its numbers: xruns come in swarms, each of another length. */
const kindOf = (event: ShowEvent): string => (event.type === 'captureGap' ? `captureGap ${event.track}` : event.type);

/** Who looks for the interface tells of it with its name. */
const isTold = ({ type }: ShowEvent): boolean => type === 'interface';

/**
 * What went against the player's wish, for the log: refusals, clipping, lost frames; what becomes known of the latency; and what comes
 * of sets and their storage; what of the machine is not well, once when it comes and once when it is over.
 */
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
      const trouble = isTold(event) ? undefined : troubleText(event);
      if (trouble !== undefined && isNew(kindOf(event), event.frame)) log.warn(trouble);
      const latency = latencyText(event, rate);
      if (latency !== undefined) log.info(latency);
      const saying = setSaying(event);
      if (saying?.level === 'warn' && isNew(saying.text, event.frame)) log.warn(saying.text);
      // Once memory is full each capture forgets something.
      if (saying?.level === 'info' && (event.type !== 'forgotten' || isNew('forgotten', event.frame))) {
        log.info(saying.text);
      }
      if (event.type === 'clip' && isNew('clip', event.frame)) {
        log.warn('sound: too loud, limited; turn down what goes in, or the click');
      }
      if (event.type === 'warning') {
        const text = warningText(event);
        if (text !== undefined) log[event.state === 'came' ? 'warn' : 'info'](text);
      }
      if (event.type !== 'refused') return;
      const complaint = `refused: ${event.reason} (${event.code})`;
      if (isNew(complaint, event.frame)) log.info(complaint);
    },
  };
};

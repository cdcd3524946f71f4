import type { EventLog, ShowEvent } from '../../ports/event-log.ts';
import type { Logger } from '../../ports/logger.ts';

/** Events as JSON lines: `{"frame":0,"type":"beat",...}`, frame and type first. */
export const eventLines = (writeLine: (line: string) => void): EventLog => ({
  write: ({ frame, type, ...rest }: ShowEvent) => writeLine(JSON.stringify({ frame, type, ...rest })),
});

/** For who does not want to know. */
export const noEvents: EventLog = { write: () => undefined };

/** What went against the player's wish, for the log, beside all that goes to another event log. */
export const withComplaints = (events: EventLog, log: Logger): EventLog => ({
  write: (event) => {
    events.write(event);
    if (event.type === 'refused') log.info(`refused: ${event.reason} (${event.code})`);
    if (event.type === 'clip') log.warn('sound: too loud, limited; turn tracks or click down');
  },
});

import type { EventLog, ShowEvent } from '../../ports/event-log.ts';

/** Events as JSON lines: `{"frame":0,"type":"beat",...}`, frame and type first. */
export const eventLines = (writeLine: (line: string) => void): EventLog => ({
  write: ({ frame, type, ...rest }: ShowEvent) => writeLine(JSON.stringify({ frame, type, ...rest })),
});

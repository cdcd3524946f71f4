import { pino } from 'pino';
import type { Logger } from '../../ports/logger.ts';

/** Standard error: naudiodon prints to standard output. */
const standardError = 2;

/** Readable on a terminal, JSON elsewhere (systemd, files). */
export const createLogger = async (level: string): Promise<Logger> => {
  if (!process.stderr.isTTY) {
    const destination = pino.destination({ fd: standardError, sync: true });
    // Nobody reads the log any more, or the disk is full: the show goes on.
    destination.on('error', () => undefined);
    return wrap(pino({ level, base: null }, destination));
  }
  const { default: pretty } = await import('pino-pretty');
  const stream = pretty({ destination: standardError, sync: true, ignore: 'pid,hostname', translateTime: 'HH:MM:ss' });
  return wrap(pino({ level }, stream));
};

const wrap = (logger: pino.Logger): Logger => ({
  debug: (message) => logger.debug(message),
  info: (message) => logger.info(message),
  warn: (message) => logger.warn(message),
  error: (message) => logger.error(message),
});

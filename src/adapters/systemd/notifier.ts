import koffi from 'koffi';
import type { Notifier } from '../../ports/notifier.ts';

/** The parts of the environment that systemd speaks by (sd_notify(3), sd_watchdog_enabled(3)). */
export type ServiceEnvironment = {
  readonly NOTIFY_SOCKET?: string | undefined;
  readonly WATCHDOG_USEC?: string | undefined;
  readonly WATCHDOG_PID?: string | undefined;
};

const watchdogMs = ({ WATCHDOG_USEC, WATCHDOG_PID }: ServiceEnvironment): number | undefined => {
  if (WATCHDOG_PID !== undefined && Number(WATCHDOG_PID) !== process.pid) return undefined;
  const ms = Number(WATCHDOG_USEC) / 1000;
  return ms > 0 ? ms : undefined;
};

/** One line, as sd_notify wants it. */
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** systemd's ear, through its own library. Throws where that is not there. */
export const systemdNotifier = (environment: ServiceEnvironment): Notifier => {
  const tell = koffi.load('libsystemd.so.0').func('sd_notify', 'int', ['int', 'str']);
  // A line that gets lost is no reason to stop.
  const say = (state: string): void => void tell(0, state);
  return {
    watchdogMs: watchdogMs(environment),
    ready: () => say('READY=1'),
    status: (line) => say(`STATUS=${oneLine(line)}`),
    alive: () => say('WATCHDOG=1'),
    stopping: () => say('STOPPING=1\nSTATUS=Ending'),
  };
};

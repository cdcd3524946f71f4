/** What the process tells its caller. */
export const exitCodes = {
  done: 0,
  /** Something of ours, or of the machine, went wrong; or the work was stopped before its end. */
  failed: 1,
  /** A mistake in what was asked: a file, a setting, an option. */
  mistake: 2,
  /** There is no looper to ask. As LSB and systemctl have it for `status`. */
  notRunning: 3,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** What asks the process to end in good order. */
export const stopSignals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

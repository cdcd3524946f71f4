/**
 * Who has the sets: a process, told apart from all others that ever had its number by when it started, and by the start of the
 * machine.
 */
export type LockOwner = { readonly pid: number; readonly start: string; readonly boot: string };

/**
 * When a process started, in ticks since the machine did: the 22nd field of proc_pid_stat(5). The name before it may hold
 * blanks and brackets.
 */
export const startIn = (stat: string): string => stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';

export const isSameOwner = (one: LockOwner, other: LockOwner): boolean =>
  one.pid === other.pid && one.start === other.start && one.boot === other.boot;

/** What a lock says; the token tells apart two of one process. */
export const lockText = ({ pid, start, boot }: LockOwner, token: string): string =>
  `${pid} ${start} ${boot} ${token}\n`;

/** Whom a lock names. A text that no lock has, such as a power cut leaves, names nobody. */
export const ownerIn = (text: string): LockOwner | undefined => {
  const [, pid, start, boot] = /^(\d+) (\d+) (\S+) \S+\n$/.exec(text) ?? [];
  return pid === undefined || start === undefined || boot === undefined ? undefined : { pid: Number(pid), start, boot };
};

import type { MachineFigures } from '../../core/health/figures.ts';

const bytesPerKb = 1024;

const bytesOf = (text: string, name: string): number | null => {
  const [, kilobytes] = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(text) ?? [];
  return kilobytes === undefined ? null : Number(kilobytes) * bytesPerKb;
};

/** What /proc/meminfo tells, see proc_meminfo(5): `MemAvailable` can be had without swapping. */
export const memoryIn = (
  text: string | undefined,
): Pick<MachineFigures, 'memoryAvailableBytes' | 'memoryTotalBytes'> => ({
  memoryAvailableBytes: text === undefined ? null : bytesOf(text, 'MemAvailable'),
  memoryTotalBytes: text === undefined ? null : bytesOf(text, 'MemTotal'),
});

import type { Config } from '../config/schema.ts';
import { UserError } from '../core/errors.ts';

/** Refuses a budget that a machine of so many bytes has not: a quarter of its memory is the system's and the program's. */
export const checkMemory = ({ memory }: Pick<Config, 'memory'>, machineBytes: number): void => {
  const most = Math.floor((machineBytes * 3) / 4 / 2 ** 20);
  if (memory.budgetMb <= most) return;
  throw new UserError(
    'memory-unavailable',
    `memory.budgetMb: ${memory.budgetMb} MB cannot be had on this machine; write at most ${most}`,
  );
};

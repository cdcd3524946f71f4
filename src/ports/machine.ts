import type { MachineFigures, ProcessFigures } from '../core/health/figures.ts';
import type { Millis } from '../core/time/units.ts';

/** How the machine and this process fare. */
export interface Machine {
  /** From now on the delay of the main thread is measured, which takes a timer; until then it is 0. */
  begin(): void;
  /** Costs next to nothing. */
  process(): ProcessFigures;
  /** Reads a few small files, in between all else; a disk that hangs keeps only this waiting. What cannot be read is null; it never rejects. */
  look(): Promise<MachineFigures>;
  /** How long the main thread was held up by all looks together, how long at once at most, and how many looks there were. */
  cost(): { readonly looks: number; readonly totalMs: Millis; readonly longestMs: Millis };
}

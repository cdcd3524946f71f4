import type { Millis } from '../../core/time/units.ts';

/** A pin that has changed, and when, on the clock of all threads. */
export type Edge = { readonly pin: number; readonly isHigh: boolean; readonly at: Millis };

/** What gpiomon is asked to write: the pin, 1 for rising or 2 for falling, and seconds of the monotonic clock, which it pads with spaces. */
export const edgeFormat = '%o %e %S';

const line = /^(\d+) ([12]) +(\d+)\.(\d{9})$/;

/** An edge as gpiomon writes it; undefined for any other line. */
export const edgeIn = (text: string): Edge | undefined => {
  const found = line.exec(text);
  if (found === null) return undefined;
  const [, pin, kind, seconds, nanos] = found;
  return { pin: Number(pin), isHigh: kind === '1', at: Number(seconds) * 1000 + Number(nanos) / 1e6 };
};

/** The lines of a text that comes in pieces. */
export class Lines {
  #rest = '';

  take(piece: string): readonly string[] {
    const lines = (this.#rest + piece).split('\n');
    // What never ends is none of gpiomon's.
    this.#rest = (lines.pop() ?? '').slice(-1000);
    return lines;
  }
}

import type { Millis } from '../core/time/units.ts';

/** Who has started the looper and looks after it: systemd, or nobody. Nothing here throws or waits. */
export interface Notifier {
  /** How long it may not be heard of before it is ended and started again; undefined where nobody looks. */
  readonly watchdogMs: Millis | undefined;
  /** Told once: sound flows, or what it waits for is known. */
  ready(): void;
  /** One line for people. */
  status(line: string): void;
  /** It works. */
  alive(): void;
  /** Told once: it has begun to end. */
  stopping(): void;
}

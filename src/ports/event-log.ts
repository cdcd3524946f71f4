import type { SessionEvent } from '../core/session/event.ts';
import type { Frame } from '../core/time/units.ts';

/** What is told of a show: the session's events and the lamps' messages. */
export type ShowEvent =
  | SessionEvent
  | { readonly type: 'lamp'; readonly frame: Frame; readonly controller: string; readonly bytes: readonly number[] };

/** Keeps the events of a show in the order in which they come. */
export interface EventLog {
  write(event: ShowEvent): void;
}

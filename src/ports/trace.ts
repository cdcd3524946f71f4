import type { Millis } from '../core/time/units.ts';

/** What a controller says and is told, for somebody who looks over its shoulder. */
export type Trace = {
  readonly controller: string;
  readonly time: Millis;
} /** A message came; `controls` are those that it moved, none where it is bound to nothing. */ & (
  | { readonly type: 'in'; readonly bytes: readonly number[]; readonly controls: readonly string[] }
  /** A gesture was made that asks for something. */
  | { readonly type: 'did'; readonly control: string; readonly gesture: string; readonly order: string }
  | { readonly type: 'out'; readonly bytes: readonly number[] }
);

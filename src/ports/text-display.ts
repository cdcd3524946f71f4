import type { Screen } from '../core/lcd/screen.ts';

/** A display of two lines of sixteen characters, which may come and go. Who makes it also opens and closes it. */
export interface TextDisplay {
  /** What it is to show from now on; what was not shown yet is passed over. Never throws, never waits: it is shown once it is there. */
  show(screen: Screen): void;
}

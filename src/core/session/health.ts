import { warningNews } from '../health/saying.ts';
import type { Warning } from '../health/warning.ts';
import type { Frame } from '../time/units.ts';
import type { Reduced } from './outcome.ts';
import type { SessionState } from './state.ts';

/** What is not well is now this. */
export const onHealth = (session: SessionState, frame: Frame, warnings: readonly Warning[]): Reduced => ({
  session: { ...session, warnings },
  effects: [],
  told: warningNews(session.warnings, warnings).map((news) => ({ type: 'warning', frame, ...news })),
});

import type { JSX } from 'preact';
import { usePage } from '../link/use-page.ts';
import { alarmsOf } from '../words/alarms.ts';

/**
 * In place of what is least missed between beat and bar, so that no pad moves under a foot that is on its way. Not while the looper is silent: they may
 * be over by now.
 */
export const Alarms = (): JSX.Element => {
  const state = usePage(({ mirror, silence }) => (silence.kind === 'none' ? mirror.state : null));
  const alarms = state === null ? [] : alarmsOf(state);
  return (
    <div class="alarms" role="status" data-several={alarms.length > 1}>
      {alarms.map(({ level, title, detail }) => (
        <p key={title} class="alarm" data-level={level}>
          <b class="alarm-title">{title}</b> <span class="alarm-detail">{detail}</span>
        </p>
      ))}
    </div>
  );
};

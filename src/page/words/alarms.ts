import type { StateView } from '../../protocol/hindsight-v1.ts';
import { sentence } from './sentence.ts';

/** The title is to be read from two metres, between beat and bar on a phone: a dozen letters. */
export type Alarm = { readonly level: 'bad' | 'busy'; readonly title: string; readonly detail: string };

const incomingAlarm = ({ name, phase }: NonNullable<StateView['set']['incoming']>): Alarm => ({
  level: 'busy',
  title: name === null ? 'A set' : `“${name}”`,
  detail: phase === 'reading' ? 'is being read' : 'comes in at the bar line',
});

/** Those of interface and disk are told in their own words. */
const warningAlarms = (state: StateView): readonly Alarm[] =>
  state.warnings
    .filter(({ code, level }) => level === 'bad' && code !== 'interface-away' && code !== 'not-kept')
    .map(({ title, text }) => ({ level: 'bad', title, detail: sentence(text) }));

/** What goes on for as long as it does, and concerns whoever plays. The worst comes first. Pure. */
export const alarmsOf = (state: StateView): readonly Alarm[] => {
  const alarms: Alarm[] = [];
  if (state.interface.state === 'away') {
    alarms.push({ level: 'bad', title: 'No interface', detail: 'Loops go on when it is back' });
  }
  if (state.storage.state === 'trouble') {
    alarms.push({
      level: 'bad',
      title: 'Disk trouble',
      detail: `Not kept: ${state.storage.reason ?? 'no reason given'}`,
    });
  }
  alarms.push(...warningAlarms(state));
  if (state.calibration.phase === 'sounding') {
    alarms.push({ level: 'busy', title: 'Be quiet', detail: 'The latency is being measured' });
  }
  if (state.calibration.phase === 'weighing') {
    alarms.push({ level: 'busy', title: 'Measuring', detail: 'What came in is being weighed' });
  }
  if (state.set.incoming !== null) alarms.push(incomingAlarm(state.set.incoming));
  return alarms;
};

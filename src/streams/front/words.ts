import { warningText } from '../../core/health/saying.ts';
import { warningCodes } from '../../core/health/warning.ts';
import type { SessionEvent } from '../../core/session/event.ts';
import { latencyText, troubleText } from '../../core/session/saying.ts';
import { setSaying } from '../../core/session/set-saying.ts';
import type { Rate } from '../../core/time/units.ts';
import type { TrackState } from '../../core/track/state.ts';
import type { Word } from '../../protocol/hindsight-v1.ts';

const stateText: Readonly<Record<TrackState, string>> = {
  EMPTY: 'is empty',
  TRIGGERED: 'waits for its moment',
  RECORDING: 'captures up to the bar line',
  PLAYING: 'plays',
  STOPPING: 'stops at the bar line',
  STOPPED: 'is stopped',
};

type Bare = Pick<Word, 'level' | 'text'> & Partial<Pick<Word, 'code' | 'track'>>;

const bareWord = (event: SessionEvent): Bare | undefined => {
  switch (event.type) {
    case 'beat':
    // As it should be, and said of each loop.
    case 'kept':
      return undefined;
    case 'track':
      return { level: 'info', text: `track ${event.track} ${stateText[event.state]}`, track: event.track };
    case 'refused':
      return { level: 'warn', text: event.reason, code: event.code };
    case 'clip':
      return { level: 'warn', text: 'sound: too loud; turn something down', code: 'clip' };
    case 'calibration': {
      const text = latencyText(event) ?? '';
      return event.phase === 'failed' ? { level: 'warn', text, code: event.code } : { level: 'info', text };
    }
    case 'set':
    case 'storage': {
      const code = 'code' in event ? event.code : undefined;
      const saying = setSaying(event);
      if (saying === undefined) return undefined;
      return { level: saying.level === 'warn' ? 'warn' : 'info', text: saying.text, ...(code && { code }) };
    }
    case 'warning': {
      const { state, warning } = event;
      const text = warningText(event);
      if (text === undefined) return undefined;
      return { level: state === 'came' ? 'warn' : 'info', text, code: warning.code };
    }
    case 'late':
    case 'gap':
      return { level: 'warn', text: troubleText(event) ?? '', code: event.type };
    default: {
      const trouble = troubleText(event);
      if (trouble !== undefined)
        return { level: event.type === 'interface' && event.state === 'back' ? 'info' : 'warn', text: trouble };
      const text = latencyText(event) ?? setSaying(event)?.text;
      return text === undefined ? undefined : { level: setSaying(event)?.level === 'warn' ? 'warn' : 'info', text };
    }
  }
};

/** What an event says to a player, in a sentence; undefined for what needs none, such as a beat. Pure. */
export const wordOf = (event: SessionEvent): Word | undefined => {
  const bare = bareWord(event);
  if (bare === undefined) return undefined;
  const track = bare.track ?? ('track' in event ? event.track : null);
  return { frame: event.frame, level: bare.level, text: bare.text, code: bare.code ?? null, track };
};

/** What may be said again and again, and would hide what a stomp came to. */
const troubles: readonly (string | null)[] = ['late', 'gap', 'clip', ...warningCodes];

/** How long a word stands before trouble of the sound may take its place. */
const standsSeconds = 3;

/** Which of two words is the last one: the later, but for trouble that comes too soon. Pure. */
export const lastWord = (before: Word | null, word: Word, rate: Rate): Word => {
  const isTrouble = troubles.includes(word.code);
  const stands = before !== null && !troubles.includes(before.code) && word.frame - before.frame < standsSeconds * rate;
  return isTrouble && stands ? before : word;
};

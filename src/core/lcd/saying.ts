import type { SessionEvent } from '../session/event.ts';
import type { RefusalCode } from '../session/refusal.ts';
import type { Frame, Rate } from '../time/units.ts';

/** Each reason in sixteen characters at most. */
export const refusalWords: Readonly<Record<RefusalCode, string>> = {
  'no-such-track': 'No such track',
  'not-empty': 'Not empty',
  empty: 'Track is empty',
  'not-playing': 'Not playing',
  'not-stopped': 'Not stopped',
  'too-late': 'Too late',
  'out-of-range': 'Out of range',
  'tracks-not-empty': 'Clear all first',
  'tape-too-short': 'Tape too short',
  'capture-failed': 'Capture failed',
  'memory-full': 'Memory is full',
  'latency-too-long': 'Loop too short',
  'interface-lost': 'No interface',
  'calibration-heard': 'Has test sounds',
  calibrating: 'Measuring now',
  'not-calibrating': 'Not measuring',
  'tracks-playing': 'Stop all first',
  'nothing-to-undo': 'Nothing to undo',
  'nothing-to-redo': 'Nothing to redo',
  'other-tempo': 'Other tempo',
  'still-capturing': 'Still capturing',
  'not-on-tape': 'Not on the tape',
  'not-yet-played': 'Not played yet',
  'set-coming': 'Set is coming in',
};

/** What is said for a few seconds, since when, and whether it may be said again and again, and would hide what a stomp came to. */
export type Notice = { readonly frame: Frame; readonly text: string; readonly isTrouble: boolean };

const named = (name: string | null, otherwise: string): string => name ?? otherwise;

const milliseconds = (frames: Frame, rate: Rate): string => `${((frames * 1000) / rate).toFixed(1)} ms`;

const ofSet = (event: Extract<SessionEvent, { type: 'set' }>): string | undefined => {
  switch (event.phase) {
    case 'restored':
    case 'loaded':
      return named(event.name, 'Set is here');
    case 'saved':
      return `Saved ${named(event.name, '')}`;
    case 'new':
      return 'New set';
    case 'failed':
      return 'Set: failed';
    case 'loading':
      return undefined;
  }
};

const ofCalibration = (event: Extract<SessionEvent, { type: 'calibration' }>, rate: Rate): string | undefined => {
  switch (event.phase) {
    case 'succeeded':
      return `Trip ${milliseconds(event.latencyFrames, rate)}`;
    case 'failed':
      return 'Nothing measured';
    case 'cancelled':
      return 'Measuring ended';
    case 'started':
    case 'weighing':
      return undefined;
  }
};

const textOf = (event: SessionEvent, rate: Rate): string | undefined => {
  switch (event.type) {
    case 'refused':
      return refusalWords[event.code];
    case 'clip':
      return 'TOO LOUD';
    case 'late':
      return 'A block was late';
    case 'gap':
      return event.frames === 0 ? 'Xrun' : `Lost ${milliseconds(event.frames, rate)}`;
    case 'captureGap':
      return `Hole in track ${event.track}`;
    case 'interface':
      return event.state === 'back' ? 'Interface here' : 'Interface lost';
    case 'undo':
      return `Undo ${event.deed}`;
    case 'redo':
      return `Redo ${event.deed}`;
    case 'retake':
      return `Track ${event.track} recut`;
    case 'storage':
      return event.state === 'well' ? 'Saved again' : 'NOT SAVED';
    case 'set':
      return ofSet(event);
    case 'imported':
      return `Track ${event.track} read`;
    case 'unreadable':
      return `No loop in ${event.track}`;
    case 'warning':
      return event.state === 'came' ? event.warning.title : undefined;
    case 'calibration':
      return ofCalibration(event, rate);
    // The glyphs tell of tracks, the status of the beat; the rest a player need not know.
    case 'track':
    case 'beat':
    case 'kept':
    case 'forgotten':
    case 'latency':
      return undefined;
  }
};

/** What an event says on a display; undefined for what needs no words. */
export const noticeOf = (event: SessionEvent, rate: Rate): Notice | undefined => {
  const text = textOf(event, rate);
  const isTrouble = event.type === 'clip' || event.type === 'late' || event.type === 'gap';
  return text === undefined ? undefined : { frame: event.frame, text, isTrouble };
};

/** How long a word stands. */
const standsSeconds = 3;

/** From this frame on it stands no more. */
export const standsUntil = ({ frame }: Notice, rate: Rate): Frame => frame + standsSeconds * rate;

export const stands = (notice: Notice | undefined, frame: Frame, rate: Rate): notice is Notice =>
  notice !== undefined && frame < standsUntil(notice, rate);

/** Which of two is to be read: the later, but for trouble that comes too soon. */
export const lastNotice = (before: Notice | undefined, notice: Notice, rate: Rate): Notice =>
  notice.isTrouble && before?.isTrouble === false && stands(before, notice.frame, rate) ? before : notice;

import type { Frame } from '../time/units.ts';
import type { SessionEvent } from './event.ts';

/** What may be told of a show: lamps' messages say nothing here. */
type Told = SessionEvent | { readonly type: 'lamp' };

const frames = (count: Frame): string => (count === 1 ? '1 frame' : `${count} frames`);

/** What went wrong with the sound, in a line for the log; undefined for other events. */
export const troubleText = (told: Told): string | undefined => {
  switch (told.type) {
    case 'gap': {
      const lost = `an xrun: ${frames(told.frames)} ${told.frames === 1 ? 'is' : 'are'} lost`;
      const what = told.frames === 0 ? 'an xrun that cost no frame' : lost;
      return `sound: ${what}; the grid went on; a larger audio.blockFrames forgives more`;
    }
    case 'captureGap':
      return `sound: the loop of track ${told.track} has a hole of ${frames(told.frames)}; capture it again if you hear it`;
    case 'late':
      return 'sound: a block came too late and was silent; a larger audio.queueBlocks forgives more';
    case 'interface':
      return told.state === 'lost'
        ? 'sound: there is no interface; the grid goes on, and so will the loops when it is here'
        : 'sound: the interface is here; the loops go on in time';
    default:
      return undefined;
  }
};

const milliseconds = (count: Frame, rate: number): string => `${((count * 1000) / rate).toFixed(2)} ms`;

/** What is known of the latency, in a line; undefined for other events. Without a rate in frames only. */
export const latencyText = (told: Told, rate?: number): string | undefined => {
  if (told.type === 'latency') {
    const time = rate === undefined ? '' : ` = ${milliseconds(told.frames, rate)}`;
    return `latency: ${frames(told.frames)}${time}, ${told.source}; it holds for the loops to come`;
  }
  if (told.type !== 'calibration') return undefined;
  switch (told.phase) {
    case 'started':
      return 'calibration: eight bursts in ten seconds; be quiet';
    case 'weighing':
      return 'calibration: looking at what came in';
    case 'cancelled':
      return 'calibration: cancelled; all is as it was';
    case 'failed':
      return `calibration: no latency was found: ${told.reason} (${told.code})`;
    case 'succeeded':
      return `calibration: the round trip is ${told.exactFrames.toFixed(2)} frames, give or take ${told.spreadFrames.toFixed(2)}; confidence ${Math.round(told.confidence * 100)} %, on the ${told.side === 0 ? 'left' : 'right'} input`;
  }
};

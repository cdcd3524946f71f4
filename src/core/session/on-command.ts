import type { Frame } from '../time/units.ts';
import { calibrate, cancelCalibration } from './calibration.ts';
import type { SessionCommand } from './command.ts';
import { setLatency } from './latency.ts';
import type { Reduced } from './outcome.ts';
import { done, refuse } from './outcome.ts';
import { retake } from './retake.ts';
import { redo, undo } from './second-thoughts.ts';
import { newSet, resetAll } from './sets.ts';
import * as settings from './settings.ts';
import type { SessionState } from './state.ts';
import * as trackwork from './trackwork.ts';

/** What a set that waits for its bar line would take away again, or would find changed. */
const waits: readonly SessionCommand['type'][] = [
  ...(['stomp', 'record', 'start', 'stop', 'clear', 'undo', 'redo', 'retake'] as const),
  ...(['setBpm', 'changeBpm', 'setBeatsPerBar', 'tap', 'calibrate'] as const),
];

/** What a command does at `frame`. */
export const onCommand = (session: SessionState, frame: Frame, command: SessionCommand): Reduced => {
  const { incoming } = session;
  const isLate = incoming?.phase === 'waiting' && waits.includes(command.type);
  if (isLate || (incoming !== undefined && command.type === 'loadSet')) {
    return refuse(session, 'set-coming', `${incoming.name ?? 'a set'} comes in at the next bar line; wait for it`);
  }
  return obey(session, frame, command);
};

const obey = (session: SessionState, frame: Frame, command: SessionCommand): Reduced => {
  switch (command.type) {
    case 'stomp':
      return trackwork.onTrack(session, command.track, (track) => trackwork.stomp(session, frame, track));
    case 'record':
      return trackwork.onTrack(session, command.track, (track) =>
        trackwork.record(session, frame, track, command.bars ?? session.bars),
      );
    case 'start':
      return trackwork.onTrack(session, command.track, (track) => trackwork.start(session, frame, track));
    case 'stop':
      return trackwork.onTrack(session, command.track, (track) => trackwork.stop(session, frame, track));
    case 'clear':
      return trackwork.onTrack(session, command.track, (track) => trackwork.clear(session, frame, track, command.at));
    case 'reset':
      return resetAll(session, frame);
    case 'undo':
      return undo(session, frame, command.at);
    case 'redo':
      return redo(session, frame, command.at);
    case 'retake':
      return trackwork.onTrack(session, command.track ?? session.touched, (track) =>
        retake(session, frame, track, command, command.at),
      );
    case 'loadSet': {
      const { type: _, ...which } = command;
      return { ...done(session), wishes: [{ type: 'load', ...which }] };
    }
    case 'saveSet':
      return {
        ...done(session),
        wishes: [{ type: 'save', ...(command.name !== undefined && { name: command.name }) }],
      };
    case 'newSet':
      return newSet(session, frame);
    case 'setBpm':
      return settings.setBpm(session, frame, command.bpm);
    case 'setBeatsPerBar':
      return settings.setBeatsPerBar(session, frame, command.beatsPerBar);
    case 'setBars':
      return settings.setBars(session, command.bars);
    case 'tap':
      return settings.tap(session, frame);
    case 'setClickVolume':
      return settings.setClickVolume(session, command.volume);
    case 'changeBpm':
      return settings.changeBpm(session, frame, command.by);
    case 'changeBars':
      return settings.changeBars(session, command.by);
    case 'changeClickVolume':
      return settings.changeClickVolume(session, command.by);
    case 'muteClick':
      return settings.muteClick(session, command.muted ?? !session.click.muted);
    case 'setLatency':
      return setLatency(session, frame, command.frames);
    case 'calibrate':
      return command.toggle === true && session.calibration.phase !== 'idle'
        ? cancelCalibration(session, frame)
        : calibrate(session, command.mute ?? false);
    case 'cancelCalibration':
      return cancelCalibration(session, frame);
  }
};

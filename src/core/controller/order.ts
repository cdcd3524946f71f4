import type { SessionCommand, When } from '../session/command.ts';
import type { Millis } from '../time/units.ts';
import type { Action } from './action.ts';

/** What a controller asks for, at the moment that it means: something of the session, another page of its own, to be learnt. */
export type Order =
  | { readonly type: 'command'; readonly command: SessionCommand; readonly at: Millis }
  | { readonly type: 'page'; readonly by: 1 | -1 }
  | { readonly type: 'learn' };

const whenOf = ({ at }: { readonly at?: When }) => (at === undefined ? {} : { at });

/** The order of a press, or of a gesture that stands for one; undefined for none. */
export const orderOf = (action: Action, at: Millis): Order | undefined => {
  switch (action.command) {
    case 'none':
      return undefined;
    case 'learn':
      return { type: 'learn' };
    case 'pageUp':
      return { type: 'page', by: 1 };
    case 'pageDown':
      return { type: 'page', by: -1 };
    case 'stomp':
    case 'start':
    case 'stop':
      return { type: 'command', command: { type: action.command, track: action.track }, at };
    case 'clear':
      return { type: 'command', command: { type: 'clear', track: action.track, ...whenOf(action) }, at };
    case 'undo':
    case 'redo':
      return { type: 'command', command: { type: action.command, ...whenOf(action) }, at };
    case 'retake': {
      const { command: type, ...values } = action;
      return { type: 'command', command: { type, ...values }, at };
    }
    case 'loadSet': {
      const { command: type, ...values } = action;
      return { type: 'command', command: { type, ...values }, at };
    }
    case 'saveSet': {
      const { command: type, ...values } = action;
      return { type: 'command', command: { type, ...values }, at };
    }
    case 'record': {
      const bars = action.bars === undefined ? {} : { bars: action.bars };
      return { type: 'command', command: { type: 'record', track: action.track, ...bars }, at };
    }
    case 'reset':
    case 'newSet':
    case 'muteClick':
    case 'tap':
      return { type: 'command', command: { type: action.command }, at };
    case 'calibrate':
      return {
        type: 'command',
        command: { type: 'calibrate', toggle: true, ...(action.mute !== undefined && { mute: action.mute }) },
        at,
      };
    case 'setBpm':
      return { type: 'command', command: { type: 'setBpm', bpm: action.bpm }, at };
    case 'setBars':
      return { type: 'command', command: { type: 'setBars', bars: action.bars }, at };
    case 'setClickVolume':
      return { type: 'command', command: { type: 'setClickVolume', volume: action.volume }, at };
    case 'changeBpm':
    case 'changeBars':
    case 'changeClickVolume':
      return { type: 'command', command: { type: action.command, by: action.by }, at };
  }
};

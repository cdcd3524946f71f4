import type { SessionCommand } from '../session/command.ts';
import type { Millis } from '../time/units.ts';
import type { Action } from './action.ts';

/** What a controller asks for, at the moment that it means: something of the session, another page of its own, to be learnt. */
export type Order =
  | { readonly type: 'command'; readonly command: SessionCommand; readonly at: Millis }
  | { readonly type: 'page'; readonly by: 1 | -1 }
  | { readonly type: 'learn' };

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
    case 'clear':
      return { type: 'command', command: { type: action.command, track: action.track }, at };
    case 'record': {
      const bars = action.bars === undefined ? {} : { bars: action.bars };
      return { type: 'command', command: { type: 'record', track: action.track, ...bars }, at };
    }
    case 'reset':
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

import type { SessionCommand } from '../link/asking.ts';

/** What a key of the computer's keyboard means, as on the looper's own keyboard controller; undefined for nothing. Pure. */
export const keyCommand = (key: string): SessionCommand | undefined => {
  if (/^[0-9]$/.test(key)) return { type: 'stomp', track: key === '0' ? 10 : Number(key) };
  switch (key) {
    case 'u':
      return { type: 'undo' };
    case 'y':
      return { type: 'redo' };
    case 't':
      return { type: 'tap' };
    case 'm':
      return { type: 'muteClick' };
    case '[':
      return { type: 'changeBpm', by: -1 };
    case ']':
      return { type: 'changeBpm', by: 1 };
    case '-':
      return { type: 'changeBars', by: -1 };
    case '+':
    case '=':
      return { type: 'changeBars', by: 1 };
    default:
      return undefined;
  }
};

import { keyCommand } from '../../../src/page/stage/keys.ts';

test.each([
  ['1', { type: 'stomp', track: 1 }],
  ['9', { type: 'stomp', track: 9 }],
  ['0', { type: 'stomp', track: 10 }],
  ['u', { type: 'undo' }],
  ['y', { type: 'redo' }],
  ['t', { type: 'tap' }],
  ['m', { type: 'muteClick' }],
  ['[', { type: 'changeBpm', by: -1 }],
  ['+', { type: 'changeBars', by: 1 }],
  // It takes all: no key does that by chance.
  ['r', undefined],
  ['Enter', undefined],
  ['F1', undefined],
])('the key %s is %j', (key, command) => {
  expect(keyCommand(key)).toEqual(command);
});

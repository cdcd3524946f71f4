import type { z } from 'zod';
import type { SessionCommand } from '../../src/core/session/command.ts';
import { sessionCommandSchema } from '../../src/protocol/session-command.ts';

type Spoken = z.output<typeof sessionCommandSchema>;
/** The compiler's part of the test: nothing that the session knows is left out. */
const leftOut: Exclude<SessionCommand['type'], Spoken['type']>[] = [];

const good: readonly SessionCommand[] = [
  { type: 'stomp', track: 1 },
  { type: 'record', track: 2, bars: 8 },
  { type: 'clear', track: 1, at: 'bar' },
  { type: 'undo' },
  { type: 'retake', track: 3, laterBeats: -1, at: 'now' },
  { type: 'setBpm', bpm: 92.5 },
  { type: 'muteClick' },
  { type: 'calibrate', mute: true },
  { type: 'loadSet', by: 1 },
  { type: 'saveSet', name: 'Song one' },
];

test('all commands of the session can be said', () => {
  expect(leftOut).toEqual([]);
  for (const command of good) expect(sessionCommandSchema.parse(command)).toEqual(command);
});

test.each([
  [{ type: 'stomp' }],
  [{ type: 'stomp', track: '1' }],
  [{ type: 'stomp', track: 1.5 }],
  [{ type: 'stomp', track: 1, bars: 2 }],
  [{ type: 'setBpm', bpm: null }],
  [{ type: 'setBpm', bpm: Number.NaN }],
  [{ type: 'clear', track: 1, at: 'later' }],
  [{ type: 'explode' }],
  [null],
  [[]],
  ['stomp'],
])('%j is no command', (command) => {
  expect(sessionCommandSchema.safeParse(command).success).toBe(false);
});

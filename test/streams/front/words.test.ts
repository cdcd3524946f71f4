import type { SessionEvent } from '../../../src/core/session/event.ts';
import { type Word, wordSchema } from '../../../src/protocol/hindsight-v1.ts';
import { lastWord, wordOf } from '../../../src/streams/front/words.ts';

const frame = 480;

test.each<[SessionEvent, object]>([
  [
    { type: 'track', frame, track: 3, state: 'PLAYING' },
    { level: 'info', text: 'track 3 plays', track: 3 },
  ],
  [
    { type: 'refused', frame, code: 'empty', reason: 'track 2 is empty' },
    { level: 'warn', text: 'track 2 is empty', code: 'empty' },
  ],
  [
    { type: 'clip', frame },
    { level: 'warn', code: 'clip' },
  ],
  [{ type: 'gap', frame, frames: 64 }, { level: 'warn' }],
  [{ type: 'interface', frame, state: 'lost' }, { level: 'warn' }],
  [{ type: 'interface', frame, state: 'back' }, { level: 'info' }],
  [
    { type: 'captureGap', frame, track: 2, frames: 9 },
    { level: 'warn', track: 2 },
  ],
  [
    { type: 'undo', frame, deed: 'capture', tracks: [1] },
    { level: 'info', text: expect.stringContaining('taken back') },
  ],
  [
    { type: 'set', frame, phase: 'failed', code: 'set-missing', reason: 'no such set' },
    { level: 'warn', code: 'set-missing' },
  ],
  [
    { type: 'storage', frame, state: 'trouble', code: 'disk-full', reason: 'full' },
    { level: 'warn', code: 'disk-full' },
  ],
  [{ type: 'latency', frame, frames: 480, source: 'manual' }, { level: 'info' }],
  [
    { type: 'calibration', frame, phase: 'failed', code: 'feedback', reason: 'too loud' },
    { level: 'warn', code: 'feedback' },
  ],
  [{ type: 'calibration', frame, phase: 'started' }, { level: 'info' }],
])('%j says so', (event, word) => {
  const said = wordOf(event);
  expect(said).toMatchObject({ frame, ...word });
  expect(wordSchema.parse(said)).toEqual(said);
  expect(said?.text).not.toBe('');
});

test.each<SessionEvent>([
  { type: 'beat', frame, bar: 1, beat: 1 },
  { type: 'kept', frame, tracks: [1] },
])('%j says nothing', (event) => {
  expect(wordOf(event)).toBeUndefined();
});

describe('of two words the last one', () => {
  const word = (at: number, code: string | null): Word => ({ frame: at, level: 'warn', text: 'so', code, track: null });
  const second = 48_000;

  test('is the later', () => {
    expect(lastWord(word(0, 'late'), word(1, 'empty'), second).code).toBe('empty');
    expect(lastWord(word(0, 'empty'), word(1, null), second).code).toBe(null);
    expect(lastWord(null, word(1, 'late'), second).code).toBe('late');
    expect(lastWord(word(0, 'gap'), word(1, 'late'), second).code).toBe('late');
  });

  test('is not trouble of the sound within three seconds of what a stomp came to', () => {
    expect(lastWord(word(0, 'empty'), word(3 * second - 1, 'late'), second).code).toBe('empty');
    expect(lastWord(word(0, 'empty'), word(3 * second, 'late'), second).code).toBe('late');
  });
});

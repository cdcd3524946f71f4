import { rules } from '../../../src/core/health/rules.ts';
import { lastNotice, noticeOf, refusalWords } from '../../../src/core/lcd/saying.ts';
import type { SessionEvent } from '../../../src/core/session/event.ts';
import { refusalCodes } from '../../../src/core/session/refusal.ts';

const said = (event: SessionEvent) => noticeOf(event, 48_000)?.text;
const frame = 7;
const hot = { code: 'hot', level: 'warn', title: 'Hot', text: '...', sinceSeconds: 3 } as const;

test('each refusal has words of its own that fit the line', () => {
  const words = refusalCodes.map((code) => refusalWords[code]);
  expect(words.filter((text) => text.length > 16 || text.length < 5)).toEqual([]);
  expect(new Set(words).size).toBe(words.length);
});

test('the title of each warning fits the line', () => {
  expect(rules.filter(({ title }) => title.length > 16)).toEqual([]);
});

test.each<[SessionEvent, string | undefined]>([
  [{ type: 'beat', frame, bar: 1, beat: 1 }, undefined],
  [{ type: 'track', frame, track: 1, state: 'PLAYING' }, undefined],
  [{ type: 'kept', frame, tracks: [1] }, undefined],
  [{ type: 'refused', frame, code: 'tracks-not-empty', reason: '...' }, 'Clear all first'],
  [{ type: 'clip', frame }, 'TOO LOUD'],
  [{ type: 'late', frame }, 'A block was late'],
  [{ type: 'gap', frame, frames: 0 }, 'Xrun'],
  [{ type: 'gap', frame, frames: 480 }, 'Lost 10.0 ms'],
  [{ type: 'captureGap', frame, track: 64, frames: 3 }, 'Hole in track 64'],
  [{ type: 'interface', frame, state: 'lost' }, 'Interface lost'],
  [{ type: 'interface', frame, state: 'back' }, 'Interface here'],
  [{ type: 'undo', frame, deed: 'capture', tracks: [1] }, 'Undo capture'],
  [{ type: 'redo', frame, deed: 'retake', tracks: [1] }, 'Redo retake'],
  [{ type: 'retake', frame, track: 64, startFrame: 0, endFrame: 1, nudgeFrames: 0 }, 'Track 64 recut'],
  [{ type: 'storage', frame, state: 'trouble', code: 'disk-full', reason: '...' }, 'NOT SAVED'],
  [{ type: 'storage', frame, state: 'well' }, 'Saved again'],
  [{ type: 'warning', frame, state: 'came', warning: hot }, 'Hot'],
  [{ type: 'warning', frame, state: 'ended', warning: hot }, undefined],
  [{ type: 'set', frame, phase: 'loaded', name: 'Song one' }, 'Song one'],
  [{ type: 'set', frame, phase: 'restored', name: null }, 'Set is here'],
  [{ type: 'set', frame, phase: 'saved', name: 'Song one' }, 'Saved Song one'],
  [{ type: 'set', frame, phase: 'loading', name: 'Song one' }, undefined],
  [{ type: 'set', frame, phase: 'new', name: null }, 'New set'],
  [{ type: 'set', frame, phase: 'failed', code: 'x', reason: '...' }, 'Set: failed'],
  [{ type: 'imported', frame, track: 64 }, 'Track 64 read'],
  [{ type: 'unreadable', frame, track: 64, reason: '...' }, 'No loop in 64'],
  [{ type: 'forgotten', frame, steps: 3 }, undefined],
  [{ type: 'latency', frame, frames: 100, source: 'manual' }, undefined],
  [{ type: 'calibration', frame, phase: 'started' }, undefined],
  [{ type: 'calibration', frame, phase: 'cancelled' }, 'Measuring ended'],
  [{ type: 'calibration', frame, phase: 'failed', code: 'feedback', reason: '...' }, 'Nothing measured'],
  [
    {
      ...{ type: 'calibration', frame, phase: 'succeeded', latencyFrames: 960 },
      ...{ exactFrames: 960.2, spreadFrames: 0.1, confidence: 1, side: 0 },
    } as SessionEvent,
    'Trip 20.0 ms',
  ],
])('%j', (event, text) => expect(said(event)).toBe(text));

describe('the later of two is read', () => {
  const word = { frame: 0, text: 'Too late', isTrouble: false };
  const trouble = (at: number) => ({ frame: at, text: 'Xrun', isTrouble: true });

  test.each([
    [undefined, trouble(1), 'Xrun'],
    [word, trouble(143_999), 'Too late'],
    [word, trouble(144_000), 'Xrun'],
    [trouble(0), trouble(1), 'Xrun'],
    [trouble(0), word, 'Too late'],
    [word, { ...word, frame: 1, text: 'New set' }, 'New set'],
  ])('%j, then %j', (before, after, text) => {
    expect(lastNotice(before, after, 48_000).text).toBe(text);
  });
});

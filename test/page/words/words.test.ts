import { alarmsOf } from '../../../src/page/words/alarms.ts';
import { deedText, secondThoughtText } from '../../../src/page/words/deeds.ts';
import { bpmText, duration, megabytes } from '../../../src/page/words/quantities.ts';
import { sentence } from '../../../src/page/words/sentence.ts';
import type { StateView, TrackPicture } from '../../../src/protocol/hindsight-v1.ts';
import { empty, session, track } from '../states.ts';

const became = (before: TrackPicture, after: TrackPicture) => deedText(session({ tracks: [before] }), [after])?.text;

test.each([
  [empty(1), track('RECORDING'), 'track 1 captures 4 bars, up to the bar line'],
  [empty(1), track('PLAYING'), 'track 1 plays the last 4 bars'],
  [track('RECORDING'), track('PLAYING'), 'track 1 plays the last 4 bars'],
  [track('STOPPED'), { ...track('TRIGGERED'), waitsFor: 'start' } as const, 'track 1 starts at the bar line'],
  [{ ...track('TRIGGERED'), waitsFor: 'start' } as const, track('PLAYING'), 'track 1 plays'],
  [track('PLAYING'), track('STOPPING'), 'track 1 stops at the bar line'],
  [track('STOPPING'), track('PLAYING'), 'track 1 plays on'],
  [track('STOPPING'), track('STOPPED'), 'track 1 is stopped'],
  [track('PLAYING'), empty(1), 'track 1 is empty'],
  [track('PLAYING'), track('PLAYING', { lostFrames: 2 }), undefined],
])('a track that was one thing and is another is told: %#', (before, after, words) => {
  expect(became(before, after)).toBe(words);
});

test('many tracks at once are counted', () => {
  const before = session({ tracks: [1, 2, 3].map((id) => track('PLAYING', {}, id)) });
  expect(deedText(before, [1, 2, 3].map(empty))?.text).toBe('3 tracks changed');
});

test('undo and redo say what they would take back', () => {
  expect(secondThoughtText('undo', 'capture')).toBe('Undo capture');
  expect(secondThoughtText('redo', 'reset')).toBe('Redo reset');
  expect(secondThoughtText('undo', null)).toBe('Undo');
});

test('there is no alarm when all is well', () => {
  expect(alarmsOf(session())).toEqual([]);
});

test('what goes on is told for as long as it does', () => {
  const state = session({
    interface: { state: 'away', title: null, blockFrames: 256, queueBlocks: 2 },
    storage: { state: 'trouble', code: 'disk-full', reason: 'the disk is full' },
    set: { name: null, incoming: { name: 'Encore', phase: 'waiting' } },
  });
  expect(alarmsOf(state)).toEqual([
    { level: 'bad', title: 'No interface', detail: 'Loops go on when it is back' },
    { level: 'bad', title: 'Disk trouble', detail: 'Not kept: the disk is full' },
    { level: 'busy', title: '“Encore”', detail: 'comes in at the bar line' },
  ]);
});

test.each([
  ['track 3 plays', 'Track 3 plays'],
  ['sets: saved as "Encore"', 'Saved as "Encore"'],
  ['latency: 421 frames = 8.77 ms, measured', 'Latency: 421 frames = 8.77 ms, measured'],
])('%j is said as %j', (text, words) => {
  expect(sentence(text)).toBe(words);
});

test('quantities are short', () => {
  expect([bpmText(120), bpmText(92.5), bpmText(93.333)]).toEqual(['120', '92.5', '93.3']);
  expect([duration(12), duration(185), duration(7800)]).toEqual(['12 s', '3 min 5 s', '2 h 10 min']);
  expect([megabytes(3 * 2 ** 20), megabytes(3 * 2 ** 30)]).toEqual(['3 MB', '3.0 GB']);
});

test('what is bad is an alarm of its own, what may come to that is not, and nothing is told twice', () => {
  const warning = (code: StateView['warnings'][number]['code'], level: 'bad' | 'warn') => ({
    ...{ code, level, title: `The ${code}`, text: `${code} is to be mended`, sinceSeconds: 1 },
  });
  const warnings = [warning('interface-away', 'bad'), warning('under-voltage', 'bad'), warning('hot', 'warn')];
  expect(alarmsOf(session({ warnings }))).toEqual([
    { level: 'bad', title: 'The under-voltage', detail: 'Under-voltage is to be mended' },
  ]);
});

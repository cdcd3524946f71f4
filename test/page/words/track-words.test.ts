import { momentAt } from '../../../src/page/time/moment.ts';
import { goingOf } from '../../../src/page/time/pass.ts';
import { loopRemark, padLabel, padWord, stateWord, unitWord } from '../../../src/page/words/track-words.ts';
import type { TrackPicture } from '../../../src/protocol/hindsight-v1.ts';
import { empty, rate, session, track } from '../states.ts';

const moment = momentAt({ rate, bpm: 120, beatsPerBar: 4, origin: 0 }, 9 * 24_000);
const label = (one: TrackPicture) => padLabel(one, goingOf(one, moment), session());
const waits = (waitsFor: 'capture' | 'start' | 'read'): TrackPicture => ({
  ...track('TRIGGERED', { passBeat: 12 }),
  waitsFor,
});

test.each([
  [empty(3), 'Track 3, empty, a stomp captures the last 4 bars'],
  [track('PLAYING', { passBeat: 0 }, 3), 'Track 3, playing, 2 bars left of 4'],
  [track('PLAYING', { passBeat: 8, beats: 4 }, 3), 'Track 3, playing, 1 bar left of 1'],
  [track('STOPPING', { passBeat: 0 }, 3), 'Track 3, stops at the bar, 3 beats left'],
  [track('STOPPED', {}, 3), 'Track 3, stopped, 4 bars'],
  [track('RECORDING', { endFrame: 12 * 24_000 }, 3), 'Track 3, captures, 3 beats left'],
  [waits('start'), 'Track 1, waits for the bar, 3 beats left'],
  [waits('read'), 'Track 1, waits for the disk'],
])('a screen reader says of a pad: %#', (one, words) => {
  expect(label(one)).toBe(words);
});

test('each state has another word', () => {
  const all = [empty(1), waits('start'), waits('read'), track('RECORDING'), track('PLAYING'), track('STOPPED')];
  const words = [...all, track('STOPPING')].map(stateWord);
  expect(new Set(words).size).toBe(words.length);
});

test('word, number and unit on a pad make a sentence', () => {
  const sentence = (one: TrackPicture) => {
    const going = goingOf(one, moment);
    return going === undefined ? padWord(one) : `${padWord(one)} ${going.left} ${unitWord(going)}`;
  };
  expect(sentence(waits('start'))).toBe('starts in 3 beats');
  expect(sentence(track('STOPPING', { passBeat: 0 }))).toBe('stops in 3 beats');
  expect(sentence(waits('read'))).toBe('reading');
  expect(sentence(track('PLAYING', { passBeat: 0 }))).toBe('playing 2 bars left');
  expect(sentence(track('STOPPED', { beats: 4 }))).toBe('stopped 1 bar');
});

test('what is amiss with a loop is remarked', () => {
  expect(loopRemark(empty(1))).toBeUndefined();
  expect(loopRemark(track('PLAYING'))).toBeUndefined();
  expect(loopRemark(track('STOPPED', { sound: 'disk' }))).toBe('from disk');
  expect(loopRemark(track('PLAYING', { lostFrames: 3 }))).toBe('has a gap');
});

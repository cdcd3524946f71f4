import type { SessionState } from '../../../src/core/session/state.ts';
import { heldSet, isComplete } from '../../../src/core/set/held-set.ts';
import type { Track } from '../../../src/core/track/state.ts';
import { aForm, aSet } from '../session/a-set.ts';
import { asked, course, happened, loopOf } from '../session/course.ts';
import { loop, loopFact, type Situation, sessionIn, situations, trackIn } from '../session/situations.ts';

const frame = 385_000;

const keptOf = (situation: Situation, changed: Partial<typeof loop> = {}) => {
  const tracks = [trackIn('EMPTY', 1), trackIn(situation, 2, { ...loop, ...changed }), trackIn('EMPTY', 3)];
  return heldSet(sessionIn('EMPTY', { tracks })).tracks;
};

test('a set has the tempo, meter, bars, click and name of the session', () => {
  expect(heldSet(sessionIn('EMPTY', { setName: 'tuesday', bars: 4 }))).toEqual({
    ...{ name: 'tuesday', bpm: 120, beatsPerBar: 4, bars: 4, click: { volume: 0.5, muted: false }, tracks: [] },
  });
});

test.each(situations)('a track is kept with all that is to be known of it, and whether it plays: %s', (situation) => {
  const playing = !['STOPPING', 'STOPPED'].includes(situation);
  const form = { loopId: 5, frames: 97_200, leadFrames: 1200, beats: 4, phaseBeats: 0, latencyFrames: 100 };
  const kept = { track: 2, playing, loop: { ...form, nudgeFrames: 0, lostFrames: 0 } };
  expect(keptOf(situation)).toEqual(situation === 'EMPTY' ? [] : [kept]);
});

test.each(situations)('a loop that is still coming in is not in it: %s', (situation) => {
  expect([keptOf(situation, { sound: 'tape' }), keptOf(situation, { sound: 'file' })]).toEqual([[], []]);
});

test('a loop that waits to be read is, and plays when it will', () => {
  const disk = { ...loop, sound: 'disk' as const, stored: 'a1' };
  const waits: Track = { id: 2, state: 'TRIGGERED', loop: disk, waitsFor: 'read' };
  const tracks = [trackIn('STOPPED', 1, disk), waits, trackIn('EMPTY', 3)];
  expect(heldSet(sessionIn('EMPTY', { tracks })).tracks).toMatchObject([
    { track: 1, playing: false },
    { track: 2, playing: true },
  ]);
});

test('a set that is converted as it is read is not there as a whole until then', () => {
  const state = (changed: Partial<typeof loop>) =>
    sessionIn('EMPTY', { tracks: [trackIn('STOPPED', 1, { ...loop, ...changed })] });
  expect(isComplete(state({ sound: 'disk' }))).toBe(false);
  for (const changed of [{ sound: 'disk', stored: 'a1' }, { sound: 'here' }, { sound: 'tape' }] as const) {
    expect(isComplete(state(changed))).toBe(true);
  }
});

test('place in the bar, nudge and lost frames are kept', () => {
  const changed = { startBeat: -3, endBeat: 1, nudgeFrames: -48, lostFrames: 7 };
  expect(keptOf('PLAYING', changed)[0]?.loop).toMatchObject({
    phaseBeats: 1,
    beats: 4,
    nudgeFrames: -48,
    lostFrames: 7,
  });
});

test('while a retake comes in, the loop that it replaces is kept in its place', () => {
  const retaken = course(sessionIn('PLAYING'), asked(frame, { type: 'retake', track: 2, moreBars: 1 })).session;
  expect(heldSet(retaken).tracks).toMatchObject([{ track: 2, loop: { loopId: 5 } }]);
  const whole = course(retaken, happened(loopFact('captureCommitted', { loopId: 6 }))).session;
  expect(heldSet(whole).tracks).toMatchObject([{ track: 2, playing: true, loop: { loopId: 6, beats: 8 } }]);
});

test('a set comes back as it was kept', () => {
  const set = aSet({ tracks: [{ track: 1, playing: true, loop: aForm(-1, 8, 1) }, ...aSet().tracks.slice(1)] });
  const restored = (session: SessionState) => course(session, { type: 'setRestored', frame, set, plays: true }).session;
  const session = restored(sessionIn('EMPTY'));
  expect(heldSet(session)).toEqual(set);
  expect(loopOf(session, 1)?.startBeat).toBe(1);
});

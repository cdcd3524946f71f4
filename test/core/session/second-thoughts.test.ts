import type { SessionCommand } from '../../../src/core/session/command.ts';
import type { SessionInput } from '../../../src/core/session/outcome.ts';
import type { SessionState } from '../../../src/core/session/state.ts';
import type { Track } from '../../../src/core/track/state.ts';
import { asked, course, happened, loopOf } from './course.ts';
import { loop, loopFact, sessionIn, situationOf, situations, trackIn } from './situations.ts';

const bar = 96_000;
/** Bar 4 has begun. */
const frame = 4 * bar + 1000;
const next = 5 * bar;

const undo = asked(frame, { type: 'undo' });
const redo = asked(frame, { type: 'redo' });
const clear = asked(frame, { type: 'clear', track: 2 });
const reset = asked(frame, { type: 'reset' });
const stomp = asked(frame, { type: 'stomp', track: 2 });
const started = happened(loopFact('loopStarted', { loopId: 6 }));
const recording = happened(loopFact('captureStarted', { loopId: 6 }));

const playing = (changed: Partial<SessionState> = {}): SessionState => {
  const track: Track = { id: 2, state: 'PLAYING', loop, passBeat: 8 };
  return sessionIn('EMPTY', { tracks: [trackIn('EMPTY', 1), track, trackIn('EMPTY', 3)], ...changed });
};

const states = ({ tracks }: SessionState) => tracks.map(situationOf);
const deeds = ({ history }: SessionState) => history.past.map(({ deed }) => deed);

describe('undo takes back', () => {
  test('a capture that plays: the track is empty, and all of it can be had again', () => {
    const { session, effects, events } = course(sessionIn('EMPTY'), stomp, recording, started, undo);
    expect(states(session)).toEqual(['EMPTY', 'EMPTY', 'EMPTY']);
    expect(effects.slice(1)).toEqual([{ type: 'clear', track: 2 }]);
    expect(events.at(-1)).toEqual({ type: 'undo', frame, deed: 'capture', tracks: [2] });
    const again = course(session, redo);
    expect(again.effects).toMatchObject([{ type: 'start', track: 2, loopId: 6, atBeat: 16 }]);
    expect(again.events).toContainEqual({ type: 'redo', frame, deed: 'capture', tracks: [2] });
    expect(again.session.tracks[1]).toMatchObject({ state: 'TRIGGERED', waitsFor: 'start', loop: { id: 6 } });
  });

  test.each(['PLAYING', 'STOPPED', 'STOPPING', 'TRIGGERED/start'] as const)(
    'a clear of a track that was %s',
    (state) => {
      const before = sessionIn(state);
      const { session } = course(before, clear, undo);
      expect(loopOf(session)).toEqual(loop);
      const sounds = state === 'PLAYING' || state === 'TRIGGERED/start';
      expect(situationOf(session.tracks[1])).toBe(sounds ? 'TRIGGERED/start' : 'STOPPED');
    },
  );

  test('a reset: all tracks together, in the passes in which they were', () => {
    const tracks: readonly Track[] = [
      { id: 1, state: 'PLAYING', loop: { ...loop, id: 4 }, passBeat: 12 },
      { id: 2, state: 'PLAYING', loop, passBeat: 9 },
      { id: 3, state: 'STOPPED', loop: { ...loop, id: 3 } },
    ];
    const { session, effects } = course(sessionIn('EMPTY', { tracks }), reset, undo);
    expect(states(session)).toEqual(['TRIGGERED/start', 'TRIGGERED/start', 'STOPPED']);
    expect(effects.slice(3)).toMatchObject([
      { type: 'start', loopId: 4, atBeat: 16 },
      { type: 'start', loopId: 5, atBeat: 13 },
      { type: 'clear', track: 3 },
    ]);
  });

  test('a new set like a reset', () => {
    const made = course(playing({ setName: 'tuesday' }), asked(frame, { type: 'newSet' }));
    expect([states(made.session)[1], made.session.setName]).toEqual(['EMPTY', null]);
    expect(made.events).toContainEqual({ type: 'set', frame, phase: 'new', name: null });
    expect(loopOf(course(made.session, undo).session)).toEqual(loop);
  });

  test('one thing after the other, the last one first', () => {
    const { session } = course(playing(), clear, stomp, recording, started);
    expect(deeds(session)).toEqual(['clear', 'capture']);
    const once = course(session, undo).session;
    expect([deeds(once), situationOf(once.tracks[1])]).toEqual([['clear'], 'EMPTY']);
    const twice = course(once, undo).session;
    expect([deeds(twice), loopOf(twice)]).toEqual([[], loop]);
    const redone = course(twice, redo, redo).session;
    expect(loopOf(redone)?.id).toBe(6);
  });

  test('nothing where there is nothing', () => {
    for (const situation of situations) {
      const before = sessionIn(situation);
      for (const input of [undo, redo]) {
        const { session, effects, codes } = course(before, input);
        expect([session, effects]).toEqual([before, []]);
        expect(codes[0]).toMatch(/nothing-to-(undo|redo)/);
      }
    }
  });
});

test('what is done next cannot be done again', () => {
  const { session, effects } = course(sessionIn('EMPTY'), stomp, recording, started, undo, stomp);
  expect(session.history.future).toEqual([]);
  expect(effects).toContainEqual({ type: 'release', loopId: 6 });
  expect(course(session, redo).codes).toEqual(['nothing-to-redo']);
});

test('a track that was stopped meanwhile comes back stopped', () => {
  const stopped = [asked(frame, { type: 'stop', track: 2 }), happened(loopFact('loopStopped', { loopId: 6 }))];
  const { session } = course(sessionIn('EMPTY'), stomp, recording, started, ...stopped, undo, redo);
  expect(session.tracks[1]).toMatchObject({ state: 'STOPPED', loop: { id: 6 } });
});

describe('at the bar line', () => {
  const at = (type: 'undo' | 'redo'): SessionInput => asked(frame, { type, at: 'bar' });

  test('a clear silences from there on, and the track is empty already', () => {
    const { session, effects } = course(playing(), asked(frame, { type: 'clear', track: 2, at: 'bar' }));
    expect([states(session)[1], effects]).toEqual(['EMPTY', [{ type: 'clear', track: 2, atFrame: next }]]);
  });

  test('undo and redo are heard from there on', () => {
    const cleared = course(playing(), clear).session;
    const undone = course(cleared, at('undo'));
    expect(undone.effects).toMatchObject([{ type: 'start', loopId: 5, atBeat: 20 }]);
    const redone = course(undone.session, happened(loopFact('loopStarted')), at('redo'));
    expect(redone.effects).toEqual([{ type: 'clear', track: 2, atFrame: next }]);
  });

  test('on the very line the next one is meant', () => {
    const cleared = course(playing(), clear).session;
    const { effects } = course(cleared, asked(next, { type: 'undo', at: 'bar' }));
    expect(effects).toMatchObject([{ type: 'start', atBeat: 24 }]);
  });
});

describe('a capture that has not sounded yet', () => {
  const pending = course(sessionIn('EMPTY'), stomp).session;

  test.each([
    ['waiting', []],
    ['being recorded', [recording]],
  ] as const)('is taken back as by a stomp, and leaves no step: %s', (_, facts) => {
    const { session, effects } = course(pending, ...facts, undo);
    expect(effects).toEqual([{ type: 'takeBack', track: 2, loopId: 6 }]);
    const after = course(session, happened(loopFact('captureDropped', { loopId: 6 })));
    expect([states(after.session)[1], deeds(after.session)]).toEqual(['EMPTY', []]);
    expect(after.effects).toEqual([{ type: 'release', loopId: 6 }]);
  });

  test('leaves no step when it fails', () => {
    const { session } = course(pending, happened(loopFact('captureFailed', { loopId: 6 })));
    expect([states(session)[1], deeds(session)]).toEqual(['EMPTY', []]);
  });

  test('leaves no step when it is cleared', () => {
    expect(deeds(course(pending, clear).session)).toEqual([]);
  });

  test('leaves no step when the interface goes', () => {
    const early = asked(frame + 80_000, { type: 'stomp', track: 2 });
    const { session } = course(sessionIn('EMPTY'), early, happened({ type: 'interfaceLost', frame: frame + 85_000 }));
    expect([states(session)[1], deeds(session)]).toEqual(['EMPTY', []]);
  });

  test('has no part in the step of a reset, of which other tracks have theirs', () => {
    const both: SessionState = playing();
    const { session } = course(both, asked(frame, { type: 'stomp', track: 3 }), reset);
    expect(session.history.past).toMatchObject([{ deed: 'reset', before: [{ track: 2 }], after: [{ track: 2 }] }]);
    expect(states(course(session, undo).session)).toEqual(['EMPTY', 'TRIGGERED/start', 'EMPTY']);
  });

  test('that fails takes no step of another track with it', () => {
    const other = asked(frame, { type: 'clear', track: 2 });
    const { session } = course(
      playing(),
      ...[asked(frame, { type: 'stomp', track: 3 }), other],
      happened(loopFact('captureFailed', { loopId: 6, track: 3 })),
    );
    expect(deeds(session)).toEqual(['clear']);
  });
});

describe('a loop that came to nothing in the midst of what was done', () => {
  test('gives its place to the one before it', () => {
    const retake = (laterBeats: number) => asked(frame, { type: 'retake', track: 2, laterBeats } as SessionCommand);
    const { session } = course(playing(), retake(-1), retake(-1), happened(loopFact('captureFailed', { loopId: 6 })));
    expect(session.history.past).toMatchObject([{ before: [{ loop: { id: 5 } }], after: [{ loop: { id: 7 } }] }]);
    expect(loopOf(course(session, undo).session)).toEqual(loop);
  });

  test('has no part in a reset any more, of which the other tracks have theirs', () => {
    const unread: Track = { id: 1, state: 'STOPPED', loop: { ...loop, id: -1, sound: 'disk', played: false } };
    const before = sessionIn('EMPTY', { tracks: [unread, trackIn('PLAYING'), trackIn('EMPTY', 3)] });
    const { session } = course(before, reset, { type: 'loopUnreadable', frame, loopId: -1, reason: 'it is damaged' });
    expect(states(course(session, undo).session)).toEqual(['EMPTY', 'TRIGGERED/start', 'EMPTY']);
  });
});

describe('at another tempo', () => {
  const slow = asked(frame, { type: 'setBpm', bpm: 90 });

  test('the tempo comes back with the loops, which are not those of the tape any more', () => {
    const { session, effects, codes } = course(playing(), clear, slow, undo);
    expect([codes, session.grid.bpm]).toEqual([[], 120]);
    expect(effects.slice(2)).toMatchObject([
      { type: 'setGrid', grid: { bpm: 120 } },
      { type: 'start', loopId: 5 },
    ]);
    expect(loopOf(session)).toMatchObject({ startBeat: 4, endBeat: 8, played: true });
    const later = asked(frame + 5000, { type: 'undo' });
    const moved = course(playing(), clear, slow, later).session;
    expect(loopOf(moved)).toMatchObject({ startBeat: 4, endBeat: 8, played: false });
    expect(course(moved, asked(frame, { type: 'retake', track: 2, moreBars: 1 })).codes).toEqual(['not-on-tape']);
  });

  test('so does the meter', () => {
    const { session } = course(playing(), clear, asked(frame, { type: 'setBeatsPerBar', beatsPerBar: 3 }), undo);
    expect([session.grid.beatsPerBar, loopOf(session)?.id]).toEqual([4, 5]);
  });

  test('loops keep their passes to each other', () => {
    const two = { ...loop, endBeat: 12, endFrame: 3 * bar };
    const tracks: readonly Track[] = [
      { id: 1, state: 'PLAYING', loop: { ...two, id: 4 }, passBeat: 12 },
      { id: 2, state: 'PLAYING', loop: two, passBeat: 16 },
      trackIn('EMPTY', 3),
    ];
    const { effects } = course(sessionIn('EMPTY', { tracks }), reset, slow, asked(frame + 5000, { type: 'undo' }));
    expect(effects.slice(-2)).toMatchObject([{ atBeat: 12 }, { atBeat: 16 }]);
  });

  test('it is refused while another track holds a loop of the new one', () => {
    const cleared = course(playing(), clear).session;
    const grid = { ...cleared.grid, bpm: 90 };
    const tracks = [trackIn('PLAYING', 1, { ...loop, id: 4 }), trackIn('EMPTY', 2), trackIn('EMPTY', 3)];
    const before = { ...cleared, grid, tracks };
    const { session, effects, codes } = course(before, undo);
    expect([codes, effects, session]).toEqual([['other-tempo'], [], before]);
  });
});

test('when memory is short the oldest steps go, and that is told', () => {
  const full = playing({ budgetFrames: 2 * 98_304 });
  const { session, events, effects } = course(full, clear, stomp, recording, started, clear);
  expect(deeds(session)).toEqual(['clear', 'capture', 'clear']);
  const { session: after, ...more } = course(session, stomp);
  expect(more.events).toContainEqual({ type: 'forgotten', frame, steps: 1 });
  expect(more.effects[0]).toEqual({ type: 'release', loopId: 5 });
  expect(deeds(after)).toEqual(['capture', 'clear', 'capture']);
  expect([events, effects].flat().filter(({ type }) => type === 'forgotten' || type === 'release')).toEqual([]);
});

test('frames that are lost while a loop comes in are known of it also once it is cleared', () => {
  const { session, events } = course(
    playing({ latencyFrames: 0 }),
    asked(2 * bar, { type: 'clear', track: 2 }),
    happened({ type: 'gap', frame: loop.endFrame + 50, frames: 20 }),
    undo,
  );
  expect(loopOf(session)?.lostFrames).toBe(20);
  expect(events.filter(({ type }) => type === 'captureGap')).toEqual([]);
});

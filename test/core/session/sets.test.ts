import type { SessionCommand } from '../../../src/core/session/command.ts';
import type { SessionInput } from '../../../src/core/session/outcome.ts';
import type { SessionState } from '../../../src/core/session/state.ts';
import type { HeldSet } from '../../../src/core/set/kept-set.ts';
import type { Track } from '../../../src/core/track/state.ts';
import { aForm, aSet, read, unreadable } from './a-set.ts';
import { asked, course, happened, loopOf } from './course.ts';
import { loop, loopFact, sessionIn, situationOf, trackIn } from './situations.ts';

const bar = 96_000;
/** Bar 4 has begun. */
const frame = 4 * bar + 1000;
const next = 5 * bar;

const playing = (changed: Partial<SessionState> = {}): SessionState => {
  const track: Track = { id: 2, state: 'PLAYING', loop, passBeat: 8 };
  return sessionIn('EMPTY', { tracks: [trackIn('EMPTY', 1), track, trackIn('EMPTY', 3)], ...changed });
};
const empty = (changed: Partial<SessionState> = {}): SessionState => sessionIn('EMPTY', changed);

const restored = (set: HeldSet, plays: boolean): SessionInput => ({ type: 'setRestored', frame, set, plays });
const found = (set: HeldSet = aSet()): SessionInput => ({ type: 'setFound', frame, set });
const command = (one: SessionCommand, at = frame): SessionInput => asked(at, one);
const gridSet = (id = 1): SessionInput => happened({ type: 'gridSet', frame: next, id });
const states = ({ tracks }: SessionState) => tracks.map(situationOf);

describe('the set of last time', () => {
  test('is there before its loops are read: stopped, with its tempo, meter, bars, click and name', () => {
    const { session, effects, events } = course(empty(), restored(aSet({ bpm: 90, beatsPerBar: 3 }), false));
    expect(states(session)).toEqual(['STOPPED', 'EMPTY', 'STOPPED']);
    expect(loopOf(session, 1)).toMatchObject({ id: -1, startBeat: 0, endBeat: 4, sound: 'disk', played: false });
    expect(session).toMatchObject({
      ...{ setName: 'tuesday', bars: 2, click: { volume: 0.25, muted: true }, grid: { bpm: 90, beatsPerBar: 3 } },
    });
    expect(effects).toEqual([
      { type: 'setGrid', grid: session.grid },
      { type: 'setClick', volume: 0.25, muted: true },
      { type: 'hold', track: 1, loopId: -1, beats: 4, frames: 97_200, leadFrames: 1200 },
      { type: 'hold', track: 3, loopId: -2, beats: 8, frames: 193_200, leadFrames: 1200 },
    ]);
    expect(events).toContainEqual({ type: 'set', frame, phase: 'restored', name: 'tuesday' });
  });

  test('plays what played, where that is asked for, from the next bar line after all of that is read', () => {
    const { session } = course(empty(), restored(aSet(), true));
    expect(states(session)).toEqual(['TRIGGERED/read', 'EMPTY', 'STOPPED']);
    const { session: after, effects } = course(session, ...read(frame, -1));
    expect(effects).toEqual([{ type: 'start', track: 1, loopId: -1, grid: session.grid, atBeat: 20 }]);
    expect(states(after)).toEqual(['TRIGGERED/start', 'EMPTY', 'STOPPED']);
  });

  test('comes without the tracks that are not there', () => {
    const set = aSet({ tracks: [{ track: 4, playing: true, loop: aForm(-1) }, ...aSet().tracks.slice(1)] });
    const { session, effects } = course(empty(), restored(set, true), ...read(frame, -1));
    expect(states(session)).toEqual(['EMPTY', 'EMPTY', 'STOPPED']);
    expect(effects.filter(({ type }) => type === 'hold')).toHaveLength(1);
  });

  test.each<[string, SessionState, string]>([
    ['memory is too small', empty({ budgetFrames: 200_000 }), 'memory-full'],
    ['something was captured before', playing(), 'not-empty'],
  ])('does not come where %s', (_, before, code) => {
    const { session, effects, codes } = course(before, restored(aSet(), false));
    expect([codes, effects, session]).toEqual([[code], [], before]);
  });

  test('comes without a loop that cannot be read', () => {
    const { session, effects, events } = course(empty(), restored(aSet(), false), unreadable(frame, -1));
    expect(states(session)).toEqual(['EMPTY', 'EMPTY', 'STOPPED']);
    expect(effects.slice(-2)).toEqual([
      { type: 'clear', track: 1 },
      { type: 'release', loopId: -1 },
    ]);
    expect(events).toContainEqual({ type: 'unreadable', frame, track: 1, reason: 'it is damaged' });
  });
});

describe('a start of a loop that is still to be read', () => {
  const start = (track: number) => command({ type: 'start', track });
  const stopped = course(empty(), restored(aSet(), false)).session;

  test('waits for it, and a second stomp takes it back', () => {
    const { session, effects } = course(stopped, start(1));
    expect([states(session)[0], effects]).toEqual(['TRIGGERED/read', []]);
    expect(course(session, command({ type: 'stomp', track: 1 })).session.tracks).toEqual(stopped.tracks);
    expect(course(session, command({ type: 'stop', track: 1 })).session.tracks).toEqual(stopped.tracks);
  });

  test('begins together with the others that wait', () => {
    const { session, effects } = course(stopped, start(1), start(3), ...read(frame, -2));
    expect([states(session), effects]).toEqual([['TRIGGERED/read', 'EMPTY', 'TRIGGERED/read'], []]);
    expect(course(session, ...read(frame + bar, -1)).effects).toMatchObject([
      { type: 'start', track: 1, atBeat: 24 },
      { type: 'start', track: 3, atBeat: 24 },
    ]);
  });

  test.each<[string, SessionInput]>([
    ['stopped', command({ type: 'stop', track: 3 })],
    ['cleared', command({ type: 'clear', track: 3 })],
    ['found to be unreadable', unreadable(frame, -2)],
  ])('waits no more for another one that is %s', (_, input) => {
    const { effects } = course(stopped, start(1), start(3), ...read(frame, -1), input);
    expect(effects).toContainEqual(expect.objectContaining({ type: 'start', track: 1, atBeat: 20 }));
  });

  test('that is read just before the line begins at the one after it', () => {
    const waiting = course(stopped, start(1)).session;
    const at = (when: number) => course(waiting, ...read(when, -1)).effects;
    expect(at(next - 2401)).toMatchObject([{ atBeat: 20 }]);
    expect(at(next - 2400)).toMatchObject([{ atBeat: 24 }]);
  });

  test('keeps its place in the bar', () => {
    const set = aSet({ tracks: [{ track: 1, playing: false, loop: aForm(-1, 4, 1) }] });
    const { effects } = course(empty(), restored(set, false), start(1), ...read(frame, -1));
    expect(effects.at(-1)).toMatchObject({ type: 'start', atBeat: 17, fromFrame: next });
  });
});

describe('a set that is loaded while loops play', () => {
  const other = aSet({ bpm: 90, beatsPerBar: 3 });
  const grid = { rate: 48_000, bpm: 90, beatsPerBar: 3, origin: next };

  test('is read, then waits for the bar line, and takes the place of all there is', () => {
    const reading = course(playing({ history: { past: [], future: [] } }), found(other));
    expect(reading.effects.map(({ type }) => type)).toEqual(['hold', 'hold']);
    expect(reading.events).toContainEqual({ type: 'set', frame, phase: 'loading', name: 'tuesday' });
    expect(course(reading.session, ...read(frame, -1)).effects).toEqual([]);
    const waiting = course(reading.session, ...read(frame, -1, -2));
    expect(waiting.effects).toEqual([
      { type: 'clear', track: 2, atFrame: next },
      { type: 'start', track: 1, loopId: -1, grid, atBeat: 0 },
      { type: 'setGrid', grid, at: { frame: next, id: 1, click: { volume: 0.25, muted: true } } },
    ]);
    expect(waiting.session.tracks).toEqual(playing().tracks);
    const { session, effects, events } = course(waiting.session, gridSet());
    expect(states(session)).toEqual(['PLAYING', 'EMPTY', 'STOPPED']);
    expect(session.tracks[0]).toMatchObject({ passBeat: 0, loop: { startFrame: next, played: false } });
    expect(session).toMatchObject({ grid, bars: 2, click: { volume: 0.25, muted: true }, setName: 'tuesday' });
    expect([session.history, session.incoming]).toEqual([{ past: [], future: [] }, undefined]);
    expect(effects).toEqual([{ type: 'release', loopId: 5 }]);
    expect(events).toContainEqual({ type: 'set', frame: next, phase: 'loaded', name: 'tuesday' });
  });

  test('keeps the grid where it has the same tempo and meter', () => {
    const { session, effects } = course(playing(), found(), ...read(frame, -1, -2), gridSet());
    expect(session.grid).toEqual(playing().grid);
    expect(effects).toContainEqual({ type: 'start', track: 1, loopId: -1, grid: session.grid, atBeat: 20 });
  });

  test('keeps the place of each loop in its bar', () => {
    const set = aSet({ bpm: 90, tracks: [{ track: 1, playing: true, loop: aForm(-1, 4, 1) }] });
    const { effects } = course(playing(), found(set), ...read(frame, -1));
    expect(effects).toContainEqual(expect.objectContaining({ type: 'start', atBeat: -3, fromFrame: next }));
  });

  test('waits for the line after the next where that is less than 50 ms away', () => {
    const at = (when: number) => course(playing(), found(), ...read(when, -1, -2)).effects.at(-1);
    expect(at(next - 2401)).toMatchObject({ at: { frame: next } });
    expect(at(next - 2400)).toMatchObject({ at: { frame: next + bar } });
  });

  test('comes stopped where nothing plays', () => {
    const silent = sessionIn('STOPPED');
    const { session, effects } = course(silent, found(), ...read(frame, -1, -2), gridSet());
    expect(states(session)).toEqual(['STOPPED', 'EMPTY', 'STOPPED']);
    expect(effects.some(({ type }) => type === 'start')).toBe(false);
  });

  test('comes also where it is empty', () => {
    const { session } = course(playing(), found(aSet({ tracks: [] })), gridSet());
    expect([states(session), session.setName]).toEqual([['EMPTY', 'EMPTY', 'EMPTY'], 'tuesday']);
  });

  test('comes without the loops that cannot be read', () => {
    const { session, events } = course(playing(), found(), unreadable(frame, -1), ...read(frame, -2), gridSet());
    expect(states(session)).toEqual(['EMPTY', 'EMPTY', 'STOPPED']);
    expect(events).toContainEqual({ type: 'unreadable', frame, track: 1, reason: 'it is damaged' });
  });

  test.each<[string, SessionState, string]>([
    ['it does not fit beside what is there', playing({ budgetFrames: 350_000 }), 'memory-full'],
    ['the latency is being measured', playing({ calibration: { phase: 'sounding', id: 1 } }), 'calibrating'],
    ['another one comes in', course(playing(), found()).session, 'set-coming'],
  ])('is refused where %s', (_, before, code) => {
    const { session, effects, codes } = course(before, found(aSet({ name: 'other' })));
    expect([codes, effects, session]).toEqual([[code], [], before]);
  });

  test('takes the memory of what could be undone', () => {
    const before = course(playing({ budgetFrames: 400_000 }), command({ type: 'clear', track: 2 })).session;
    const { effects, events } = course(
      before,
      found(aSet({ tracks: [...aSet().tracks, { track: 2, playing: false, loop: aForm(-3) }] })),
    );
    expect(effects[0]).toEqual({ type: 'release', loopId: 5 });
    expect(events).toContainEqual({ type: 'forgotten', frame, steps: 1 });
  });
});

describe('while a set', () => {
  const reading = course(playing(), found()).session;
  const waiting = course(reading, ...read(frame, -1, -2)).session;

  test.each<SessionCommand>([
    { type: 'stomp', track: 2 },
    { type: 'record', track: 1 },
    { type: 'start', track: 1 },
    { type: 'stop', track: 2 },
    { type: 'clear', track: 2 },
    { type: 'undo' },
    { type: 'redo' },
    { type: 'retake', moreBars: 1 },
    { type: 'setBpm', bpm: 90 },
    { type: 'changeBpm', by: 1 },
    { type: 'setBeatsPerBar', beatsPerBar: 3 },
    { type: 'tap' },
    { type: 'calibrate', mute: true },
    { type: 'loadSet', name: 'other' },
  ])('waits for the bar line, what it would take away is refused: %j', (one) => {
    const { session, effects, codes } = course(waiting, command(one));
    expect([codes, effects, session]).toEqual([['set-coming'], [], waiting]);
  });

  test('is read, all goes on as ever but another one is not loaded', () => {
    expect(course(reading, command({ type: 'stop', track: 2 })).codes).toEqual([]);
    expect(course(reading, command({ type: 'loadSet', by: 1 })).codes).toEqual(['set-coming']);
  });

  test('waits, no file becomes a loop', () => {
    const loopFound: SessionInput = { type: 'loopFound', frame, track: 1, loop: aForm(-9) };
    expect(course(waiting, loopFound).codes).toEqual(['set-coming']);
  });

  test('waits, what the interface takes with it takes nothing from the set', () => {
    const capturing = course(playing(), command({ type: 'stomp', track: 1 }, frame + 80_000)).session;
    const { effects } = course(
      capturing,
      found(),
      ...read(frame + 80_000, -1, -2),
      happened({ type: 'interfaceLost', frame: frame + 85_000 }),
    );
    expect(effects.slice(-3)).toMatchObject([
      { type: 'clear', track: 1 },
      { type: 'start', track: 1, loopId: -1 },
      { type: 'release', loopId: 6 },
    ]);
  });

  test('is read, it does not wait for the bar line before what can be heard is whole', () => {
    const retaken = course(reading, command({ type: 'retake', track: 2, moreBars: 1 }), ...read(frame, -1, -2)).session;
    expect(retaken.incoming?.phase).toBe('reading');
    const whole = course(retaken, happened(loopFact('captureCommitted', { loopId: 6 })));
    expect(whole.session.incoming?.phase).toBe('waiting');
    const failed = course(retaken, happened({ type: 'captureFailed', frame, track: 2, loopId: 6 }));
    expect(failed.session.incoming?.phase).toBe('waiting');
    expect(failed.session.tracks[1]).toMatchObject({ loop: { id: 5 } });
  });

  test.each<SessionCommand>([{ type: 'reset' }, { type: 'newSet' }])('is on its way, it can be stopped: %j', (one) => {
    for (const before of [reading, waiting]) {
      const { session, effects } = course(before, command(one));
      expect([states(session), session.incoming]).toEqual([['EMPTY', 'EMPTY', 'EMPTY'], undefined]);
      expect(effects.slice(-2)).toEqual([
        { type: 'release', loopId: -1 },
        { type: 'release', loopId: -2 },
      ]);
      const takenBack = effects.filter(({ type }) => type === 'setGrid');
      expect(takenBack).toEqual(before === waiting ? [{ type: 'setGrid', grid: before.grid }] : []);
      expect(course(session, gridSet()).session).toEqual(session);
      expect(loopOf(course(session, command({ type: 'undo' })).session)).toEqual(loop);
    }
  });
});

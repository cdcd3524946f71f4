import type { SessionCommand } from '../../../src/core/session/command.ts';
import type { SessionInput } from '../../../src/core/session/outcome.ts';
import type { SessionState } from '../../../src/core/session/state.ts';
import { aForm, read, unreadable } from './a-set.ts';
import { asked, course } from './course.ts';
import { sessionIn, situationOf } from './situations.ts';

const frame = 385_000;

const playing = (): SessionState => sessionIn('PLAYING');
const empty = (changed: Partial<SessionState> = {}): SessionState => sessionIn('EMPTY', changed);
const command = (one: SessionCommand): SessionInput => asked(frame, one);
const states = ({ tracks }: SessionState) => tracks.map(situationOf);

describe('a file that becomes a loop', () => {
  const loopFound = (track: number): SessionInput => ({ type: 'loopFound', frame, track, loop: aForm(-9, 8) });

  test('is there at once, stopped, and is undone like a capture', () => {
    const { session, effects, events } = course(empty(), loopFound(2));
    expect(session.tracks[1]).toMatchObject({ state: 'STOPPED', loop: { id: -9, sound: 'file', played: false } });
    expect(effects).toMatchObject([{ type: 'hold', track: 2, loopId: -9, beats: 8 }]);
    expect([events, session.touched]).toEqual([[expect.anything(), { type: 'imported', frame, track: 2 }], 2]);
    const undone = course(session, command({ type: 'undo' })).session;
    expect(states(undone)[1]).toBe('EMPTY');
    const redone = course(undone, ...read(frame, -9), command({ type: 'redo' })).session;
    expect(redone.tracks[1]).toMatchObject({ state: 'STOPPED', loop: { id: -9, sound: 'here' } });
  });

  test('leaves no step where it cannot be read', () => {
    const { session } = course(empty(), loopFound(2), unreadable(frame, -9));
    expect([states(session)[1], session.history.past]).toEqual(['EMPTY', []]);
  });

  test.each<[string, number, SessionState, string]>([
    ['there is no such track', 4, empty(), 'no-such-track'],
    ['the track holds a loop', 2, playing(), 'not-empty'],
    ['there is no memory for it', 2, empty({ budgetFrames: 100_000 }), 'memory-full'],
  ])('is refused where %s', (_, track, before, code) => {
    const { session, effects, codes } = course(before, loopFound(track));
    expect([codes, effects, session]).toEqual([[code], [], before]);
  });
});

describe('word of the storage', () => {
  test('is told, and the session knows how things stand', () => {
    const trouble = { state: 'trouble', code: 'disk-full', reason: 'the disk is full' } as const;
    const { session, events } = course(
      playing(),
      { type: 'setSaved', frame, name: 'wednesday' },
      { type: 'setKept', frame, loopIds: [5, 99] },
      { type: 'storage', frame, storage: trouble },
      { type: 'setFailed', frame, code: 'set-missing', reason: 'there is none' },
    );
    expect([session.setName, session.storage]).toEqual(['wednesday', trouble]);
    expect(events).toEqual([
      { type: 'set', frame, phase: 'saved', name: 'wednesday' },
      { type: 'kept', frame, tracks: [2] },
      { type: 'storage', frame, ...trouble },
      { type: 'set', frame, phase: 'failed', code: 'set-missing', reason: 'there is none' },
    ]);
  });
});

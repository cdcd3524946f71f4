import fc from 'fast-check';
import { heldLoops, usedFrames } from '../../../src/core/session/held.ts';
import { contentOf, mostSteps, type Step } from '../../../src/core/session/history.ts';
import { type SessionState, trackOf } from '../../../src/core/session/state.ts';
import { AnyShow, type Happening, happenings, type Look } from './any-show.ts';

const runs = { numRuns: 400, seed: 11 };

const show = (list: readonly Happening[], look?: Look): AnyShow => {
  const one = new AnyShow(look);
  for (const happening of list) one.happen(happening);
  return one;
};

const atEachStep = (law: Look): void =>
  fc.assert(
    fc.property(happenings, (list) => void show(list, law)),
    runs,
  );

/** Which loop each track holds. */
const loopIds = ({ tracks }: SessionState) => tracks.map((track) => (track.state === 'EMPTY' ? null : track.loop.id));

const loopIdOn = (session: SessionState, track: number) => {
  const held = trackOf(session, track);
  return held === undefined ? undefined : contentOf(held).loop?.id;
};

describe('whatever happens in a show,', () => {
  test('each loop that is held was given to the engine once, and each that is not was released once', () => {
    atEachStep(({ session }, engine) => {
      expect([...engine.loops].sort()).toEqual([...heldLoops(session).keys()].sort());
    });
  });

  test('loops take no more memory than there is', () => {
    atEachStep(({ session }) => expect(usedFrames(session)).toBeLessThanOrEqual(session.budgetFrames));
  });

  test('what is refused moves no track, forgets no step and asks nothing of the engine', () => {
    let refusals = 0;
    atEachStep(({ before, session, input, refused, effects }) => {
      if (refused === undefined || input.type === 'fact') return;
      refusals += 1;
      expect([session.tracks, session.history, session.incoming]).toEqual([
        before.tracks,
        before.history,
        before.incoming,
      ]);
      expect(effects).toEqual([]);
    });
    expect(refusals).toBeGreaterThan(100);
  });

  test('tracks hold what the last step on them left there, and what the next one that can be done again begins with', () => {
    const disagreeing = (session: SessionState, steps: readonly Step[], side: 'before' | 'after') => {
      const seen = new Set<number>();
      return steps
        .flatMap((step) => step[side])
        .filter(({ track }) => !seen.has(track) && seen.add(track))
        .filter(({ track, loop }) => loop?.id !== loopIdOn(session, track));
    };
    atEachStep(({ session }) => {
      const { past, future } = session.history;
      expect(disagreeing(session, past.toReversed(), 'after')).toEqual([]);
      expect(disagreeing(session, future.toReversed(), 'before')).toEqual([]);
    });
  });

  test('what is undone or done again is told, with the tracks that it is about', () => {
    const seen = { undo: 0, redo: 0 };
    atEachStep(({ before, session, told }) => {
      for (const event of told ?? []) {
        if (event.type !== 'undo' && event.type !== 'redo') continue;
        seen[event.type] += 1;
        const changed = loopIds(session).flatMap((id, index) => (id === loopIds(before)[index] ? [] : [index + 1]));
        expect(event.tracks).toEqual(changed);
      }
    });
    expect(Math.min(seen.undo, seen.redo)).toBeGreaterThan(20);
  });

  test('once all is quiet the engine plays what the session says, in the same passes, and nothing else', () => {
    fc.assert(
      fc.property(happenings, (list) => {
        const after = show(list);
        after.settle();
        for (const track of after.session.tracks) {
          const sounding = after.engine.sounding.get(track.id);
          if (track.state === 'EMPTY' || track.state === 'STOPPED') {
            expect([track.id, sounding]).toEqual([track.id, undefined]);
            continue;
          }
          expect([track.state, sounding?.loopId, sounding?.grid]).toEqual([
            'PLAYING',
            track.loop.id,
            after.session.grid,
          ]);
          const beats = track.loop.endBeat - track.loop.startBeat;
          expect(((sounding?.atBeat ?? 0) - (track.passBeat ?? Number.NaN)) % beats).toBeCloseTo(0);
        }
        expect(after.session.incoming).toBeUndefined();
        expect(after.engine.grid).toEqual(after.session.grid);
      }),
      runs,
    );
  });

  test('undoing all there is and doing it again gives the same loops on the same tracks', () => {
    fc.assert(
      fc.property(happenings, fc.integer({ min: 1, max: 20 }), (list, most) => {
        const one = show(list);
        one.settle();
        const states = [loopIds(one.session)];
        const count = Math.min(most, one.session.history.past.length);
        for (let step = 0; step < count; step += 1) {
          one.happen({ type: 'command', command: { type: 'undo' } });
          states.push(loopIds(one.session));
        }
        for (let step = count - 1; step >= 0; step -= 1) {
          one.happen({ type: 'command', command: { type: 'redo' } });
          expect(loopIds(one.session)).toEqual(states[step]);
        }
      }),
      runs,
    );
  });
});

test('as much is remembered as fits, and 16 steps at least where it does', () => {
  const one = new AnyShow();
  const happen = (...list: readonly Happening[]) => {
    for (const happening of list) one.happen(happening);
  };
  const clear: Happening = { type: 'command', command: { type: 'clear', track: 1 } };
  const stomp: Happening = { type: 'command', command: { type: 'stomp', track: 1 } };
  const wait: Happening = { type: 'wait', frames: 96_000 };
  one.session = { ...one.session, budgetFrames: 1e9 };
  for (let step = 0; step < 10; step += 1) happen(stomp, wait, clear);
  expect(one.session.history.past).toHaveLength(20);
  for (let step = 0; step < 20; step += 1) happen({ type: 'command', command: { type: 'undo' } });
  expect([one.session.history.past.length, one.session.history.future.length]).toEqual([0, 20]);
  for (let step = 0; step < 20; step += 1) happen({ type: 'command', command: { type: 'redo' } });
  for (let step = 0; step < 40; step += 1) happen(stomp, wait, clear);
  expect(one.session.history.past).toHaveLength(mostSteps);
});

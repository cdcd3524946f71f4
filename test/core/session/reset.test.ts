import fc from 'fast-check';
import { reduce } from '../../../src/core/session/reduce.ts';
import type { SessionState } from '../../../src/core/session/state.ts';
import type { SoundCommand } from '../../../src/core/sound/command.ts';
import type { SoundFact } from '../../../src/core/sound/fact.ts';
import { inputs, loopFactTypes, stepsOf } from './arbitraries.ts';
import { sessionIn } from './situations.ts';

const reset = { type: 'command', frame: 2_000_000, command: { type: 'reset' } } as const;
const stomp = (track: number) => ({ type: 'command', frame: 2_100_000, command: { type: 'stomp', track } }) as const;

type Played = { readonly session: SessionState; readonly asked: readonly SoundCommand[] };

const play = (list: Parameters<typeof stepsOf>[0], from = sessionIn('EMPTY')): Played => {
  const steps = stepsOf(list, from);
  return { session: steps.at(-1)?.session ?? from, asked: steps.flatMap(({ effects }) => effects) };
};

const loopIds = (asked: readonly SoundCommand[]): number[] =>
  asked.flatMap((command) => (command.type === 'capture' ? [command.loopId] : []));

/** All that an engine might still say of these loops, on any track. */
const lateFacts = (ids: readonly number[]): SoundFact[] =>
  ids.flatMap((loopId) =>
    [1, 2, 3].flatMap((track) => loopFactTypes.map((type) => ({ type, frame: 2_200_000, track, loopId }))),
  );

/** What a fact moves, but for what could be undone: a loop that came to nothing is released, and cannot be had back. */
const movedBy = (before: SessionState, fact: SoundFact) => {
  const { session, effects, refused } = reduce(before, { type: 'fact', fact });
  const { history: _, ...rest } = session;
  const { history: __, ...restBefore } = before;
  expect(rest).toEqual(restBefore);
  return { asked: effects.filter(({ type }) => type !== 'release'), refused };
};

const nothing = { asked: [], refused: undefined };

describe('a reset is final:', () => {
  test('from any state all tracks are empty, and the engine is told of each that was not', () => {
    fc.assert(
      fc.property(inputs(), (list) => {
        const { session } = play(list);
        const { session: after, effects, refused } = reduce(session, reset);
        expect(after.tracks).toEqual([1, 2, 3].map((id) => ({ id, state: 'EMPTY' })));
        expect(refused).toBeUndefined();
        const held = session.tracks.filter(({ state }) => state !== 'EMPTY');
        const others = effects.filter(({ type }) => type !== 'release');
        expect(others).toEqual(held.map(({ id }) => ({ type: 'clear', track: id })));
      }),
    );
  });

  test('no word of an old loop wakes a track, nor is it told to the player', () => {
    fc.assert(
      fc.property(inputs(40), (list) => {
        const { session, asked } = play([...list, reset]);
        for (const fact of lateFacts(loopIds(asked))) expect(movedBy(session, fact)).toEqual(nothing);
      }),
    );
  });

  test('no word of an old loop moves the loops that came after', () => {
    fc.assert(
      fc.property(inputs(40), (list) => {
        const { session: empty, asked } = play([...list, reset]);
        const { session } = play([stomp(1), stomp(3)], { ...empty, bars: 1, budgetFrames: 1e9, tapeFrames: 1e9 });
        for (const fact of lateFacts(loopIds(asked))) expect(movedBy(session, fact)).toEqual(nothing);
      }),
    );
  });

  test('a cleared track is as final as that', () => {
    fc.assert(
      fc.property(inputs(40), fc.integer({ min: 1, max: 3 }), (list, track) => {
        const played = play(list);
        const held = played.session.tracks[track - 1];
        if (held === undefined || held.state === 'EMPTY') return;
        const { session } = play([{ type: 'command', frame: 0, command: { type: 'clear', track } }], played.session);
        for (const fact of lateFacts([held.loop.id])) expect(movedBy(session, fact)).toEqual(nothing);
      }),
    );
  });
});

describe('a second stomp takes the first one back:', () => {
  const stompTwice = (situation: Parameters<typeof sessionIn>[0], answer: (typeof loopFactTypes)[number]) => {
    const before = sessionIn(situation);
    const first = play([stomp(2)], before);
    const second = play([stomp(2)], first.session);
    const loopId = second.asked[0]?.type === 'takeBack' ? second.asked[0].loopId : 0;
    const after = play([{ type: 'fact', fact: { type: answer, frame: 0, track: 2, loopId } }], second.session);
    return { before: before.tracks, asked: second.asked, after: after.session.tracks };
  };

  test.each([
    ['a capture', 'EMPTY', 'captureDropped'],
    ['a start', 'STOPPED', 'startTakenBack'],
    ['a stop', 'PLAYING', 'stopTakenBack'],
  ] as const)('%s', (_, situation, answer) => {
    const { before, asked, after } = stompTwice(situation, answer);
    expect(asked).toMatchObject([{ type: 'takeBack', track: 2 }]);
    expect(after).toEqual(before);
  });

  test('when it came too late, what the engine did before that stands', () => {
    const { session } = play(
      [
        { type: 'fact', fact: { type: 'loopStopped', frame: 0, track: 2, loopId: 5 } },
        { type: 'fact', fact: { type: 'tooLate', frame: 0, track: 2, loopId: 5 } },
      ],
      play([stomp(2), stomp(2)], sessionIn('PLAYING')).session,
    );
    expect(session.tracks[1]?.state).toBe('STOPPED');
  });
});

import fc from 'fast-check';
import { heldLoops, usedFrames } from '../../../src/core/session/held.ts';
import { refusalCodes } from '../../../src/core/session/refusal.ts';
import { limits, type SessionState } from '../../../src/core/session/state.ts';
import type { SoundFact } from '../../../src/core/sound/fact.ts';
import { type Track, trackStates } from '../../../src/core/track/state.ts';
import { inputs, laterInputs, type Step, stepsOf } from './arbitraries.ts';
import { sessionIn, situationOf, situations } from './situations.ts';

/** Where a track may go from where it stands; staying is always allowed. */
const ways: Readonly<Record<string, readonly string[]>> = {
  EMPTY: ['TRIGGERED/capture'],
  'TRIGGERED/capture': ['RECORDING', 'EMPTY'],
  'TRIGGERED/start': ['PLAYING', 'STOPPED', 'EMPTY'],
  RECORDING: ['PLAYING', 'EMPTY'],
  PLAYING: ['STOPPING', 'EMPTY'],
  STOPPING: ['STOPPED', 'PLAYING', 'EMPTY'],
  STOPPED: ['TRIGGERED/start', 'EMPTY'],
};

/** What a fact may change; what is not here is about a loop, and may move its track. */
const aboutWhat: Readonly<Partial<Record<SoundFact['type'], readonly (keyof SessionState)[]>>> = {
  beat: ['pulse', 'fresh'],
  offbeat: ['pulse'],
  clip: [],
  late: [],
  gap: ['gaps', 'tracks', 'history'],
  interfaceLost: ['gaps', 'interface', 'tracks', 'history'],
  interfaceBack: ['gaps', 'interface'],
  measureStarted: ['gaps', 'calibration'],
  measureEnded: ['gaps', 'calibration'],
};

const keysOf = (session: SessionState) => Object.keys(session) as (keyof SessionState)[];

/** Runs the law on each step of any sequence of inputs, wherever a track stands when they begin. */
const atEachStep = (law: (step: Step) => void): void =>
  fc.assert(
    fc.property(fc.constantFrom(...situations), inputs(), (situation, list) => {
      for (const step of stepsOf(list, sessionIn(situation))) law(step);
    }),
    { numRuns: 250, seed: 7 },
  );

const loopsOf = (session: SessionState) =>
  session.tracks.flatMap((track) => (track.state === 'EMPTY' ? [] : [track.loop]));

describe('whatever comes in, in whatever order,', () => {
  test('a track goes only where the table of states lets it go', () => {
    const gone = new Set<string>();
    atEachStep(({ before, session }) => {
      session.tracks.forEach((track, index) => {
        const from = situationOf(before.tracks[index]);
        const to = situationOf(track);
        if (from === to) return;
        expect(ways[from]).toContain(to);
        gone.add(`${from} ${to}`);
      });
    });
    // The law has seen all of the table.
    expect([...gone].sort()).toEqual(
      Object.entries(ways)
        .flatMap(([from, to]) => to.map((one) => `${from} ${one}`))
        .sort(),
    );
  });

  test('the tracks stay the same in number and names, and each but an empty one holds a loop', () => {
    atEachStep(({ session }) => {
      const strange = session.tracks.filter(
        (track, index) =>
          track.id !== index + 1 || !trackStates.includes(track.state) || 'loop' in track === (track.state === 'EMPTY'),
      );
      expect([session.tracks.length, strange]).toEqual([3, []]);
    });
  });

  test('no two loops that ever were have the same id', () => {
    const born = (before: Track | undefined, after: Track): number[] =>
      before?.state === 'EMPTY' && after.state !== 'EMPTY' ? [after.loop.id] : [];
    fc.assert(
      fc.property(inputs(), (list) => {
        const ids = stepsOf(list, sessionIn('EMPTY')).flatMap(({ before, session }) =>
          session.tracks.flatMap((track, index) => born(before.tracks[index], track)),
        );
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });

  test('the settings stay in their ranges', () => {
    atEachStep(({ session }) => {
      const { grid, bars, click, latencyFrames } = session;
      const values = [grid.bpm, grid.beatsPerBar, bars, click.volume, latencyFrames];
      const ranges = [limits.bpm, limits.beatsPerBar, limits.bars, limits.clickVolume, limits.latencyFrames];
      const outside = ranges.filter(
        ({ min, max }, index) => !((values[index] ?? 0) >= min && (values[index] ?? 0) <= max),
      );
      expect(outside).toEqual([]);
      expect(Number.isInteger(grid.origin)).toBe(true);
    });
  });

  test('a refused command asks nothing of the engine, and moves no track and no setting', () => {
    atEachStep(({ before, input, session, effects, refused }) => {
      if (refused === undefined) return;
      expect(refusalCodes).toContain(refused.code);
      if (input.type !== 'command') return;
      expect(effects).toEqual([]);
      expect({ ...session, touched: 0, taps: [] }).toEqual({ ...before, touched: 0, taps: [] });
    });
  });

  test('so it is with second thoughts, which leave no more than fits', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...situations),
        laterInputs(),
        fc.integer({ min: 2, max: 40 }),
        (situation, list, bars) => {
          const budgetFrames = bars * 98_304;
          for (const { before, input, session, effects, refused } of stepsOf(
            list,
            sessionIn(situation, { budgetFrames }),
          )) {
            expect(usedFrames(session)).toBeLessThanOrEqual(budgetFrames);
            if (refused === undefined || input.type !== 'command') continue;
            expect(refusalCodes).toContain(refused.code);
            expect(effects).toEqual([]);
            expect({ ...session, touched: 0, taps: [] }).toEqual({ ...before, touched: 0, taps: [] });
          }
        },
      ),
      { numRuns: 250, seed: 7 },
    );
  });

  test('a fact changes what it is about and no setting', () => {
    atEachStep(({ before, input, session }) => {
      if (input.type !== 'fact') return;
      const about: readonly string[] = aboutWhat[input.fact.type] ?? ['tracks', 'history'];
      const changed = keysOf(session).filter((key) => session[key] !== before[key]);
      expect(about).toEqual(expect.arrayContaining(changed));
    });
  });

  test('a fact asks nothing of the engine, but to throw away what the interface has taken with it and what nobody holds', () => {
    atEachStep(({ before, input, session, effects }) => {
      if (input.type !== 'fact') return;
      const dropped =
        input.fact.type === 'interfaceLost'
          ? before.tracks.filter((track, index) => track.state !== session.tracks[index]?.state)
          : [];
      const others = effects.filter(({ type }) => type !== 'release');
      expect(others).toEqual(dropped.map(({ id }) => ({ type: 'clear', track: id })));
      for (const track of dropped) expect(['TRIGGERED/capture', 'RECORDING']).toContain(situationOf(track));
    });
  });

  test('what is said of the latency changes it and how its measurement stands, and nothing else', () => {
    atEachStep(({ before, input, session, effects, refused }) => {
      if (input.type !== 'measured' && input.type !== 'latencyKnown') return;
      const { latencyFrames, latencySource, calibration } = before;
      expect({ ...session, latencyFrames, latencySource, calibration }).toEqual(before);
      expect([effects, refused]).toEqual([[], undefined]);
    });
  });

  test('what is asked of the engine is about a loop that is held, or no more', () => {
    atEachStep(({ before, session, effects }) => {
      for (const effect of effects) {
        if (!('loopId' in effect)) continue;
        const held = effect.type === 'release' ? before : session;
        expect([...heldLoops(held).keys()]).toContain(effect.loopId);
      }
    });
  });

  test('a loop never moves, nor does the latency in it; what comes in is whole some time, or lacks frames that were lost', () => {
    atEachStep(({ before, input, session }) => {
      for (const loop of loopsOf(session)) {
        const same = loopsOf(before).find(({ id }) => id === loop.id);
        if (same === undefined || same === loop) continue;
        const { lostFrames = 0, sound, ...rest } = loop;
        const { lostFrames: lostBefore = 0, sound: soundBefore, ...restBefore } = same;
        expect(rest).toEqual(restBefore);
        if (sound !== soundBefore) {
          expect([soundBefore, sound, lostFrames]).toEqual(['tape', 'here', lostBefore]);
          continue;
        }
        expect(lostFrames).toBeGreaterThan(lostBefore);
        expect(['gap', 'interfaceLost']).toContain(input.type === 'fact' ? input.fact.type : input.type);
      }
    });
  });

  test('what is known to be missing from the tape is bounded', () => {
    atEachStep(({ session }) => expect(session.gaps.length).toBeLessThanOrEqual(256));
  });

  test('the tempo and the meter change only while all tracks are empty', () => {
    atEachStep(({ before, session }) => {
      if (loopsOf(before).length > 0) expect(session.grid).toBe(before.grid);
    });
  });
});

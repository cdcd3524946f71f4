import fc from 'fast-check';
import { refusalCodes } from '../../../src/core/session/refusal.ts';
import { limits, type SessionState } from '../../../src/core/session/state.ts';
import { type Track, trackStates } from '../../../src/core/track/state.ts';
import { inputs, type Step, stepsOf } from './arbitraries.ts';
import { sessionIn, situationOf } from './situations.ts';

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

/** Runs the law on each step of any sequence of inputs. */
const atEachStep = (law: (step: Step) => void): void =>
  fc.assert(
    fc.property(inputs(), (list) => {
      for (const step of stepsOf(list, sessionIn('EMPTY'))) law(step);
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
      expect(effects).toEqual([]);
      if (input.type === 'command')
        expect({ ...session, touched: 0, taps: [] }).toEqual({ ...before, touched: 0, taps: [] });
    });
  });

  test('a fact asks nothing of the engine and changes no setting', () => {
    atEachStep(({ before, input, session, effects }) => {
      if (input.type === 'command') return;
      expect(effects).toEqual([]);
      const { tracks, pulse, fresh } = before;
      expect({ ...session, tracks, pulse, fresh }).toEqual(before);
    });
  });

  test('what is asked of the engine is about a loop that a track holds', () => {
    atEachStep(({ before, session, effects }) => {
      for (const effect of effects) {
        if (!('loopId' in effect)) continue;
        const known = [...loopsOf(before), ...loopsOf(session)].map(({ id }) => id);
        expect(known).toContain(effect.loopId);
      }
    });
  });

  test('a loop never moves, nor does the latency in it', () => {
    atEachStep(({ before, session }) => {
      for (const loop of loopsOf(session)) {
        const same = loopsOf(before).find(({ id }) => id === loop.id);
        if (same !== undefined) expect(loop).toEqual(same);
      }
    });
  });

  test('the tempo and the meter change only while all tracks are empty', () => {
    atEachStep(({ before, session }) => {
      if (loopsOf(before).length > 0) expect(session.grid).toBe(before.grid);
    });
  });
});

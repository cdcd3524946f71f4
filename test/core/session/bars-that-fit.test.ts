import fc from 'fast-check';
import { reduce } from '../../../src/core/session/reduce.ts';
import type { SessionState } from '../../../src/core/session/state.ts';
import { loop, sessionIn, trackIn } from './situations.ts';

const bar = 96_000;
const seam = 1200;
/** Bar 4 has begun. */
const frame = 4 * bar;

const record = (session: SessionState, bars: number, at = frame) => {
  const reduced = reduce(session, { type: 'command', frame: at, command: { type: 'record', track: 2, bars } });
  const [, none, some] = /(?:(not even) 1|(\d+)) bars? would fit/.exec(reduced.refused?.reason ?? '') ?? [];
  return { ...reduced, code: reduced.refused?.code, fit: none ? 0 : some && Number(some) };
};

describe('the tape', () => {
  const tape = (tapeFrames: number) => sessionIn('EMPTY', { tapeFrames, latencyFrames: 0 });

  test.each([
    ['holds two bars and what their seam needs', 2 * bar + seam, 2, undefined, undefined],
    ['is one frame too short for two bars', 2 * bar + seam - 1, 2, 'tape-too-short', 1],
    ['is too short for eight bars', 5 * bar, 8, 'tape-too-short', 4],
    ['is too short for 32 bars', 31 * bar + seam, 32, 'tape-too-short', 31],
    ['is too short for a single bar', bar, 1, 'tape-too-short', 0],
  ])('%s', (_, tapeFrames, bars, code, fit) => {
    expect(record(tape(tapeFrames), bars)).toMatchObject({ code, fit });
  });

  test('reaches back from the stomp, so a late one needs more of it', () => {
    expect(record(tape(2 * bar + seam), 2, frame + 1).code).toBe('tape-too-short');
    expect(record(tape(2 * bar + seam), 2, frame + bar - 1).code).toBeUndefined();
  });

  test('holds more bars when their sound comes in later', () => {
    const session = sessionIn('EMPTY', { tapeFrames: 2 * bar + seam - 480, latencyFrames: 480 });
    expect(record(session, 2).code).toBeUndefined();
    expect(record({ ...session, latencyFrames: 479 }, 2).code).toBe('tape-too-short');
  });
});

describe('the memory', () => {
  /** Loops take memory in pieces of 4096 frames. */
  const pieces = (frames: number): number => Math.ceil(frames / 4096) * 4096;
  const one = pieces(bar + seam);
  const two = pieces(2 * bar + seam);

  test.each([
    ['holds two bars', two, 2, undefined, undefined],
    ['is one frame too small for two bars', two - 1, 2, 'memory-full', 1],
    ['is too small for eight bars', 5 * bar, 8, 'memory-full', 4],
    ['is too small for a single bar', one - 1, 1, 'memory-full', 0],
  ])('%s', (_, budgetFrames, bars, code, fit) => {
    expect(record(sessionIn('EMPTY', { budgetFrames }), bars)).toMatchObject({ code, fit });
  });

  test.each(['TRIGGERED/capture', 'TRIGGERED/start', 'RECORDING', 'PLAYING', 'STOPPING', 'STOPPED'] as const)(
    'is shared with the loops that are there, also one that is %s',
    (situation) => {
      const tracks = [trackIn(situation, 1), trackIn('EMPTY', 2), trackIn('EMPTY', 3)];
      expect(record(sessionIn('EMPTY', { tracks, budgetFrames: 2 * one }), 1).code).toBeUndefined();
      expect(record(sessionIn('EMPTY', { tracks, budgetFrames: 2 * one - 1 }), 1)).toMatchObject({
        code: 'memory-full',
        fit: 0,
      });
      expect(record(sessionIn('EMPTY', { tracks, budgetFrames: 4 * one }), 4)).toMatchObject({ fit: 3 });
    },
  );

  test('comes back when a loop is cleared', () => {
    const tracks = [trackIn('PLAYING', 1, loop), trackIn('EMPTY', 2), trackIn('EMPTY', 3)];
    const full = sessionIn('EMPTY', { tracks, budgetFrames: one });
    expect(record(full, 1).code).toBe('memory-full');
    const { session } = reduce(full, { type: 'command', frame, command: { type: 'clear', track: 1 } });
    expect(record(session, 1).code).toBeUndefined();
  });
});

describe('the bars that are said to fit', () => {
  const tight = fc.record({
    tapeFrames: fc.integer({ min: 0, max: 33 * bar }),
    budgetFrames: fc.integer({ min: 0, max: 33 * bar }),
    latencyFrames: fc.integer({ min: 0, max: bar - 1 }),
  });
  const asked = fc.integer({ min: 1, max: 32 });
  const within = fc.integer({ min: 0, max: bar - 1 });

  test('do fit, and one more does not; nothing begins before', () => {
    fc.assert(
      fc.property(tight, asked, within, (bounds, bars, progress) => {
        const session = sessionIn('EMPTY', bounds);
        const at = frame + progress;
        const { code, fit, effects, session: after } = record(session, bars, at);
        if (code === undefined) return;
        expect([effects, { ...after, touched: 1 }]).toEqual([[], session]);
        expect(fit).toBeLessThan(bars);
        expect(record(session, Number(fit) + 1, at).code).toMatch(/^(tape-too-short|memory-full)$/);
        if (fit !== 0) expect(record(session, Number(fit), at).code).toBeUndefined();
      }),
    );
  });
});

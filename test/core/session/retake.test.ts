import fc from 'fast-check';
import type { Bounds, When } from '../../../src/core/session/command.ts';
import type { SessionState } from '../../../src/core/session/state.ts';
import { frameOfBeat } from '../../../src/core/time/grid.ts';
import type { Track } from '../../../src/core/track/state.ts';
import { asked, course, happened, loopOf } from './course.ts';
import { loop, loopFact, sessionIn, trackIn } from './situations.ts';

const bar = 96_000;
/** Bar 4 has begun. */
const frame = 4 * bar + 1000;

/** The loop is bar 1, heard from bar 2 on. */
const playing = (changed: Partial<SessionState> = {}): SessionState => {
  const track: Track = { id: 2, state: 'PLAYING', loop, passBeat: 8 };
  return sessionIn('EMPTY', { tracks: [trackIn('EMPTY', 1), track, trackIn('EMPTY', 3)], touched: 2, ...changed });
};

const retake = (session: SessionState, bounds: Bounds, at?: When, when = frame) =>
  course(session, asked(when, { type: 'retake', track: 2, ...bounds, ...(at && { at }) }));

describe('a loop is cut anew with other bounds:', () => {
  test.each<[string, Bounds, [number, number, number]]>([
    ['a bar more, from before', { moreBars: 1 }, [0, 8, 0]],
    ['two bars more', { moreBars: 2 }, [-4, 8, 0]],
    ['a bar later', { laterBars: 1 }, [8, 12, 0]],
    ['a bar earlier', { laterBars: -1 }, [0, 4, 0]],
    ['a beat later', { laterBeats: 1 }, [5, 9, 0]],
    ['a beat earlier', { laterBeats: -1 }, [3, 7, 0]],
    ['10 ms later', { laterMs: 10 }, [4, 8, 480]],
    ['10 ms earlier', { laterMs: -10 }, [4, 8, -480]],
    ['all at once', { moreBars: 1, laterBars: 1, laterBeats: -1, laterMs: 1 }, [3, 11, 48]],
  ])('%s', (_, bounds, [startBeat, endBeat, nudgeFrames]) => {
    const { session, effects, events, codes } = retake(playing(), bounds);
    expect(codes).toEqual([]);
    expect(loopOf(session)).toMatchObject({
      id: 6,
      startBeat,
      endBeat,
      nudgeFrames,
      latencyFrames: 100,
      sound: 'tape',
    });
    const [startFrame, endFrame] = [startBeat * 24_000, endBeat * 24_000];
    expect(events).toContainEqual({ type: 'retake', frame, track: 2, startFrame, endFrame, nudgeFrames });
    expect(effects[0]).toMatchObject({
      ...{ type: 'cut', track: 2, loopId: 6, startBeat, endBeat, latencyFrames: 100 + nudgeFrames },
    });
    expect(effects[1]).toMatchObject({ type: 'start', track: 2, loopId: 6 });
    expect(session.nextLoopId).toBe(7);
  });

  test('fewer bars leave the first ones away', () => {
    const two = retake(playing(), { moreBars: 1 }).session;
    expect(loopOf(retake(two, { moreBars: -1 }).session)).toMatchObject({ startBeat: 4, endBeat: 8 });
  });

  test('nudges add up, and keep the latency of the first capture', () => {
    const once = retake(playing(), { laterMs: 10 }).session;
    expect(loopOf(retake(once, { laterMs: -4 }).session)).toMatchObject({ nudgeFrames: 288, latencyFrames: 100 });
  });

  test('of the track touched last where none is named', () => {
    const { effects } = course(playing(), asked(frame, { type: 'retake', moreBars: 1 }));
    expect(effects).toMatchObject([{ type: 'cut', track: 2 }, { type: 'start' }]);
    expect(course(playing({ touched: 1 }), asked(frame, { type: 'retake', moreBars: 1 })).codes).toEqual(['empty']);
  });

  test('a track that is stopped stays silent', () => {
    const stopped = sessionIn('STOPPED');
    const { session, effects } = retake(stopped, { moreBars: 1 });
    expect(session.tracks[1]).toMatchObject({ state: 'STOPPED', loop: { startBeat: 0 } });
    expect(effects.map(({ type }) => type)).toEqual(['cut', 'clear']);
  });

  test('a track that waits for the bar line still begins there, and its first start is called off', () => {
    const waiting = course(sessionIn('STOPPED'), asked(frame, { type: 'start', track: 2 })).session;
    const { session, effects } = retake(waiting, { laterBeats: -1 });
    expect(effects.slice(1)).toMatchObject([
      { type: 'takeBack', track: 2, loopId: 5 },
      { type: 'start', loopId: 6, atBeat: 19, fromFrame: 5 * bar },
    ]);
    const back = course(
      session,
      asked(frame, { type: 'stomp', track: 2 }),
      happened(loopFact('startTakenBack', { loopId: 6 })),
    );
    expect(back.session.tracks[1]).toMatchObject({ state: 'STOPPED', loop: { id: 6 } });
  });

  test('a stomp while the old loop still sounds means that it stops at the bar line', () => {
    const { session } = retake(playing(), { moreBars: 1 }, 'bar');
    const { session: after, effects } = course(session, asked(frame, { type: 'stomp', track: 2 }));
    expect(after.tracks[1]).toMatchObject({ state: 'STOPPED', loop: { id: 6 } });
    expect(effects).toEqual([{ type: 'clear', track: 2, atFrame: 5 * bar }]);
    expect(course(after, happened(loopFact('loopStarted', { loopId: 6 }))).session.tracks).toEqual(after.tracks);
  });

  test('a loop that cannot be cut gives way to the one before', () => {
    const { session } = retake(playing(), { moreBars: 1 });
    const {
      session: after,
      effects,
      codes,
    } = course(session, happened(loopFact('captureFailed', { loopId: 6, frame })));
    expect(codes).toEqual(['capture-failed']);
    expect([loopOf(after), after.history.past]).toEqual([loop, []]);
    expect(effects).toMatchObject([
      { type: 'start', loopId: 5 },
      { type: 'release', loopId: 6 },
    ]);
  });
});

describe('in time:', () => {
  test('at the bar line, or at once, as asked', () => {
    expect(retake(playing(), { moreBars: 1 }).effects[1]).not.toHaveProperty('fromFrame');
    expect(retake(playing(), { moreBars: 1 }, 'now').effects[1]).not.toHaveProperty('fromFrame');
    // The pass of two bars begins on beat 12: bar 5 is its second one.
    expect(retake(playing(), { laterBeats: 1 }, 'bar').effects[1]).toMatchObject({ atBeat: 17, fromFrame: 5 * bar });
  });

  test('bars whose end is not played yet begin when it is', () => {
    const { effects } = retake(playing(), { laterBars: 3 });
    // Bar 4 is being played: it is heard from bar 5 on.
    expect(effects[1]).toMatchObject({ atBeat: 20 });
    expect(effects[1]).not.toHaveProperty('fromFrame');
    const whole = retake(playing(), { laterBeats: 11 }).effects[1];
    expect(whole).toMatchObject({ atBeat: 19 });
  });

  test('bars that begin in the midst of a pass wait for the last of their sound', () => {
    // Two bars, of which the second one is being played, in passes that begin on odd bars.
    const two = { ...loop, startBeat: 4, endBeat: 12, endFrame: 3 * bar, frames: 2 * bar + 1200, latencyFrames: 4800 };
    const track: Track = { id: 2, state: 'PLAYING', loop: two, passBeat: 16 };
    const session = sessionIn('EMPTY', { tracks: [trackIn('EMPTY', 1), track, trackIn('EMPTY', 3)] });
    const last = retake(session, { laterBeats: 7 }, 'now').effects[1];
    // Beats 11 to 18 sound on beats 23, 31: at beat 19 the last but three of them is due.
    expect(last).toMatchObject({ atBeat: 15 });
    expect(last).toHaveProperty('fromFrame', 19 * 24_000);
    const late = retake(session, { laterBeats: 7, moreBars: -1 }, 'now', 4 * bar).effects[1];
    expect(late).toMatchObject({ type: 'start', atBeat: 19 });
  });

  test('what was played on a beat stays on it', () => {
    const bounds = fc.record({
      moreBars: fc.integer({ min: 0, max: 3 }),
      laterBars: fc.integer({ min: -3, max: 2 }),
      laterBeats: fc.integer({ min: -7, max: 7 }),
      at: fc.constantFrom('now' as const, 'bar' as const),
    });
    fc.assert(
      fc.property(bounds, fc.integer({ min: -8, max: 8 }), fc.nat(8 * bar), ({ at, ...by }, shift, later) => {
        const start = 40;
        const held = { ...loop, startBeat: start, endBeat: start + 8, startFrame: 10 * bar, endFrame: 12 * bar };
        const passBeat = start + 4 * shift;
        const track: Track = { id: 2, state: 'PLAYING', loop: held, passBeat };
        const session = sessionIn('EMPTY', { tracks: [trackIn('EMPTY', 1), track, trackIn('EMPTY', 3)] });
        const when = 20 * bar + later;
        const { session: after, effects, codes } = retake(session, by, at, when);
        if (codes.length > 0) return;
        const [, begun] = effects;
        const cut = loopOf(after);
        if (begun?.type !== 'start' || cut === undefined) throw new Error('it does not sound');
        const length = cut.endBeat - cut.startBeat;
        const moved = begun.atBeat - cut.startBeat - (passBeat - start);
        expect(Math.abs(moved % length)).toBe(0);
        expect(after.tracks[1]).toMatchObject({ passBeat: begun.atBeat });
        // It is there when it is needed: what sounds is older than the tape's end, by what comes in later.
        const from = begun.fromFrame ?? Math.max(when, frameOfBeat(session.grid, begun.atBeat));
        const position = from - frameOfBeat(session.grid, begun.atBeat);
        expect(position).toBeGreaterThanOrEqual(0);
        expect(cut.startFrame + cut.latencyFrames + position).toBeLessThanOrEqual(from);
      }),
    );
  });
});

describe('nothing is begun where', () => {
  test.each<[string, Bounds, string]>([
    ['no bound is another one', {}, 'out-of-range'],
    ['all bounds are 0', { moreBars: 0, laterMs: 0 }, 'out-of-range'],
    ['bars are not whole', { moreBars: 0.5 }, 'out-of-range'],
    ['beats are not whole', { laterBeats: 0.5 }, 'out-of-range'],
    ['milliseconds are no number', { laterMs: Number.NaN }, 'out-of-range'],
    ['milliseconds are too many', { laterMs: 1001 }, 'out-of-range'],
    ['bars are too many', { moreBars: 33 }, 'out-of-range'],
    ['no bar would be left', { moreBars: -1 }, 'out-of-range'],
    ['there would be more than 32 bars', { moreBars: 32 }, 'out-of-range'],
    ['nothing of it was played yet', { laterBars: 4 }, 'not-yet-played'],
  ])('%s', (_, bounds, code) => {
    const before = playing();
    const { session, effects, codes } = retake(before, bounds);
    expect([codes, effects, session]).toEqual([[code], [], before]);
  });

  test.each<[string, Partial<SessionState>, string]>([
    ['the track is empty', { tracks: sessionIn('EMPTY').tracks }, 'empty'],
    ['the track is being captured', { tracks: sessionIn('RECORDING').tracks }, 'still-capturing'],
    ['the capture has not begun', { tracks: sessionIn('TRIGGERED/capture').tracks }, 'still-capturing'],
    [
      'the loop was not played',
      { tracks: [trackIn('EMPTY', 1), trackIn('PLAYING', 2, { ...loop, played: false }), trackIn('EMPTY', 3)] },
      'not-on-tape',
    ],
    ['the tape has it no more', { tapeFrames: 3 * bar }, 'tape-too-short'],
    ['there is no memory for both', { budgetFrames: 2 * 98_304 }, 'memory-full'],
    ['the interface was away', { gaps: [{ from: 0, to: 5000, cause: 'interface' }] }, 'interface-lost'],
    ['the latency is being measured', { calibration: { phase: 'sounding', id: 1 } }, 'calibrating'],
  ])('%s', (_, changed, code) => {
    const before = playing(changed);
    const { session, effects, codes } = retake(before, { moreBars: 1 });
    expect([codes, effects, { ...session, touched: 2 }]).toEqual([[code], [], before]);
  });
});

test('undone, the loop before plays on as it did; done again, the other one', () => {
  const { session } = retake(playing(), { moreBars: 1 });
  const undone = course(session, asked(frame, { type: 'undo' }));
  expect(loopOf(undone.session)).toEqual(loop);
  expect(undone.effects).toMatchObject([{ type: 'start', loopId: 5, atBeat: 16 }]);
  expect(undone.events).toContainEqual({ type: 'undo', frame, deed: 'retake', tracks: [2] });
  const redone = course(undone.session, asked(frame, { type: 'redo', at: 'bar' }));
  expect(redone.effects).toMatchObject([{ type: 'start', loopId: 6, atBeat: 20 }]);
});

test('frames that the driver lost are told of the new loop', () => {
  const gaps = [{ from: 20_000, to: 20_480, cause: 'xrun' as const }];
  const { session, events } = retake(playing({ gaps }), { moreBars: 1 });
  expect(events).toContainEqual({ type: 'captureGap', frame, track: 2, frames: 480 });
  expect(loopOf(session)?.lostFrames).toBe(480);
});

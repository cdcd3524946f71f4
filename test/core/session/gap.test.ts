import fc from 'fast-check';
import type { Gap } from '../../../src/core/session/gap.ts';
import type { SessionState } from '../../../src/core/session/state.ts';
import type { SoundFact } from '../../../src/core/sound/fact.ts';
import { asked, course, happened, loopOf } from './course.ts';
import { sessionIn } from './situations.ts';

const bar = 96_000;
/** What a loop needs of the tape before its own sound, to blend into. */
const seam = 1200;
const latency = 480;
/** Bar 4 has just begun: one bar means bar 3. */
const frame = 4 * bar + 1000;
const sound = { from: 3 * bar + latency - seam, to: 4 * bar + latency };

const withGaps = (gaps: readonly Gap[], changed: Partial<SessionState> = {}) =>
  sessionIn('EMPTY', { gaps, ...changed });

const record = (session: SessionState, bars = 1, at = frame) => {
  const { refused, ...reduced } = course(session, asked(at, { type: 'record', track: 2, bars }));
  const [first] = refused;
  const [, none, some] = /(?:(not even) 1|(\d+)) bars? would fit/.exec(first?.reason ?? '') ?? [];
  return { ...reduced, ...first, fit: none === undefined ? some && Number(some) : 0 };
};

/** Whether it can be looped, in words. */
const places = [
  ['ends where the lead-in of the seam begins', sound.from - 500, sound.from, 0],
  ['ends one frame into the lead-in', sound.from - 500, sound.from + 1, 1],
  ['begins with the last frame that comes in', sound.to - 1, sound.to + 500, 1],
  ['begins when all is in', sound.to, sound.to + 500, 0],
  ['lies in the middle', 3 * bar + 5000, 3 * bar + 5480, 480],
  ['is longer than all of it', 0, 5 * bar, bar + seam],
] as const;

describe('bars are looped only if what was played is on the tape: time without the interface that', () => {
  test.each(places)('%s', (_, from, to, lost) => {
    const { code, effects } = record(withGaps([{ from, to, cause: 'interface' }]));
    expect([code, effects.length]).toEqual(lost === 0 ? [undefined, 1] : ['interface-lost', 0]);
  });
});

describe('bars are looped only if nothing but what was played is on the tape: a calibration that', () => {
  test.each(places)('%s', (_, from, to, lost) => {
    const { code, effects } = record(withGaps([{ from, to, cause: 'calibration' }]));
    expect([code, effects.length]).toEqual(lost === 0 ? [undefined, 1] : ['calibration-heard', 0]);
  });
});

describe('frames that the driver lost leave a flaw, and it is told: an xrun that', () => {
  test.each(places)('%s', (_, from, to, lost) => {
    const { code, events, session } = record(withGaps([{ from, to, cause: 'xrun' }]));
    const told = events.filter(({ type }) => type === 'captureGap');
    expect(code).toBeUndefined();
    expect(told).toEqual(lost === 0 ? [] : [{ type: 'captureGap', frame, track: 2, frames: lost }]);
    expect(loopOf(session)?.lostFrames).toBe(lost === 0 ? undefined : lost);
  });

  test('is one of many: all that they took is added up', () => {
    const [, , , , middle] = places;
    const gaps = [middle, [0, sound.from - 50, sound.from + 50, 0] as const].map(
      ([, from, to]) => ({ from, to, cause: 'xrun' }) as const,
    );
    expect(loopOf(record(withGaps(gaps)).session)?.lostFrames).toBe(480 + 50);
  });
});

describe('a refusal says what is in the way and how many bars would fit:', () => {
  const away = (from: number, to: number) => ({ from, to, cause: 'interface' }) as const;
  test.each([
    ['the interface was away in bar 1', [away(bar + 20_000, bar + 40_000)], 8, 2],
    ['it is back for less than a bar', [away(bar, 3 * bar + 40_000)], 2, 0],
    ['only the last of two gaps counts', [away(0, 5000), away(2 * bar, 2 * bar + 10)], 4, 1],
    ['an xrun is not in the way', [away(0, 5000), { from: 3 * bar, to: 3 * bar + 9, cause: 'xrun' } as const], 4, 3],
  ])('%s', (_, gaps, bars, fit) => {
    expect(record(withGaps(gaps), bars)).toMatchObject({ code: 'interface-lost', fit });
  });

  test('in words for the player', () => {
    const gap = { from: bar, to: 2 * bar };
    expect(record(withGaps([{ ...gap, cause: 'interface' }]), 4).reason).toBe(
      '4 bars of 8.0 s reach into the time without the interface; 1 bar would fit',
    );
    expect(record(withGaps([{ ...gap, cause: 'calibration' }]), 4).reason).toBe(
      '4 bars of 8.0 s would have the sounds of the calibration in them; 1 bar would fit',
    );
  });

  test('and so many do fit, and one more does not', () => {
    const cause = fc.constantFrom('interface' as const, 'calibration' as const, 'xrun' as const);
    const gap = fc.record({ from: fc.integer({ min: -bar, max: 4 * bar }), frames: fc.nat(bar), cause });
    const asking = fc.integer({ min: 1, max: 8 });
    fc.assert(
      fc.property(fc.array(gap, { maxLength: 3 }), asking, fc.nat(bar - 1), (some, bars, progress) => {
        const session = withGaps(some.map(({ from, frames, cause: why }) => ({ from, to: from + frames, cause: why })));
        const at = 4 * bar + progress;
        const { code, fit, effects, session: after } = record(session, bars, at);
        if (code === undefined) return;
        expect([effects, { ...after, touched: 1 }]).toEqual([[], session]);
        expect(fit).toBeLessThan(bars);
        expect(record(session, Number(fit) + 1, at).code).toMatch(/^(interface-lost|calibration-heard)$/);
        if (fit !== 0) expect(record(session, Number(fit), at).code).toBeUndefined();
      }),
    );
  });
});

describe('what is known to be missing from the tape', () => {
  const xrun = (from: number, frames: number): SoundFact => ({ type: 'gap', frame: from, frames });

  test('is forgotten once the tape has lost it, and not before', () => {
    const tapeFrames = 10 * bar;
    const reach = tapeFrames + latency + seam;
    const knownAfter = (distance: number) =>
      course(sessionIn('EMPTY', { tapeFrames }), happened(xrun(1000, 10)), happened(xrun(1010 + distance, 10))).session;
    expect(knownAfter(reach - 1).gaps).toHaveLength(2);
    expect(knownAfter(reach).gaps).toEqual([{ from: 1010 + reach, to: 1020 + reach, cause: 'xrun' }]);
  });

  test('is never more than 256 gaps: the oldest are forgotten', () => {
    const many = Array.from({ length: 300 }, (_, index) => happened(xrun(index * 100, 1)));
    const { gaps } = course(sessionIn('EMPTY'), ...many).session;
    expect([gaps.length, gaps[0]?.from, gaps.at(-1)?.from]).toEqual([256, 44 * 100, 299 * 100]);
  });

  test('forgets no time without the interface for them', () => {
    const away = [happened({ type: 'interfaceLost', frame: 10 }), happened({ type: 'interfaceBack', frame: 20 })];
    const many = Array.from({ length: 300 }, (_, index) => happened(xrun(index * 100 + 100, 1)));
    const { gaps } = course(sessionIn('EMPTY'), ...away, ...many).session;
    expect([gaps.length, gaps[0]]).toEqual([257, { from: 10, to: 20, cause: 'interface' }]);
  });

  test('is complete for every loop that the tape can give, whatever was forgotten', () => {
    const some = fc.array(fc.record({ pause: fc.nat(bar), frames: fc.integer({ min: 1, max: 2000 }) }), {
      minLength: 1,
      maxLength: 40,
    });
    const tapeFrames = 4 * bar;
    fc.assert(
      fc.property(some, fc.integer({ min: 1, max: 4 }), fc.nat(bar), (list, bars, later) => {
        let next = 4 * bar;
        const lost = list.map(({ pause, frames }) => {
          const from = next + pause;
          next = from + frames;
          return { from, to: next };
        });
        const xruns = lost.map(({ from, to }) => happened(xrun(from, to - from)));
        const { session } = course(sessionIn('EMPTY', { tapeFrames }), ...xruns);
        const loop = loopOf(record(session, bars, next + later).session);
        if (loop === undefined) return;
        const [first, last] = [loop.startFrame + latency - seam, loop.endFrame + latency];
        const all = lost.reduce(
          (sum, { from, to }) => sum + Math.max(0, Math.min(to, last) - Math.max(from, first)),
          0,
        );
        expect(loop.lostFrames ?? 0).toBe(all);
      }),
    );
  });
});

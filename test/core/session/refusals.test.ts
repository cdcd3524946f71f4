import type { SessionCommand } from '../../../src/core/session/command.ts';
import { reduce } from '../../../src/core/session/reduce.ts';
import type { SessionState } from '../../../src/core/session/state.ts';
import { loop, type Situation, sessionIn, trackIn } from './situations.ts';

const frame = 200_000;

const refusal = (command: SessionCommand, situation: Situation = 'EMPTY', changed: Partial<SessionState> = {}) => {
  const before = sessionIn(situation, changed);
  const { session, effects, refused } = reduce(before, { type: 'command', frame, command });
  // The lamp of a touched track goes first; all else is as it was.
  return { code: refused?.code, reason: refused?.reason, begun: effects, same: { ...session, touched: 1 }, before };
};

const numbers = (...values: readonly number[]): readonly number[] => [Number.NaN, ...values];
const bad: readonly (readonly [string, SessionCommand])[] = [
  ...numbers(0, -1, 19.999, 400.001, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY).map(
    (bpm) => [`tempo ${bpm}`, { type: 'setBpm', bpm }] as const,
  ),
  ...numbers(0, -1, 17, 3.5, Number.POSITIVE_INFINITY).map(
    (beatsPerBar) => [`${beatsPerBar} beats a bar`, { type: 'setBeatsPerBar', beatsPerBar }] as const,
  ),
  ...numbers(0, -1, 33, 1.5, Number.POSITIVE_INFINITY).flatMap((bars) => [
    [`${bars} bars`, { type: 'setBars', bars }] as const,
    [`a capture of ${bars} bars`, { type: 'record', track: 2, bars }] as const,
  ]),
  ...numbers(-0.01, 1.01, Number.POSITIVE_INFINITY).map(
    (volume) => [`click volume ${volume}`, { type: 'setClickVolume', volume }] as const,
  ),
  ['a tempo changed by NaN', { type: 'changeBpm', by: Number.NaN }],
  ['a click volume changed by NaN', { type: 'changeClickVolume', by: Number.NaN }],
  ...numbers(-1, 96_001, 0.5, Number.POSITIVE_INFINITY).map(
    (frames) => [`a latency of ${frames} frames`, { type: 'setLatency', frames }] as const,
  ),
];

describe('out of range, nothing begins:', () => {
  test.each(bad)('%s', (_, command) => {
    const { code, begun, same, before } = refusal(command);
    expect([code, begun, same]).toEqual(['out-of-range', [], before]);
  });

  test('a mistake of the range comes before that of the moment', () => {
    expect(refusal({ type: 'setBpm', bpm: 0 }, 'PLAYING').code).toBe('out-of-range');
    expect(refusal({ type: 'setBeatsPerBar', beatsPerBar: 0 }, 'PLAYING').code).toBe('out-of-range');
  });
});

describe('at the ends of its range a value is taken:', () => {
  test.each<[SessionCommand, Partial<SessionState>]>([
    [{ type: 'setBpm', bpm: 20 }, { grid: { rate: 48_000, bpm: 20, beatsPerBar: 4, origin: -1_000_000 } }],
    [{ type: 'setBpm', bpm: 400 }, { grid: { rate: 48_000, bpm: 400, beatsPerBar: 4, origin: 140_000 } }],
    [{ type: 'setBpm', bpm: 400 / 3 }, { grid: { rate: 48_000, bpm: 400 / 3, beatsPerBar: 4, origin: 20_000 } }],
    [{ type: 'setBeatsPerBar', beatsPerBar: 1 }, { grid: { rate: 48_000, bpm: 120, beatsPerBar: 1, origin: 144_000 } }],
    [
      { type: 'setBeatsPerBar', beatsPerBar: 16 },
      { grid: { rate: 48_000, bpm: 120, beatsPerBar: 16, origin: -576_000 } },
    ],
    [{ type: 'setBars', bars: 1 }, { bars: 1 }],
    [{ type: 'setBars', bars: 32 }, { bars: 32 }],
    [{ type: 'setClickVolume', volume: 0 }, { click: { volume: 0, muted: false } }],
    [{ type: 'setClickVolume', volume: 1 }, { click: { volume: 1, muted: false } }],
    [
      { type: 'setLatency', frames: 0 },
      { latencyFrames: 0, latencySource: 'manual' },
    ],
    [
      { type: 'setLatency', frames: 96_000 },
      { latencyFrames: 96_000, latencySource: 'manual' },
    ],
  ])('%j', (command, changed) => {
    const { code, same, before } = refusal(command);
    expect([code, same]).toEqual([undefined, { ...before, ...changed }]);
  });
});

describe('a track that is not there', () => {
  const tracks = [0, 4, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY];
  const types = ['stomp', 'record', 'start', 'stop', 'clear'] as const;
  test.each(types.flatMap((type) => tracks.map((track) => [type, track] as const)))(
    'is refused: %s %d',
    (type, track) => {
      const { code, begun, same, before, reason } = refusal({ type, track });
      expect([code, begun, same]).toEqual(['no-such-track', [], before]);
      expect(reason).toContain('1 to 3');
    },
  );
});

describe('tempo and meter change only while all tracks are empty:', () => {
  const others = ['TRIGGERED/capture', 'TRIGGERED/start', 'RECORDING', 'PLAYING', 'STOPPING', 'STOPPED'] as const;
  test.each(others)('one track %s', (situation) => {
    const tracks = [1, 2, 3].map((id) => trackIn(id === 3 ? situation : 'EMPTY', id));
    for (const command of [
      { type: 'setBpm', bpm: 90 },
      { type: 'setBeatsPerBar', beatsPerBar: 3 },
    ] as const) {
      const { code, begun, same, before } = refusal(command, 'EMPTY', { tracks });
      expect([code, begun, same]).toEqual(['tracks-not-empty', [], before]);
    }
  });

  test('a tapped tempo too', () => {
    const { code, begun, same, before } = refusal({ type: 'tap' }, 'PLAYING', { taps: [frame - 30_000] });
    expect([code, begun, same.grid, same.tracks]).toEqual(['tracks-not-empty', [], before.grid, before.tracks]);
    expect(refusal({ type: 'tap' }, 'EMPTY', { taps: [frame - 30_000] }).same.grid.bpm).toBe(96);
  });
});

test('bars that are over before their sound is in are refused', () => {
  const grid = { rate: 48_000, bpm: 400, beatsPerBar: 1, origin: 0 };
  const stomp = (latencyFrames: number) => refusal({ type: 'stomp', track: 2 }, 'EMPTY', { grid, latencyFrames });
  const { code, begun, same, before } = stomp(7200);
  expect([code, begun, same]).toEqual(['latency-too-long', [], before]);
  expect(stomp(7199).code).toBeUndefined();
});

test('what the engine could not do is told', () => {
  const tell = (type: 'captureFailed' | 'tooLate') =>
    reduce(sessionIn('RECORDING'), { type: 'fact', fact: { type, frame, track: 2, loopId: loop.id } }).refused;
  expect(tell('captureFailed')).toMatchObject({ code: 'capture-failed', reason: expect.stringContaining('track 2') });
  expect(tell('tooLate')).toMatchObject({ code: 'too-late', reason: expect.stringContaining('track 2') });
});

import { VirtualTimeScheduler } from 'rxjs';
import type { SessionSettings } from '../../src/core/session/state.ts';
import { frameOfTick, type TransportMode } from '../../src/core/time/ticks.ts';
import { BlockTimes } from '../../src/engine/block-times.ts';
import { SharedClock } from '../../src/engine/frame-clock.ts';
import type { ClockTarget } from '../../src/ports/clock-target.ts';
import { type ClockReport, midiClock } from '../../src/streams/midi-clock.ts';
import { FakeAudioEngine, takesAll } from '../fakes/fake-audio-engine.ts';
import { running } from './running.ts';

type Got = { readonly frame: number; readonly byte: number };

/** A device that follows; it notes what it gets, and the frame. What is no message of a clock throws. */
class FakeSlave implements ClockTarget {
  readonly name: string;
  readonly transport: boolean;
  there = true;
  got: Got[] = [];
  readonly #frame: () => number;

  constructor(frame: () => number, transport = true) {
    this.name = 'drum machine';
    this.transport = transport;
    this.#frame = frame;
  }

  send(bytes: readonly number[]): boolean {
    const [byte = 0, ...rest] = bytes;
    if (![0xf8, 0xfa, 0xfc].includes(byte) || rest.length > 0) throw new Error(`no clock: ${bytes.join(' ')}`);
    if (this.there) this.got.push({ frame: this.#frame(), byte });
    return this.there;
  }

  get ticks(): readonly number[] {
    return this.got.filter(({ byte }) => byte === 0xf8).map(({ frame }) => frame);
  }

  /** Start and stop with the tick that follows, as its whole number since the origin at 120 BPM; Infinity when none does. */
  get transports(): readonly (readonly [string, number])[] {
    return this.got.flatMap(({ byte }, index) => {
      const next = this.got.slice(index).find((later) => later.byte === 0xf8);
      const tick = next === undefined ? Number.POSITIVE_INFINITY : Math.round(next.frame / 1000);
      return byte === 0xf8 ? [] : [[byte === 0xfa ? 'start' : 'stop', tick] as const];
    });
  }
}

/** A running clock on virtual time, from frame 200,000 on: tick 200 at 120 BPM, in bar 2; bar lines lie on ticks 288, 384, 480. */
const clockOf = (
  transport: TransportMode,
  changed: Partial<SessionSettings> = {},
  audio = new FakeAudioEngine(takesAll),
) => {
  const { session } = running(audio, { retroThreshold: 0, ...changed });
  const began = audio.time;
  const scheduler = new VirtualTimeScheduler();
  const time = { stalledMs: 0 };
  const now = (): number => began + scheduler.now() + time.stalledMs;
  const frame = (): number => now() * 48;
  const slave = new FakeSlave(frame);
  const targets: ClockTarget[] = [slave];
  const reports: ClockReport[] = [];
  let ended = false;
  const subscription = midiClock({
    session,
    audio,
    clock: { now },
    targets: () => targets,
    transport,
    scheduler,
  }).subscribe({
    next: (report) => reports.push(report),
    complete: () => {
      ended = true;
    },
  });
  /** Lets time pass up to a frame; timers act on the way. */
  const until = (end: number): void => {
    scheduler.maxFrames = end / 48 - began - time.stalledMs;
    scheduler.flush();
    scheduler.frame = scheduler.maxFrames;
    audio.time = now();
  };
  /** Lets time pass without a timer: the daemon stands still. */
  const stall = (ms: number): void => {
    time.stalledMs += ms;
    audio.time = now();
  };
  const newSlave = (ticksOnly = false): FakeSlave => {
    const made = new FakeSlave(frame, !ticksOnly);
    targets.push(made);
    return made;
  };
  const fact = (type: 'captureStarted' | 'loopStarted' | 'loopStopped' | 'stopTakenBack', at: number): void =>
    audio.triggerFact({ type, frame: at, track: 1, loopId: 1 });
  /** A loop in track 1, which plays from tick 288 on. */
  const playing = (): void => {
    until(210_500);
    session.requestRecording(1, 1);
    until(288_100);
    fact('captureStarted', 288_000);
    fact('loopStarted', 288_000);
  };
  return {
    session,
    slave,
    targets,
    newSlave,
    until,
    stall,
    fact,
    playing,
    reports,
    subscription,
    hasEnded: () => ended,
  };
};

/** Half a millisecond. */
const grain = 24;

const tick = (number: number): number => number * 1000;

describe('ticks', () => {
  test.each([20, 61.803, 120, 133.7, 399.9])(
    'at %d BPM go out within half a millisecond of their frames for a minute, each once',
    (bpm) => {
      const { slave, until } = clockOf('always', { bpm });
      until(200_000 + 60 * 48_000);
      const first = Math.round(((slave.ticks[0] ?? 0) * bpm * 24) / (60 * 48_000));
      const off = slave.ticks.map(
        (frame, index) => frame - frameOfTick({ rate: 48_000, bpm, beatsPerBar: 4, origin: 0 }, first + index),
      );
      expect(Math.max(...off.map(Math.abs))).toBeLessThanOrEqual(grain + 1);
      expect(Math.abs(slave.ticks.length - bpm * 24)).toBeLessThanOrEqual(1);
    },
  );

  test('keep their places when blocks come up to 20 ms late, though the frames that are taken stand still meanwhile', () => {
    const blockMs = 1024 / 48;
    const shared = new SharedClock(new SharedArrayBuffer(SharedClock.bytes));
    const times = new BlockTimes(48_000);
    const audio = new FakeAudioEngine(takesAll);
    let block = Math.floor(200_000 / 1024) - 50;
    audio.frameAt = (time) => {
      // Every seventh block comes late; the line is fitted through all of them.
      for (; block * blockMs + (block % 7 === 0 ? 20 : 0) <= audio.now(); block += 1) {
        times.update(block * blockMs + (block % 7 === 0 ? 20 : 0), 1024, false);
        shared.write({ frame: (block + 1) * 1024 }, 1024, times);
      }
      return shared.frameAt(time);
    };
    const { slave, until } = clockOf('always', {}, audio);
    for (let ms = 1; ms < 5000; ms += 1) until(200_000 + ms * 48);
    const gaps = slave.ticks.slice(1).map((frame, index) => (frame - (slave.ticks[index] ?? 0)) / 48);
    expect(gaps.length).toBeGreaterThan(230);
    expect(Math.max(...gaps)).toBeLessThan(1000 / 48 + 5);
    expect(Math.min(...gaps)).toBeGreaterThan(1000 / 48 - 5);
  });

  test('do not go out before sound flows', () => {
    const audio = new FakeAudioEngine(takesAll);
    audio.frameAt = () => 0;
    const { slave, until, reports } = clockOf('always', {}, audio);
    until(200_000 + 20 * 48_000);
    expect([slave.got, reports]).toEqual([[], []]);
  });
});

describe('a slave that always runs', () => {
  test('is started right before the tick of the next bar line, once', () => {
    const { slave, until } = clockOf('always');
    until(tick(600));
    expect(slave.transports).toEqual([['start', 288]]);
  });

  test('is started after the first tick when it appears in the middle, at the next bar line', () => {
    const { newSlave, until, slave } = clockOf('always');
    until(tick(300) + 500);
    const late = newSlave();
    until(tick(500));
    expect(Math.round((late.ticks[0] ?? 0) / 1000)).toBe(301);
    expect(late.transports).toEqual([['start', 384]]);
    expect(slave.transports).toEqual([['start', 288]]);
  });

  test('is started anew after it was away', () => {
    const { slave, until } = clockOf('always');
    until(tick(300) + 500);
    slave.there = false;
    until(tick(320) + 500);
    slave.there = true;
    slave.got = [];
    until(tick(500));
    expect(Math.round((slave.ticks[0] ?? 0) / 1000)).toBe(321);
    expect(slave.transports).toEqual([['start', 384]]);
  });

  test('is not stopped by a reset, but at the end of the show', () => {
    const { slave, until, session, subscription } = clockOf('always');
    until(tick(300));
    session.reset();
    until(tick(350) + 500);
    subscription.unsubscribe();
    until(tick(600));
    expect(slave.transports).toEqual([
      ['start', 288],
      ['stop', Number.POSITIVE_INFINITY],
    ]);
    expect(Math.round((slave.ticks.at(-1) ?? 0) / 1000)).toBe(350);
  });

  test('of ticks only gets nothing else', () => {
    const { newSlave, until, subscription, slave } = clockOf('always');
    const ticksOnly = newSlave(true);
    until(tick(400));
    subscription.unsubscribe();
    expect(ticksOnly.got.every(({ byte }) => byte === 0xf8)).toBe(true);
    expect(ticksOnly.ticks).toEqual(slave.ticks);
  });
});

describe('a slave that runs with the loops', () => {
  test('gets ticks but no start while there are none', () => {
    const { slave, until } = clockOf('loops');
    until(tick(400) + 500);
    expect(slave.transports).toEqual([]);
    expect(slave.ticks).toHaveLength(200);
  });

  test('starts with the first loop, at its bar line', () => {
    const { slave, until, playing } = clockOf('loops');
    playing();
    until(tick(600));
    expect(slave.transports).toEqual([['start', 288]]);
  });

  test('stops at the bar line where the last loop ends, whether the engine has told it already or not', () => {
    for (const toldAt of [tick(384) - 700, tick(384) + 700]) {
      const { slave, until, playing, session, fact } = clockOf('loops');
      playing();
      until(tick(300));
      session.stopPlaying(1);
      until(toldAt);
      fact('loopStopped', tick(384));
      until(tick(600));
      expect(slave.transports).toEqual([
        ['start', 288],
        ['stop', 384],
      ]);
    }
  });

  test('runs on when the stop is taken back', () => {
    const { slave, until, playing, session, fact } = clockOf('loops');
    playing();
    until(tick(300));
    session.stopPlaying(1);
    until(tick(320));
    session.startPlaying(1);
    fact('stopTakenBack', tick(320));
    until(tick(600));
    expect(slave.transports).toEqual([['start', 288]]);
  });

  test('stops at once on a reset', () => {
    const { slave, until, playing, session } = clockOf('loops');
    playing();
    until(tick(310) + 500);
    session.reset();
    until(tick(311) - 100);
    expect(slave.got.at(-1)).toEqual({ frame: tick(310) + 500, byte: 0xfc });
  });

  test('does not stop at a bar line whose tick is late, when the stop was asked after that line', () => {
    const { slave, until, stall, playing, session } = clockOf('loops');
    playing();
    until(tick(383) + 500);
    stall(20);
    session.stopPlaying(1);
    until(tick(600));
    expect(slave.transports).toEqual([
      ['start', 288],
      ['stop', 480],
    ]);
  });
});

describe('a stall', () => {
  test('of 50 ms loses no tick: a slave that counts is where it was', () => {
    const { slave, until, stall } = clockOf('always');
    until(tick(300) + 500);
    stall(50);
    until(tick(400) + 500);
    expect(slave.ticks).toHaveLength(200);
    expect(slave.ticks.filter((frame, index) => frame === slave.ticks[index + 1])).toHaveLength(2);
    expect(slave.transports).toEqual([['start', 288]]);
  });

  test('of three seconds stops the slave, without a burst, and starts it at the next bar line', () => {
    const { slave, until, stall, session, reports } = clockOf('always');
    until(tick(300) + 500);
    slave.got = [];
    stall(3000);
    until(tick(600));
    expect(slave.transports).toEqual([
      ['stop', 445],
      ['start', 480],
    ]);
    expect(Math.min(...slave.ticks.slice(1).map((frame, index) => frame - (slave.ticks[index] ?? 0)))).toBeGreaterThan(
      900,
    );
    session.close();
    expect(reports.at(-1)).toMatchObject({ span: 'whole', skipped: 144 });
  });
});

describe('a change of', () => {
  test('tempo leaves the slave running, and its ticks go on in the new tempo, on the beats of the grid', () => {
    const { slave, until, session } = clockOf('always');
    until(tick(300) + 500);
    slave.got = [];
    session.setBpm(75);
    until(tick(300) + 500 + 48_000 * 10);
    const grid = session.state.grid;
    const off = slave.ticks.map((frame, index) => Math.abs(frame - frameOfTick(grid, 301 + index)));
    expect(Math.max(...off)).toBeLessThanOrEqual(grain + 1);
    expect(slave.ticks).toHaveLength(300);
    expect(slave.transports).toEqual([]);
  });

  test('meter starts the slave anew at the next bar line', () => {
    const { slave, until, session } = clockOf('always');
    until(tick(300) + 500);
    slave.got = [];
    session.command({ type: 'setBeatsPerBar', beatsPerBar: 3 });
    until(tick(500) + 500);
    // Bar 3 began at tick 288 and now ends after three beats.
    expect(slave.transports).toEqual([
      ['stop', 301],
      ['start', 360],
    ]);
    expect(slave.ticks).toHaveLength(200);
  });
});

describe('the report', () => {
  test('comes every ten seconds, and of the whole show when the session closes, which ends the clock', () => {
    const { slave, until, session, reports, hasEnded } = clockOf('always');
    until(200_000 + 25 * 48_000);
    session.close();
    expect(hasEnded()).toBe(true);
    expect(reports.map(({ span }) => span)).toEqual(['recent', 'recent', 'whole']);
    expect(reports.at(-1)?.ticks).toBe(slave.ticks.length);
    for (const { p50Ms, p99Ms, maxMs, skipped } of reports) {
      expect([p50Ms <= p99Ms, p99Ms <= maxMs, maxMs <= 0.55, skipped]).toEqual([true, true, true, 0]);
    }
    expect(slave.transports.at(-1)?.[0]).toBe('stop');
  });

  test('tells a stall', () => {
    const { until, stall, reports } = clockOf('always');
    until(tick(300) + 500);
    stall(50);
    until(200_000 + 11 * 48_000);
    expect(reports[0]?.maxMs).toBeGreaterThan(38);
    expect(reports[0]?.p99Ms).toBeLessThan(1);
  });

  test('counts no ticks that nobody took', () => {
    const { until, targets, reports } = clockOf('always');
    targets.length = 0;
    until(200_000 + 11 * 48_000);
    expect(reports).toEqual([]);
  });
});

import { LocalEngine } from '../../src/adapters/engine/local-engine.ts';
import type { SessionEvent } from '../../src/core/session/event.ts';
import { newSession, type SessionSettings } from '../../src/core/session/state.ts';
import { Session } from '../../src/streams/session.ts';
import { aFailure, aSuccess } from '../core/session/a-measurement.ts';
import { engineFor, settings } from '../engine/rig.ts';
import { measuring } from './measuring.ts';

/** Faults of the seed (seed-contract.md) of calibration, latency and lost frames: session and engine together. */

const bar = 96_000;
const block = 480;
/** Ten bars in, where calibrations begin and frames are lost. */
const moment = 10 * bar;
const probe = 456_000;
/** What comes back has begun with the next block, and has risen by the end of it. */
const settledIn = 2 * block;

/** Each frame its own sample, exact in a 32-bit float, and none so loud that it might be feedback. */
const coded = (frame: number): number => (frame + 1) / 2 ** 23;

/** A session on an engine in this thread. What it gives lies in `output` where the engine's clock has it: lost frames are silent there. */
const offline = (changed: Partial<SessionSettings> = {}) => {
  const state = newSession({ ...settings, tracks: 3, ...changed });
  const engine = engineFor(state, 48_000 * 60);
  const audio = new LocalEngine(engine, 48_000);
  const session = new Session(state, audio, audio);
  const events: SessionEvent[] = [];
  session.moments$.subscribe((step) => events.push(...step.events));
  session.run();
  const output = new Float32Array(20 * bar * 2);
  const [input, out] = [new Float32Array(block * 2), new Float32Array(block * 2)];
  const playTo = (end: number, played = coded): void => {
    while (engine.frame < end) {
      for (let index = 0; index < block * 2; index += 1) input[index] = played(engine.frame + (index >> 1));
      const at = engine.frame;
      engine.process(input, out, block);
      output.set(out, at * 2);
      audio.deliverFacts();
    }
  };
  const lose = (frames: number): void => {
    engine.gap(frames);
    audio.deliverFacts();
  };
  const beats = (): number[] =>
    events.flatMap((event) => (event.type === 'beat' && event.frame < last ? [event.frame] : []));
  const states = (): string[] => session.state.tracks.map(({ state: one }) => one);
  return { session, events, output, playTo, lose, beats, states };
};
type Offline = ReturnType<typeof offline>;

/** All is played up to there. */
const last = 18 * bar;

const firstDifference = (one: Float32Array, other: Float32Array, from: number): number =>
  one.subarray(from * 2, last * 2).findIndex((sample, index) => sample !== other[from * 2 + index]);

const isHeard = (output: Float32Array, from: number): boolean =>
  output.subarray(from * 2, (from + bar) * 2).some((sample) => sample !== 0);

/** Two loops of another length each, which play from bar 4 on; the second one stops and plays again later. */
const loops = (on: Offline): void => {
  on.playTo(3 * bar + 960);
  on.session.requestRecording(1, 1);
  on.session.requestRecording(2, 2);
};

const ways: readonly (readonly [string, (on: Offline) => void])[] = [
  [
    'it is cancelled',
    ({ session, playTo }) => {
      playTo(moment + 2 * bar);
      session.cancelCalibration();
    },
  ],
  ['the output feeds the input', ({ playTo }) => playTo(moment + 2 * bar, () => 0.9)],
  [
    'nothing is found',
    ({ session, playTo }) => {
      playTo(moment + probe + block);
      session.report({ type: 'measured', id: 1, measurement: aFailure('no-signal') });
    },
  ],
  [
    'the analysis breaks',
    ({ session, playTo }) => {
      playTo(moment + probe + block);
      session.report({ type: 'measured', id: 1, measurement: undefined });
    },
  ],
];

describe('fault 6: a failed calibration leaves the click at 30 BPM', () => {
  const audible = { clickVolume: 1, latencyFrames: 480, bpm: 97 };

  test.each(ways)(
    'click, tempo, loops and latency are as if there had been none, to the sample, when %s',
    (_, fail) => {
      const [on, without] = [offline(audible), offline(audible)];
      loops(without);
      without.playTo(last);
      loops(on);
      on.playTo(moment);
      on.session.calibrate(true);
      fail(on);
      expect(on.session.state.calibration.phase).toBe('idle');
      const end = on.events.findLast(({ type }) => type === 'calibration')?.frame ?? Number.NaN;
      on.playTo(last);
      expect(end).toBeLessThan(16 * bar);
      expect(isHeard(without.output, 16 * bar)).toBe(true);
      expect(firstDifference(on.output, without.output, end + settledIn)).toBe(-1);
      expect(on.beats()).toEqual(without.beats());
      const { grid, click, latencyFrames, latencySource, tracks } = without.session.state;
      expect(on.session.state).toMatchObject({ grid, click, latencyFrames, latencySource, tracks });
    },
  );
});

describe('fault 7: a near-silent input is measured all the same: 1.0 ms instead of 377 ms', () => {
  test('what was too soft to be sure of is no latency: the one from before holds, also for the next loop', async () => {
    const { session, audio, analyst, latencies, sounds } = measuring({ latencyFrames: 777 });
    sounds();
    await analyst.triggerResult(aFailure('no-signal'));
    expect([session.state.latencyFrames, session.state.latencySource, latencies]).toEqual([777, 'manual', []]);
    session.command({ type: 'record', track: 1, bars: 1 }, 30 * bar);
    expect(audio.sent.at(-1)).toMatchObject({ type: 'capture', latencyFrames: 777 });
  });
});

describe('fault 11: a latency change moves every playing loop', () => {
  test('one that is measured while loops play in silence leaves them as they are, to the sample', () => {
    const [on, without] = [offline({ latencyFrames: 480 }), offline({ latencyFrames: 480 })];
    loops(without);
    without.playTo(last);
    loops(on);
    on.playTo(moment);
    on.session.calibrate(true);
    on.playTo(moment + probe + block);
    on.session.report({ type: 'measured', id: 1, measurement: aSuccess(4800) });
    on.playTo(last);
    expect(on.session.state).toMatchObject({ latencyFrames: 4800, latencySource: 'measured' });
    expect(on.session.state.tracks).toEqual(without.session.state.tracks);
    expect(isHeard(without.output, 16 * bar)).toBe(true);
    expect(firstDifference(on.output, without.output, moment + probe + settledIn)).toBe(-1);
  });

  test('nothing but the player’s word and his measurement changes it: no xrun, no unplug, no failure', () => {
    const { session, audio, sounds } = measuring({ latencyFrames: 777 });
    audio.triggerFact({ type: 'gap', frame: 200_000, frames: 4800 });
    audio.triggerFact({ type: 'interfaceLost', frame: 210_000 });
    audio.triggerFact({ type: 'interfaceBack', frame: 220_000 });
    sounds();
    session.report({ type: 'measured', id: 1, measurement: aFailure('spread') });
    expect([session.state.latencyFrames, session.state.latencySource]).toEqual([777, 'manual']);
  });
});

describe('fault 12: two clocks: a loop slides against the click', () => {
  test('nor does it where frames are lost: beats and loops are where they would have been', () => {
    const lost = [480, 13, 4800, 1, 77_777];
    const [on, without] = [offline({ clickVolume: 1 }), offline({ clickVolume: 1 })];
    loops(without);
    without.playTo(last);
    loops(on);
    for (const [index, frames] of lost.entries()) {
      on.playTo(moment + index * 5000);
      on.lose(frames);
    }
    on.playTo(last);
    expect(on.events.filter(({ type }) => type === 'gap')).toHaveLength(lost.length);
    expect(isHeard(without.output, 16 * bar)).toBe(true);
    expect(firstDifference(on.output, without.output, 14 * bar)).toBe(-1);
    expect(on.beats()).toEqual(without.beats());
  });
});

describe('fault 19: 1.x: a stall of 2 s deletes all loops', () => {
  test('nor does one in which the driver loses all of it: they play on in phase, and the next stomp works', () => {
    const [on, without] = [offline(), offline()];
    loops(without);
    without.playTo(last);
    loops(on);
    on.playTo(moment);
    on.lose(96_000);
    expect(on.states()).toEqual(['PLAYING', 'PLAYING', 'EMPTY']);
    on.playTo(last);
    expect(isHeard(without.output, 16 * bar)).toBe(true);
    expect(firstDifference(on.output, without.output, moment + 96_000 + settledIn)).toBe(-1);
    on.session.stopPlaying(1);
    on.session.requestRecording(3, 1);
    on.playTo(19 * bar + 960);
    expect(on.states()).toEqual(['STOPPED', 'PLAYING', 'PLAYING']);
  });
});

import { engineOptions, stereo } from '../../adapters/engine/engine-options.ts';
import { LocalEngine } from '../../adapters/engine/local-engine.ts';
import { medianOf } from '../../core/median.ts';
import type { SessionCommand } from '../../core/session/command.ts';
import { newSession } from '../../core/session/state.ts';
import { whiteNoise } from '../../core/sound/noise.ts';
import { pieceFrames } from '../../core/sound/span.ts';
import { OfflineDevice } from '../../engine/devices/offline.ts';
import { Engine } from '../../engine/engine.ts';
import { Session } from '../../streams/session.ts';
import type { Measurement } from '../measurement.ts';
import { noise } from '../rigs/loops.ts';

/** Few frames a second: an hour of music, and of what is done to it, is computed in a moment. */
const rate = 1000;
const hourFrames = 3600 * rate;
const blockFrames = 1024;
const tracks = 6;
/** A day, or as much of it as a slow machine computes in this time. */
const [leastHours, wholeHours, mostMs] = [3, 24, 10_000];

/** Below `below`, the same on each run. */
const chance = (seed: number) => {
  const random = whiteNoise(seed);
  return (below: number): number => Math.floor(((random() + 1) / 2) * below);
};

const deedOf = (pick: (below: number) => number): SessionCommand => {
  const track = 1 + pick(tracks);
  const deeds: readonly SessionCommand[] = [
    ...Array.from({ length: 8 }, () => ({ type: 'stomp', track }) as const),
    { type: 'undo' },
    { type: 'redo', at: 'bar' },
    { type: 'retake', track, laterBeats: 1 },
    { type: 'clear', track },
    { type: 'record', track, bars: 2 },
    { type: pick(4) === 0 ? 'reset' : 'tap' },
  ];
  return deeds[pick(deeds.length)] ?? { type: 'undo' };
};

/** Session and engine, played by chance. */
const playing = () => {
  const initial = newSession({
    ...{ rate, bpm: 120, beatsPerBar: 4, tracks, bars: 1, retroThreshold: 0.75, clickVolume: 0.5, clickMuted: false },
    ...{ latencyFrames: 0, tapeFrames: 30 * rate, budgetFrames: 60 * pieceFrames },
  });
  const engine = new Engine(engineOptions(initial, stereo));
  const audio = new LocalEngine(engine, rate);
  const session = new Session(initial, audio, audio);
  session.run();
  const sound = noise(new Float32Array(blockFrames * 2));
  const device = new OfflineDevice(
    blockFrames,
    (into) => into.set(sound),
    () => undefined,
  );
  void device.open((from, to, frames) => {
    engine.process(from, to, frames);
    audio.deliverFacts();
  });
  const pick = chance(7);
  return {
    engine,
    until: (frame: number): void => {
      while (engine.frame < frame) {
        device.advanceTo(Math.min(frame, engine.frame + 1000 + pick(20_000)));
        session.command(deedOf(pick));
      }
    },
  };
};

/** By how much a row of values rises from one to the next, by the medians of its first and its last third: none rests on a single value. */
const riseOf = (values: readonly number[]): number => {
  const third = Math.max(1, Math.floor(values.length / 3));
  return (medianOf(values.slice(-third)) - medianOf(values.slice(0, third))) / (values.length - third);
};

export const hours: Measurement = {
  title: 'memory over hours of playing',
  how: `session and engine offline at ${rate} frames a second, so that a day passes in seconds; captures, undo, retakes, clears and resets by chance, every ten seconds of music. Not a day of the real clock, and without sets, web and MIDI: test/streams/a-day.test.ts has sets in it`,
  measure: async ({ quick }) => {
    const { until } = playing();
    const heapMb: number[] = [];
    const began = performance.now();
    while (heapMb.length < leastHours || (heapMb.length < wholeHours && !quick && performance.now() - began < mostMs)) {
      until((heapMb.length + 1) * hourFrames);
      globalThis.gc?.();
      heapMb.push(process.memoryUsage().heapUsed / 2 ** 20);
    }
    return [
      {
        ...{ name: 'heap', unit: 'MB', values: heapMb },
        means: `V8's heap after each of ${heapMb.length} simulated hours, collected`,
      },
      {
        ...{ name: 'growth', unit: 'kB', values: [riseOf(heapMb) * 1024] },
        means: 'by which it grows in an hour, from the first third of them to the last',
      },
    ];
  },
};

import { LocalEngine } from '../../src/adapters/engine/local-engine.ts';
import type { SoundCommand } from '../../src/core/sound/command.ts';
import type { SoundFact } from '../../src/core/sound/fact.ts';
import { pieceFrames } from '../../src/core/sound/span.ts';
import type { Frame } from '../../src/core/time/units.ts';
import { Engine } from '../../src/engine/engine.ts';
import { type EngineOptions, maxBlockFrames } from '../../src/engine/protocol.ts';

/** At 120 BPM a beat has 24,000 frames, and a bar 96,000. */
export const grid = { rate: 48_000, bpm: 120, beatsPerBar: 4, origin: 0 };
export const bar = 96_000;
/** Of starts, stops and swaps at 48 kHz. */
export const ramp = 144;
/** Of a loop that was cut at 48 kHz. */
export const lead = 1200;

export const stereo: EngineOptions = {
  grid,
  tapeFrames: 48_000 * 20,
  loopFrames: 48_000 * 60,
  tracks: 2,
  click: { volume: 0, muted: false },
  inputs: { channels: 2, pair: [0, 1] },
  outputs: { channels: 2, loops: [0, 1], click: [0, 1], monitor: undefined },
};

/** Memory for a loop of `frames` frames, from piece `first` on, for an engine whose memory nobody gives out. */
export const piecesFor = (frames: Frame, first = 0): Int32Array =>
  Int32Array.from({ length: Math.ceil(frames / pieceFrames) }, (_, index) => first + index);

type Wish = Partial<EngineOptions> & {
  readonly block?: number;
  readonly input?: (frame: Frame, side: number) => number;
};

/** An engine without a session, told by commands, playing up to the frame that is asked for. */
export const looper = ({ block = 256, input = () => 0, ...wish }: Wish = {}) => {
  const engine = new Engine({ ...stereo, ...wish });
  const audio = new LocalEngine(engine, grid.rate);
  const facts: SoundFact[] = [];
  audio.onFact((fact) => facts.push(fact));
  const [from, to] = [new Float32Array(maxBlockFrames * 2), new Float32Array(maxBlockFrames * 2)];
  const output: number[] = [];
  const until = (frame: Frame): void => {
    while (engine.frame < frame) {
      const frames = Math.min(block, frame - engine.frame);
      for (let index = 0; index < frames * 2; index += 1) from[index] = input(engine.frame + (index >> 1), index & 1);
      engine.process(from, to, frames);
      for (let index = 0; index < frames * 2; index += 1) output.push(to[index] ?? 0);
      audio.deliverFacts();
    }
  };
  return {
    engine,
    audio,
    /** All but beats. */
    facts: () => facts.filter(({ type }) => type !== 'beat' && type !== 'offbeat'),
    beats: () => facts.flatMap((fact) => (fact.type === 'beat' ? [[fact.bar, fact.beat, fact.frame]] : [])),
    until,
    send: (...commands: SoundCommand[]): void => {
      for (const command of commands) audio.send(command);
    },
    /** Plays up to a frame, and sends. */
    at: (frame: Frame, ...commands: SoundCommand[]): void => {
      until(frame);
      for (const command of commands) audio.send(command);
    },
    /** What is heard on the left. */
    heard: (frame: Frame): number => output[frame * 2] ?? Number.NaN,
    output,
  };
};

/** The largest step of what is heard between neighbouring frames in [from, to). */
export const largestStep = ({ heard }: Pick<ReturnType<typeof looper>, 'heard'>, from: Frame, to: Frame): number => {
  let largest = 0;
  for (let frame = from + 1; frame < to; frame += 1) {
    largest = Math.max(largest, Math.abs(heard(frame) - heard(frame - 1)));
  }
  return largest;
};

/** The beats of a bar that ends on a bar line, cut without latency. */
export const cutOf = (loopId: number, endBar: number, track = 1) => ({
  ...{ track, loopId, grid, startBeat: (endBar - 1) * 4, endBeat: endBar * 4, latencyFrames: 0 },
});
export const captureOf = (loopId: number, endBar: number, track = 1): SoundCommand => ({
  type: 'capture',
  ...cutOf(loopId, endBar, track),
});
/** Plays a loop from a bar line on. */
export const startOf = (loopId: number, atBar: number, fromFrame?: Frame, track = 1): SoundCommand => ({
  ...{ type: 'start', track, loopId, grid, atBeat: atBar * 4 },
  ...(fromFrame !== undefined && { fromFrame }),
});

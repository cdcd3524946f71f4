import { LocalEngine } from '../../src/adapters/engine/local-engine.ts';
import type { SessionCommand } from '../../src/core/session/command.ts';
import type { SessionEvent } from '../../src/core/session/event.ts';
import { newSession, type SessionSettings, type SessionState } from '../../src/core/session/state.ts';
import type { Frame } from '../../src/core/time/units.ts';
import { OfflineDevice } from '../../src/engine/devices/offline.ts';
import { Engine } from '../../src/engine/engine.ts';
import { Session } from '../../src/streams/session.ts';

export const settings: SessionSettings = {
  rate: 48000,
  bpm: 120,
  beatsPerBar: 4,
  tracks: 8,
  bars: 1,
  retroThreshold: 0.75,
  clickVolume: 0,
  clickMuted: false,
  latencyFrames: 0,
  tapeFrames: 48000 * 60,
  budgetFrames: 48000 * 600,
};

/** The engine of a session, in stereo and without a monitor. */
export const engineFor = (state: SessionState, loopFrames: Frame = state.budgetFrames): Engine =>
  new Engine({
    grid: state.grid,
    tapeFrames: state.tapeFrames,
    loopFrames,
    tracks: state.tracks.length,
    click: state.click,
    inputs: { channels: 2, pair: [0, 1] },
    outputs: { channels: 2, loops: [0, 1], click: [0, 1], monitor: undefined },
  });

export type Stomp = { readonly frame: Frame; readonly command: SessionCommand };

export type Take = {
  /** Interleaved stereo. */
  readonly output: Float32Array;
  readonly events: readonly SessionEvent[];
  readonly session: Session;
  readonly engine: Engine;
};

/** Plays `input(frame, side)` for `frames` frames on an offline rig while the stomps act at their frames. */
export const play = (
  frames: Frame,
  input: (frame: Frame, side: number) => number,
  stomps: readonly Stomp[],
  { block = 256, ...changed }: Partial<SessionSettings> & { block?: number } = {},
): Take => {
  const state = newSession({ ...settings, ...changed });
  const engine = engineFor(state);
  const audio = new LocalEngine(engine, state.grid.rate);
  const session = new Session(state, audio, audio);
  const events: SessionEvent[] = [];
  session.moments$.subscribe((moment) => events.push(...moment.events));
  session.run();
  const output = new Float32Array(frames * 2);
  let at = 0;
  const device = new OfflineDevice(
    block,
    (into, count) => {
      for (let index = 0; index < count * 2; index += 1) into[index] = input(at + (index >> 1), index & 1);
    },
    (from, count) => {
      output.set(from.subarray(0, count * 2), at * 2);
      at += count;
    },
  );
  void device.open((from, to, count) => {
    engine.process(from, to, count);
    audio.deliverFacts();
  });
  for (const { frame, command } of stomps) {
    device.advanceTo(frame);
    session.command(command, frame);
  }
  device.advanceTo(frames);
  session.close();
  return { output, events, session, engine };
};

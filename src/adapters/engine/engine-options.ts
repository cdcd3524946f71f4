import type { SessionState } from '../../core/session/state.ts';
import type { EngineOptions, Pair } from '../../engine/protocol.ts';

/** Channel lists as a config gives them: one or two, from 1. */
export type Channels = {
  readonly input: readonly number[];
  readonly output: readonly number[];
  /** Null: with the loops. */
  readonly click: readonly number[] | null;
  /** Null: nowhere. */
  readonly monitor: readonly number[] | null;
};

/** One channel stands for both sides. */
const pairOf = ([left = 1, right = left]: readonly number[]): Pair => [left - 1, right - 1];

/** The engine for a session on these channels: as many of the interface's are opened as are used. */
export const engineOptions = (session: SessionState, channels: Channels): EngineOptions => {
  const outputs = [...channels.output, ...(channels.click ?? []), ...(channels.monitor ?? [])];
  return {
    grid: session.grid,
    tapeFrames: session.tapeFrames,
    loopFrames: session.budgetFrames,
    tracks: session.tracks.length,
    click: session.click,
    inputs: { channels: Math.max(...channels.input), pair: pairOf(channels.input) },
    outputs: {
      channels: Math.max(...outputs),
      loops: pairOf(channels.output),
      click: pairOf(channels.click ?? channels.output),
      monitor: channels.monitor === null ? undefined : pairOf(channels.monitor),
    },
  };
};

/** Plain stereo, as in a file. */
export const stereo: Channels = { input: [1, 2], output: [1, 2], click: null, monitor: null };

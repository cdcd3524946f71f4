import { noHistory } from '../../../src/core/session/history.ts';
import type { SessionState } from '../../../src/core/session/state.ts';
import type { SoundFact } from '../../../src/core/sound/fact.ts';
import type { Loop, Track } from '../../../src/core/track/state.ts';

/** The ways in which a track can stand: its state, and for TRIGGERED what it waits for. */
export const situations = [
  'EMPTY',
  'TRIGGERED/capture',
  'TRIGGERED/start',
  'RECORDING',
  'PLAYING',
  'STOPPING',
  'STOPPED',
] as const;
export type Situation = (typeof situations)[number];

/** Bar 1 at 120 BPM and 48 kHz, as a loop. */
export const loop: Loop = {
  id: 5,
  startBeat: 4,
  endBeat: 8,
  startFrame: 96_000,
  endFrame: 192_000,
  latencyFrames: 100,
  nudgeFrames: 0,
  frames: 97_200,
  leadFrames: 1200,
  sound: 'here',
  played: true,
};

export const trackIn = (situation: Situation, id = 2, held = loop): Track => {
  switch (situation) {
    case 'EMPTY':
      return { id, state: 'EMPTY' };
    case 'TRIGGERED/capture':
      return { id, state: 'TRIGGERED', loop: held, waitsFor: 'capture' };
    case 'TRIGGERED/start':
      return { id, state: 'TRIGGERED', loop: held, waitsFor: 'start' };
    default:
      return { id, state: situation, loop: held };
  }
};

export const situationOf = (track: Track | undefined): string =>
  track?.state === 'TRIGGERED' ? `TRIGGERED/${track.waitsFor}` : (track?.state ?? 'none');

/** A session of three tracks, the second of which is in the situation. */
export const sessionIn = (situation: Situation, changed: Partial<SessionState> = {}): SessionState => ({
  grid: { rate: 48_000, bpm: 120, beatsPerBar: 4, origin: 0 },
  bars: 1,
  retroThreshold: 0.75,
  click: { volume: 0.5, muted: false },
  latencyFrames: 480,
  latencySource: 'measured',
  output: { share: 0, lessFrames: 0 },
  calibration: { phase: 'idle' },
  nextMeasureId: 3,
  interface: 'here',
  gaps: [],
  tapeFrames: 48_000 * 180,
  budgetFrames: 48_000 * 600,
  tracks: [{ id: 1, state: 'EMPTY' }, trackIn(situation), { id: 3, state: 'EMPTY' }],
  nextLoopId: 6,
  taps: [],
  pulse: { bar: 2, beat: 1, lit: true },
  touched: 1,
  fresh: [],
  history: noHistory,
  setName: null,
  nextSwitchId: 1,
  storage: { state: 'well' },
  warnings: [],
  ...changed,
});

/** A literal table: a head of situations, then rows of a name and a cell for each. */
export const tableRows = (table: string): readonly (readonly [string, Situation, string])[] => {
  const [head = [], ...rows] = table
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/));
  return rows.flatMap(([name = '', ...cells]) =>
    cells.map((cell, column) => {
      const situation = situations.find((known) => known === head[column]);
      if (situation === undefined || cells.length !== situations.length) throw new Error(`bad table at ${name}`);
      return [name, situation, cell] as const;
    }),
  );
};

export const loopFact = (
  type: Extract<SoundFact, { loopId: number }>['type'],
  { track = 2, loopId = loop.id, frame = 210_000 } = {},
): SoundFact => ({ type, frame, track, loopId });

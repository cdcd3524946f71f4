import type { Warning } from '../health/warning.ts';
import type { Grid } from '../time/grid.ts';
import type { Beat, Bpm, Frame, Rate } from '../time/units.ts';
import type { Track } from '../track/state.ts';
import type { Calibration } from './calibration.ts';
import type { Gap } from './gap.ts';
import { type History, noHistory } from './history.ts';
import type { LatencySource } from './latency.ts';
import type { Incoming } from './sets.ts';

/** The ranges that a command is checked against. */
export const limits = {
  bpm: { min: 20, max: 400 },
  beatsPerBar: { min: 1, max: 16 },
  bars: { min: 1, max: 32 },
  clickVolume: { min: 0, max: 1 },
  /** A second at the highest rate; no interface takes as long. */
  latencyFrames: { min: 0, max: 96_000 },
} as const;

/** Where the music is, as last reported by the engine. */
export type Pulse = { readonly bar: number; readonly beat: Beat; readonly lit: boolean };

/** How much of the round trip lies on the way out: a share of it, less some frames. */
export type OutputPath = { readonly share: number; readonly lessFrames: Frame };

/** All that the looper knows of the music: a plain value, replaced by `reduce` and by nothing else. */
export type SessionState = {
  readonly grid: Grid;
  /** Bars that a stomp captures. */
  readonly bars: number;
  /** Past this share of a bar a stomp is early and means the bars that end at the next line. */
  readonly retroThreshold: number;
  readonly click: { readonly volume: number; readonly muted: boolean };
  readonly latencyFrames: Frame;
  readonly latencySource: LatencySource;
  readonly output: OutputPath;
  readonly calibration: Calibration;
  readonly nextMeasureId: number;
  readonly interface: 'here' | 'away';
  /** What is on the tape but was not played, the oldest first. */
  readonly gaps: readonly Gap[];
  /** How far back the tape reaches. */
  readonly tapeFrames: Frame;
  /** Frames that all loops together may hold. */
  readonly budgetFrames: Frame;
  readonly tracks: readonly Track[];
  readonly nextLoopId: number;
  readonly taps: readonly Frame[];
  readonly pulse: Pulse;
  /** The track whose lamp goes first: the one touched last. */
  readonly touched: number;
  /** Tracks that began to wait since the last beat: their lamps are lit whatever the blink says. */
  readonly fresh: readonly number[];
  /** What can be undone and done again. */
  readonly history: History;
  /** Under which name the set was saved or loaded; null for one that never was. */
  readonly setName: string | null;
  /** A set that is about to take the place of this one. */
  readonly incoming?: Incoming;
  readonly nextSwitchId: number;
  readonly storage: Storage;
  /** What is not well with the sound and the machine, the worst first. */
  readonly warnings: readonly Warning[];
};

/** Whether what is played is kept on disk, or why not. */
export type Storage =
  | { readonly state: 'well' }
  | { readonly state: 'trouble'; readonly code: string; readonly reason: string };

/** What a new session is made of. */
export type SessionSettings = {
  readonly rate: Rate;
  readonly bpm: Bpm;
  readonly beatsPerBar: Beat;
  readonly tracks: number;
  readonly bars: number;
  readonly retroThreshold: number;
  readonly clickVolume: number;
  readonly clickMuted: boolean;
  readonly latencyFrames: Frame;
  /** Left out it is the word of whoever gives more than no frames. */
  readonly latencySource?: LatencySource;
  /** Left out where nobody hears what is computed, so that stomps mean what they say. */
  readonly output?: OutputPath;
  readonly tapeFrames: Frame;
  readonly budgetFrames: Frame;
};

export const newSession = (settings: SessionSettings): SessionState => ({
  grid: { rate: settings.rate, bpm: settings.bpm, beatsPerBar: settings.beatsPerBar, origin: 0 },
  bars: settings.bars,
  retroThreshold: settings.retroThreshold,
  click: { volume: settings.clickVolume, muted: settings.clickMuted },
  latencyFrames: settings.latencyFrames,
  latencySource: settings.latencySource ?? (settings.latencyFrames > 0 ? 'manual' : 'none'),
  output: settings.output ?? { share: 0, lessFrames: 0 },
  calibration: { phase: 'idle' },
  nextMeasureId: 1,
  interface: 'here',
  gaps: [],
  tapeFrames: settings.tapeFrames,
  budgetFrames: settings.budgetFrames,
  tracks: Array.from({ length: settings.tracks }, (_, index) => ({ id: index + 1, state: 'EMPTY' as const })),
  nextLoopId: 1,
  taps: [],
  pulse: { bar: 0, beat: 0, lit: true },
  touched: 1,
  fresh: [],
  history: noHistory,
  setName: null,
  nextSwitchId: 1,
  storage: { state: 'well' },
  warnings: [],
});

export const trackOf = (session: SessionState, id: number): Track | undefined => session.tracks[id - 1];

export const allEmpty = (session: SessionState): boolean => session.tracks.every((track) => track.state === 'EMPTY');

/** The session with one track replaced. */
export const withTrack = (session: SessionState, track: Track): SessionState => ({
  ...session,
  tracks: session.tracks.map((other) => (other.id === track.id ? track : other)),
});

import type { Change, Snapshot, StateView, TrackPicture, Word } from '../../src/protocol/hindsight-v1.ts';

export const rate = 48_000;

type Loop = NonNullable<TrackPicture['loop']>;

export const loop = (more: Partial<Loop> = {}): Loop => ({
  id: 1,
  beats: 16,
  startFrame: 0,
  endFrame: 16 * 24_000,
  passBeat: null,
  latencyFrames: 0,
  nudgeFrames: 0,
  lostFrames: 0,
  sound: 'here',
  ...more,
});

export const empty = (id: number): TrackPicture => ({ id, state: 'EMPTY', waitsFor: null, loop: null });

export const track = (state: TrackPicture['state'], more: Partial<Loop> = {}, id = 1): TrackPicture => ({
  id,
  state,
  waitsFor: null,
  loop: loop(more),
});

/** Four empty tracks at 120 BPM and 48 kHz: a beat has 24,000 frames. */
export const session = (more: Partial<StateView> = {}): StateView => ({
  rate,
  grid: { bpm: 120, beatsPerBar: 4, originFrame: 0 },
  bars: 4,
  pulse: { bar: 0, beat: 0 },
  click: { volume: 0.5, muted: false },
  latency: { frames: 0, source: 'none' },
  calibration: { phase: 'idle', last: null, picture: 0 },
  interface: { state: 'here', title: null, blockFrames: 256, queueBlocks: 2 },
  tracks: [1, 2, 3, 4].map(empty),
  touched: 1,
  undo: null,
  redo: null,
  set: { name: null, incoming: null },
  storage: { state: 'well', code: null, reason: null },
  memory: { tapeFrames: 180 * rate, budgetFrames: 600 * rate, usedFrames: 60 * rate },
  warnings: [],
  word: null,
  ...more,
});

export const word = (text: string, more: Partial<Word> = {}): Word => ({
  frame: 1,
  level: 'info',
  text,
  code: null,
  track: null,
  ...more,
});

export const snapshot = (more: Partial<Snapshot> = {}): Snapshot => ({
  type: 'snapshot',
  protocol: 1,
  version: '0.1.0',
  run: 'a',
  seq: 5,
  frame: 0,
  state: session(),
  ...more,
});

export const change = (seq: number, state: Change['state'], said: readonly Word[] = []): Change => ({
  type: 'change',
  seq,
  frame: 0,
  state,
  said,
});

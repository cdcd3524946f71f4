import type { SessionCommand } from '../../src/core/session/command.ts';
import { barOfBeat, beatAt, frameOfBeat, type Grid, nextBarBeat } from '../../src/core/time/grid.ts';
import type { Health, StateView, TrackPicture } from '../../src/protocol/hindsight-v1.ts';

export const rate = 48_000;

type Loop = NonNullable<TrackPicture['loop']>;

export const loopOf = (id: number, beats: number, more: Partial<Loop> = {}): Loop => ({
  id,
  beats,
  startFrame: 0,
  endFrame: (beats * 60 * rate) / 120,
  passBeat: null,
  latencyFrames: 421,
  nudgeFrames: 0,
  lostFrames: 0,
  sound: 'here',
  ...more,
});

export const emptyTrack = (id: number): TrackPicture => ({ id, state: 'EMPTY', waitsFor: null, loop: null });

export const trackOf = (
  id: number,
  state: TrackPicture['state'],
  loop: Loop,
  waitsFor: TrackPicture['waitsFor'] = null,
): TrackPicture => ({ id, state, waitsFor, loop });

/** A session of so many empty tracks. */
export const stateOf = (tracks: number, more: Partial<StateView> = {}): StateView => ({
  rate,
  grid: { bpm: 120, beatsPerBar: 4, originFrame: 0 },
  bars: 4,
  pulse: { bar: 0, beat: 0 },
  click: { volume: 0.5, muted: false },
  latency: { frames: 421, source: 'measured' },
  calibration: { phase: 'idle', last: null, picture: 0 },
  interface: { state: 'here', title: 'Scarlett 2i2 USB', blockFrames: 256, queueBlocks: 2 },
  tracks: Array.from({ length: tracks }, (_, index) => emptyTrack(index + 1)),
  touched: 1,
  undo: null,
  redo: null,
  set: { name: null, incoming: null },
  storage: { state: 'well', code: null, reason: null },
  memory: { tapeFrames: 180 * rate, budgetFrames: 1200 * rate, usedFrames: 310 * rate },
  warnings: [],
  word: null,
  ...more,
});

export const gridOf = ({ grid, rate: framesASecond }: StateView): Grid => ({
  rate: framesASecond,
  bpm: grid.bpm,
  beatsPerBar: grid.beatsPerBar,
  origin: grid.originFrame,
});

/** So many tracks that play loops of four bars and fewer. */
export const playing = (tracks: number, more: Partial<StateView> = {}): StateView => {
  const all = Array.from({ length: tracks }, (_, index) =>
    trackOf(index + 1, 'PLAYING', loopOf(index + 1, [16, 8, 4, 32][index % 4] ?? 16, { passBeat: 0 })),
  );
  return stateOf(tracks, { tracks: all, undo: 'capture', ...more });
};

const stomped = (state: StateView, track: TrackPicture, frame: number): TrackPicture => {
  const grid = gridOf(state);
  const bar = nextBarBeat(grid, frame);
  switch (track.state) {
    case 'EMPTY': {
      const beats = state.bars * grid.beatsPerBar;
      const [startFrame, endFrame] = [frameOfBeat(grid, bar - beats), frameOfBeat(grid, bar)];
      const loop = loopOf(track.id, beats, { passBeat: bar - grid.beatsPerBar, startFrame, endFrame });
      return trackOf(track.id, 'PLAYING', loop);
    }
    case 'STOPPED':
      return track.loop === null ? track : trackOf(track.id, 'TRIGGERED', { ...track.loop, passBeat: bar }, 'start');
    case 'PLAYING':
      return { ...track, state: 'STOPPING' };
    case 'STOPPING':
      return { ...track, state: 'PLAYING' };
    case 'TRIGGERED':
    case 'RECORDING':
      return { ...track, state: 'STOPPED', waitsFor: null };
  }
};

/** What becomes due at a bar line. */
export const atBarLine = (track: TrackPicture): TrackPicture => {
  if (track.state === 'STOPPING' && track.loop !== null) {
    return trackOf(track.id, 'STOPPED', { ...track.loop, passBeat: null });
  }
  if (track.state === 'RECORDING' || track.state === 'TRIGGERED') return { ...track, state: 'PLAYING', waitsFor: null };
  return track;
};

export type Outcome = Partial<StateView> | { readonly refused: string; readonly code: string };

/** A little of what the real session does: enough for a page to be tried without one. */
export const outcomeOf = (state: StateView, command: SessionCommand, frame: number): Outcome => {
  switch (command.type) {
    case 'stomp': {
      const track = state.tracks[command.track - 1];
      if (track === undefined) return { refused: `there is no track ${command.track}`, code: 'no-such-track' };
      const after = stomped(state, track, frame);
      return { tracks: [after], touched: track.id, ...(track.state === 'EMPTY' && { undo: 'capture' as const }) };
    }
    case 'clear':
      return { tracks: [emptyTrack(command.track)], undo: 'clear' };
    case 'reset':
      return { tracks: state.tracks.map(({ id }) => emptyTrack(id)), undo: 'reset' };
    case 'setBpm':
      return state.tracks.some(({ loop }) => loop !== null)
        ? { refused: 'the tempo changes only while all tracks are empty; reset first', code: 'tracks-not-empty' }
        : { grid: { ...state.grid, bpm: command.bpm } };
    case 'setBars':
      return { bars: command.bars };
    case 'muteClick':
      return { click: { ...state.click, muted: command.muted ?? !state.click.muted } };
    case 'setClickVolume':
      return { click: { ...state.click, volume: command.volume } };
    case 'undo':
      return state.undo === null ? { refused: 'there is nothing to undo', code: 'nothing-to-undo' } : { undo: null };
    default:
      return {};
  }
};

export const pulseAt = (state: StateView, frame: number): StateView['pulse'] => {
  const grid = gridOf(state);
  const beat = beatAt(grid, frame);
  const bar = barOfBeat(grid, beat);
  return { bar, beat: beat - bar * grid.beatsPerBar };
};

/** Peaks that look like playing: attacks on beats that die away. The same for the same loop. */
export const peaksOf = (loop: number, beats: number): number[] =>
  Array.from({ length: 400 }, (_, index) => {
    const place = ((index / 400) * beats) % 1;
    const beat = Math.floor((index / 400) * beats);
    const accent = 0.45 + 0.5 * Math.abs(Math.sin(loop * 12.9 + beat * 78.2));
    const grain = 0.8 + 0.2 * Math.sin(index * 37.7 + loop);
    return Math.round(255 * Math.min(1, accent * Math.exp(-2.4 * place) * grain));
  });

export const healthOf = (): Health => ({
  uptimeSeconds: 5025,
  sound: {
    ...{ xruns: 0, framesLost: 0, lateBlocks: 1, interfaceLosses: 0, longestStallMs: 7.1, worstBlockMs: 1.9 },
    ...{ worstWakeUpMs: 0.4, worstBlockLatelyMs: 1.1, computingMs: 61_000 },
    ...{ jitterMs: 0.21, jitterP99Ms: 0.84, collections: 42, collectionMs: 31.5, clippedSamples: 0 },
  },
  eventLoopDelayP99Ms: 3.2,
  rssBytes: 311 * 2 ** 20,
  loadPerCore: 0.31,
  cpuShare: 0.06,
  engineLoad: { mean: 0.03, worst: 0.21 },
  machine: {
    ...{ temperatureC: 61.3, temperatureLimitC: 80 },
    throttling: {
      ...{ underVoltage: false, frequencyCapped: false, throttled: false, softLimit: false },
      ...{ underVoltageSeen: false, throttledSeen: false },
    },
    ...{ memoryAvailableBytes: 2.9 * 2 ** 30, memoryTotalBytes: 3.7 * 2 ** 30 },
    disk: {
      ...{ freeBytes: 9.4 * 2 ** 30, totalBytes: 28 * 2 ** 30, isReadOnly: false },
      ...{ writtenBytes: 402 * 2 ** 20, wear: null },
    },
  },
  cost: { lookMs: 0.3, longestMs: 0.1, share: 0.0001 },
  controllers: { connected: 1, known: 1 },
  warnings: [],
  disk: { filesWritten: 118, bytesWritten: 402 * 2 ** 20, freeBytes: 9.4 * 2 ** 30 },
  clients: { seed: 0, hindsight: 2, listeners: 1 },
});

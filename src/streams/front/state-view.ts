import { usedFrames } from '../../core/session/held.ts';
import type { SessionState } from '../../core/session/state.ts';
import type { Track } from '../../core/track/state.ts';
import type { StateView, TrackPicture, Word } from '../../protocol/hindsight-v1.ts';

/** What a front end is to know besides the session. */
export type Surroundings = {
  /** The name of the interface; null where none was there yet. */
  readonly interfaceTitle: string | null;
  readonly blockFrames: number;
  readonly queueBlocks: number;
  /** How many pictures of measurements were made. */
  readonly pictures: number;
  readonly word: Word | null;
};

const trackPicture = (track: Track): TrackPicture => {
  if (track.state === 'EMPTY') return { id: track.id, state: 'EMPTY', waitsFor: null, loop: null };
  const {
    id,
    startBeat,
    endBeat,
    startFrame,
    endFrame,
    latencyFrames,
    nudgeFrames,
    lostFrames = 0,
    sound,
  } = track.loop;
  return {
    id: track.id,
    state: track.state,
    waitsFor: track.state === 'TRIGGERED' ? track.waitsFor : null,
    loop: {
      id,
      beats: endBeat - startBeat,
      startFrame,
      endFrame,
      passBeat: track.passBeat ?? null,
      latencyFrames,
      nudgeFrames,
      lostFrames,
      sound,
    },
  };
};

/** The session as front ends see it. Pure. */
export const stateView = (session: SessionState, surroundings: Surroundings): StateView => {
  const { grid, pulse, click, calibration, incoming, storage, history } = session;
  const { interfaceTitle, blockFrames, queueBlocks, pictures, word } = surroundings;
  return {
    rate: grid.rate,
    grid: { bpm: grid.bpm, beatsPerBar: grid.beatsPerBar, originFrame: grid.origin },
    bars: session.bars,
    pulse: { bar: pulse.bar, beat: pulse.beat },
    click: { volume: click.volume, muted: click.muted },
    latency: { frames: session.latencyFrames, source: session.latencySource },
    calibration: {
      phase: calibration.phase,
      last: (calibration.phase === 'idle' ? calibration.last : undefined) ?? null,
      picture: pictures,
    },
    interface: { state: session.interface, title: interfaceTitle, blockFrames, queueBlocks },
    tracks: session.tracks.map(trackPicture),
    touched: session.touched,
    undo: history.past.at(-1)?.deed ?? null,
    redo: history.future.at(-1)?.deed ?? null,
    set: { name: session.setName, incoming: incoming ? { name: incoming.name, phase: incoming.phase } : null },
    storage:
      storage.state === 'well'
        ? { state: 'well', code: null, reason: null }
        : { state: 'trouble', code: storage.code, reason: storage.reason },
    memory: {
      tapeFrames: session.tapeFrames,
      budgetFrames: session.budgetFrames,
      usedFrames: usedFrames(session),
    },
    warnings: session.warnings,
    word,
  };
};

/** Plain values of a few fields each: what reads the same is the same. */
const isSame = (one: unknown, other: unknown): boolean =>
  one === other || JSON.stringify(one) === JSON.stringify(other);

const changedTracks = (before: StateView, after: StateView): readonly TrackPicture[] =>
  after.tracks.filter((track, index) => !isSame(track, before.tracks[index]));

/** The keys of a state that differ from one before, and of its tracks those that do; undefined where nothing differs. Pure. */
export const difference = (before: StateView, after: StateView): Partial<StateView> | undefined => {
  const keys = (Object.keys(after) as (keyof StateView)[]).filter((key) => !isSame(before[key], after[key]));
  if (keys.length === 0) return undefined;
  const changed = Object.fromEntries(keys.map((key) => [key, after[key]])) as Partial<StateView>;
  return changed.tracks === undefined ? changed : { ...changed, tracks: changedTracks(before, after) };
};
